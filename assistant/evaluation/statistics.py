"""Give intervals and paired tests: how far a figure can be trusted, and whether two differ."""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]
Names = npt.NDArray[np.str_]

SEED: Final = 20240229
SAMPLES: Final = 1000
CONFIDENCE: Final = 0.95


class Interval(NamedTuple):
    """Hold the ends of a confidence interval."""

    low: float
    high: float


def wilson_interval(hits: int, count: int, confidence: float = CONFIDENCE) -> Interval:
    """Give the score interval of a share.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    JASA 22(158). It keeps within 0 and 1 and holds for few questions and for shares near 0 or 1.
    """
    if count == 0:
        return Interval(float("nan"), float("nan"))
    found = stats.binomtest(hits, count).proportion_ci(confidence, method="wilson")
    return Interval(float(found.low), float(found.high))


def bootstrap_intervals(
    statistic: Callable[[Indices], Floats],
    count: int,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    confidence: float = CONFIDENCE,
) -> list[Interval]:
    """Give percentile intervals of several figures at once, resampling whole questions.

    Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1).
    `statistic` takes the indices of the drawn questions; a figure it cannot give (nan) in some
    sample is left out of that figure's interval.
    """
    drawn = np.random.default_rng(seed).integers(0, count, (samples, count))
    figures = np.array([statistic(indices) for indices in drawn])
    tail = 50 * (1 - confidence)
    return [_percentiles(column, tail) for column in figures.T]


def _percentiles(values: Floats, tail: float) -> Interval:
    known = values[~np.isnan(values)]
    if not known.size:
        return Interval(float("nan"), float("nan"))
    low, high = np.percentile(known, (tail, 100 - tail))
    return Interval(float(low), float(high))


def mcnemar_exact(wins: int, losses: int) -> float:
    """Give the two-sided p-value that two paired shares are the same.

    McNemar (1947), "Note on the sampling error of the difference between correlated proportions
    or percentages", Psychometrika 12(2); exact by the binomial distribution over the pairs that
    differ, as there are often few of them.
    """
    if wins + losses == 0:
        return 1.0
    return float(stats.binomtest(wins, wins + losses, 0.5).pvalue)


def randomisation_test(
    first: Floats, second: Floats, *, samples: int = 9999, seed: int = SEED
) -> float:
    """Give the two-sided p-value that two paired means are the same.

    Fisher's randomisation test over questions, advised for retrieval measures by Smucker, Allan
    and Carterette (2007), "A comparison of statistical significance tests for information
    retrieval evaluation", CIKM.
    """
    if not np.any(first != second):
        return 1.0
    found = stats.permutation_test(
        (first, second),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=samples,
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)
