"""Give hand-made observations, small enough to work out by hand."""

import pytest
from handmade import observe

from assistant.evaluation.observations import Observation


@pytest.fixture
def observations() -> tuple[Observation, ...]:
    """Give six questions: four in scope (two right outright, one offered, one wrong), two out."""
    return (
        observe("a1", {"q01": 2}, [("q01", 0.9), ("q02", 0.1)], outcome="answer", chosen=("q01",)),
        observe("a2", {"q02": 2, "q01": 1}, [("q01", 0.8)], outcome="answer", chosen=("q01",)),
        observe(
            "a3",
            {"q03": 2},
            [("q01", 0.5), ("q02", 0.3), ("q03", 0.2)],
            outcome="clarify",
            chosen=("q01", "q02", "q03"),
        ),
        observe("a4", {"q04": 2}, [("q01", 0.7), ("q04", 0.1)], outcome="answer", chosen=("q01",)),
        observe("b1", {}, [("q02", 0.6)], outcome="answer", chosen=("q02",)),
        observe("b2", {}, [("g01", 0.9), ("q02", 0.05)], outcome="fallback", chosen=("q02",)),
    )
