"""Measure how well questions are grouped: adjusted Rand index, precision and recall of pairs."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Count pairs of questions: which belong together, and which were put together."""

    right: int
    put_together: int
    belonging: int

    @property
    def precision(self) -> float:
        """Give the share of the pairs put together that belong together; 1 when there are none."""
        return self.right / self.put_together if self.put_together else 1.0

    @property
    def recall(self) -> float:
        """Give the share of the pairs belonging together that were put together."""
        return self.right / self.belonging if self.belonging else 1.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold a figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupingFigures:
    """Hold the figures of a grouping against labelled clusters."""

    questions: int
    ari: Interval
    precision: Interval
    recall: Interval


def pair_counts(labels: Sequence[Hashable], groups: Sequence[Hashable]) -> PairCounts:
    """Count pairs, by the sizes of clusters, groups and what they share."""
    both = Counter(zip(labels, groups, strict=True))
    return PairCounts(
        right=_pairs(both.values()),
        put_together=_pairs(Counter(groups).values()),
        belonging=_pairs(Counter(labels).values()),
    )


def grouping_figures(
    labels: Sequence[str], groups: Sequence[Hashable], *, samples: int = 1000, seed: int = 0
) -> GroupingFigures:
    """Give the adjusted Rand index (Hubert and Arabie 1985) and pair precision and recall.

    The intervals come from drawing whole clusters anew (bootstrap), as the questions of one cluster
    are no independent observations: a pair counts as often as its clusters are drawn.
    """
    cluster = np.unique(np.asarray(labels), return_inverse=True)[1]
    group = np.unique([str(name) for name in groups], return_inverse=True)[1]
    first, second = np.triu_indices(len(cluster), 1)
    pairs = (cluster[first], cluster[second], group[first] == group[second])
    rng = np.random.default_rng(seed)
    size = int(cluster.max()) + 1
    drawn = [
        _figures(*pairs, np.bincount(rng.integers(0, size, size), minlength=size))
        for _ in range(samples)
    ]
    low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
    value = _figures(*pairs, np.ones(size, int))
    ends = [Interval(value[n], float(low[n]), float(high[n])) for n in range(len(value))]
    return GroupingFigures(len(labels), *ends)


def _figures(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    is_together: NDArray[np.bool_],
    drawn: NDArray[np.int64],
) -> tuple[float, float, float]:
    """Give the figures over pairs, each as often as its clusters were drawn."""
    belongs = first == second
    weight = np.where(belongs, drawn[first], drawn[first] * drawn[second]).astype(float)
    right = weight[belongs & is_together].sum()
    wrong = weight[~belongs & is_together].sum()
    missed = weight[belongs & ~is_together].sum()
    apart = weight[~belongs & ~is_together].sum()
    below = (right + missed) * (missed + apart) + (right + wrong) * (wrong + apart)
    ari = 2 * (right * apart - missed * wrong) / below if below else 1.0
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return float(ari), float(precision), float(recall)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(comb(size, 2) for size in sizes)
