"""Compare two reports on the questions they share, question by question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from assistant.evaluation.measures import MEASURES, Share, Statistic, resample
from assistant.evaluation.observations import Observation
from assistant.evaluation.sample import Sample, to_sample
from assistant.evaluation.statistics import (
    SAMPLES,
    Bools,
    Floats,
    Indices,
    mcnemar_exact,
    randomisation_test,
)

Method = Literal["McNemar", "randomisation", "bootstrap"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one measure of both reports. Wins are questions where the second does better.

    `low` and `high` are the ends of the difference's 95 % interval, for measures that cannot be
    taken a question at a time; those have no wins, ties, losses and p-value (nan).
    """

    name: str
    first: float
    second: float
    method: Method
    wins: int = 0
    ties: int = 0
    losses: int = 0
    p_value: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")

    @property
    def difference(self) -> float:
        """Give how much higher the second is."""
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one question whose result changed."""

    first: Observation
    second: Observation
    better: bool
    worse: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold all differences, the questions that changed, and how many could not be paired."""

    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    paired: int
    only_first: int
    only_second: int


_PER_QUESTION: Final[Mapping[str, Callable[[Sample], Floats]]] = {
    "RR": lambda s: s.rr,
    "nDCG@5": lambda s: s.ndcg5,
}
_WHOLE: Final = ("macro-F1", "AUROC", "AUPR", "AURC", "ECE", "Brier")
_SHOWN_WRONG: Final = Share(
    "shown a wrong answer",
    lambda s: np.ones(len(s), dtype=np.bool_),
    lambda s: s.shown_wrong,
    higher_is_better=False,
    decided=True,
)


def compare(
    first: Sequence[Observation], second: Sequence[Observation], samples: int = SAMPLES
) -> Comparison:
    """Compare the questions that both hold with the same labels; other languages stay out.

    Raises ValueError when there is none.
    """
    here = {o.question.id: o for o in first if not o.question.is_foreign}
    there = {o.question.id: o for o in second if not o.question.is_foreign}
    shared = [name for name in here if name in there and _same(here[name], there[name])]
    if not shared:
        raise ValueError("De twee verslagen hebben geen enkele vraag met hetzelfde label samen.")
    pairs = [(here[name], there[name]) for name in shared]
    before, after = (to_sample(side) for side in zip(*pairs, strict=True))
    return Comparison(
        _differences(before, after, samples),
        tuple(change for pair in pairs if (change := _change(*pair))),
        len(shared),
        len(here) - len(shared),
        len(there) - len(shared),
    )


def _same(first: Observation, second: Observation) -> bool:
    a, b = first.question, second.question
    return (a.text, dict(a.relevance)) == (b.text, dict(b.relevance))


def _differences(first: Sample, second: Sample, samples: int) -> tuple[Difference, ...]:
    found = []
    for item in (*MEASURES, _SHOWN_WRONG):
        if isinstance(item, Share):
            base = item.base(first)
            # A share of what each tool showed itself has no pairs to compare.
            if base.any() and np.array_equal(base, item.base(second)):
                found.append(_paired_share(item, first, second, base))
        elif item.name in _PER_QUESTION and first.in_scope.any():
            found.append(_paired_mean(item, first, second))
    statistics = [m for m in MEASURES if isinstance(m, Statistic) and m.name in _WHOLE]
    return (*found, *_whole(statistics, first, second, samples))


def _paired_share(item: Share, first: Sample, second: Sample, base: Bools) -> Difference:
    before, after = item.hit(first)[base], item.hit(second)[base]
    gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
    wins, losses = (gained, lost) if item.higher_is_better else (lost, gained)
    return Difference(
        item.name,
        float(before.mean()),
        float(after.mean()),
        "McNemar",
        wins,
        len(before) - wins - losses,
        losses,
        mcnemar_exact(wins, losses),
    )


def _paired_mean(item: Statistic, first: Sample, second: Sample) -> Difference:
    of = _PER_QUESTION[item.name]
    before, after = of(first)[first.in_scope], of(second)[second.in_scope]
    return Difference(
        item.name,
        float(before.mean()),
        float(after.mean()),
        "randomisation",
        int((after > before).sum()),
        int((after == before).sum()),
        int((after < before).sum()),
        randomisation_test(before, after),
    )


def _whole(
    statistics: Sequence[Statistic], first: Sample, second: Sample, samples: int
) -> list[Difference]:
    def differences(drawn: Indices) -> Floats:
        before, after = first.take(drawn), second.take(drawn)
        return np.array([item.value(after) - item.value(before) for item in statistics])

    intervals = resample(differences, len(first), samples)
    found = []
    for item, interval in zip(statistics, intervals, strict=True):
        before, after = item.value(first), item.value(second)
        if not np.isnan(before + after):
            low, high = interval
            found.append(Difference(item.name, before, after, "bootstrap", low=low, high=high))
    return found


def _change(first: Observation, second: Observation) -> Change | None:
    """Give the change when the best entry's rightness or what was shown differs, else None."""
    before, after = _worth(first), _worth(second)
    same_reply = (first.best, first.shown, first.outcome) == (
        second.best,
        second.shown,
        second.outcome,
    )
    if before == after and same_reply:
        return None
    return Change(first, second, after > before, after < before)


def _worth(observation: Observation) -> tuple[int, bool]:
    """Order results: what the asker saw first, then whether the best entry was right.

    Right outright, right among the choices, nothing, wrong choices, wrong outright. For a
    question out of scope nothing is best.
    """
    acceptable = observation.question.acceptable
    if observation.shown:
        return (2 if observation.shown in acceptable else -2), observation.is_right
    offered = [entry for entry in observation.offered if entry.startswith("q")]
    if not offered:
        return 0, observation.is_right
    return (1 if acceptable.intersection(offered) else -1), observation.is_right
