"""Measure the matcher as a plain text classifier, on sets that have published figures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold, StratifiedKFold

from assistant.evaluation.datasets import LabelledTexts
from assistant.evaluation.measures import Figure, resample
from assistant.evaluation.statistics import (
    SAMPLES,
    SEED,
    Bools,
    Floats,
    Indices,
    Names,
    wilson_interval,
)
from assistant.matcher import QuestionMatcher

FOLDS: Final = 5
_TOP: Final = 3


class Split(NamedTuple):
    """Hold what is learnt from and what is measured on."""

    train: LabelledTexts
    test: LabelledTexts


@dataclass(frozen=True, slots=True)
class Classification:
    """Hold the true label of each text and the best labels that were found, best first."""

    truth: Names
    ranked: np.ndarray[tuple[int, int], np.dtype[np.str_]]
    learnt_from: int
    """Texts learnt from, in the largest split."""

    @property
    def predicted(self) -> Names:
        """Give the best label of each text."""
        return self.ranked[:, 0]

    def figures(self, samples: int = SAMPLES) -> tuple[Figure, ...]:
        """Give accuracy, Success@3 and macro-F1 with their 95 % intervals."""
        hit = self.truth[:, None] == self.ranked
        return (
            _share("accuracy", hit[:, 0]),
            _share(f"Success@{_TOP}", hit.any(axis=1)),
            self._macro_f1(samples),
        )

    def _macro_f1(self, samples: int) -> Figure:
        def value(drawn: Indices) -> float:
            truth, predicted = self.truth[drawn], self.predicted[drawn]
            return float(f1_score(truth, predicted, average="macro", zero_division=0))

        def values(drawn: Indices) -> Floats:
            return np.array([value(drawn)])

        (interval,) = resample(values, len(self.truth), samples)
        return Figure("macro-F1", value(np.arange(len(self.truth))), *interval, len(self.truth))


def folds(texts: LabelledTexts, count: int = FOLDS, seed: int = SEED) -> Iterator[Split]:
    """Yield each fold as test set with the rest to learn from, labels spread evenly.

    Where some label has fewer texts than there are folds they cannot be spread, so texts are then
    dealt out at random: such a label may be asked without having been learnt.
    """
    _, sizes = np.unique(texts.labels, return_counts=True)
    splitter = StratifiedKFold if sizes.min() >= count else KFold
    dealt = splitter(count, shuffle=True, random_state=seed)
    for train, test in dealt.split(texts.texts, texts.labels):
        yield Split(texts.take(train), texts.take(test))


def few(texts: LabelledTexts, examples: int, seed: int = SEED) -> LabelledTexts:
    """Give at most this many texts a label, drawn at random."""
    order = np.random.default_rng(seed).permutation(len(texts))
    taken: dict[str, int] = {}
    places = []
    for place in order:
        label = texts.labels[place]
        taken[label] = taken.get(label, 0) + 1
        if taken[label] <= examples:
            places.append(int(place))
    return texts.take(sorted(places))


def classify(splits: Iterator[Split], make: Callable[[], Any] = QuestionMatcher) -> Classification:
    """Learn and predict split by split; `make` gives an unfitted scikit-learn classifier."""
    truth: list[str] = []
    ranked: list[list[str]] = []
    learnt_from = 0
    for train, test in splits:
        model = make().fit(list(train.texts), list(train.labels))
        best = np.argsort(-model.predict_proba(list(test.texts)), axis=1, kind="stable")
        ranked += model.classes_[best[:, :_TOP]].tolist()
        truth += test.labels
        learnt_from = max(learnt_from, len(train))
    width = max(map(len, ranked))
    padded = [row + [""] * (width - len(row)) for row in ranked]
    return Classification(np.array(truth), np.array(padded), learnt_from)


def _share(name: str, hit: Bools) -> Figure:
    hits, count = int(hit.sum()), len(hit)
    return Figure(name, hits / count, *wilson_interval(hits, count), count)
