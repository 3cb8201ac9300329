"""Give hand-made observations, small enough to work out by hand."""

import pytest
from handmade import observe

from assistant import Assistant
from assistant.evaluation.observations import Observation
from assistant.evaluation.observations import observe as observe_all
from assistant.evaluation.questions import LabelledQuestion, from_labelled_set
from assistant.evaluation.report import (
    About,
    Report,
    make_report,
    with_baselines,
    with_learning_curves,
    with_spelling,
)
from corpus import Corpus


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


@pytest.fixture(scope="session")
def questions(corpus: Corpus) -> tuple[LabelledQuestion, ...]:
    """Give the small corpus's labelled questions, and one in English."""
    english = LabelledQuestion("e1", "Where can I recycle my old television?", kind="english")
    return (*from_labelled_set(corpus.calibration, "klein"), english)


@pytest.fixture(scope="session")
def report(assistant: Assistant, questions: tuple[LabelledQuestion, ...]) -> Report:
    """Give a whole report on the small corpus, with baselines, learning curves and misspellings."""
    about = About(
        "Afval <scheiden>",
        assistant.corpus.version,
        "0",
        "vraagwijzer evaluate",
        "2024-02-29",
        0.6,
        50,
    )
    bare = make_report(about, assistant, observe_all(questions, assistant.reply))
    measured = with_learning_curves(with_baselines(bare, assistant.corpus), assistant.corpus)
    return with_spelling(measured, assistant, (1, 3))
