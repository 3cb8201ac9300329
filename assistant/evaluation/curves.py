"""Give what a threshold buys: the risk-coverage curve, and how far probabilities are true.

A curve is cut between different scores only. Questions with the same score are shown together
or not at all, as a threshold would.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assistant.evaluation.sample import Sample
from assistant.evaluation.statistics import Bools, Floats

BINS: Final = 10
_NOTHING: Final = float("nan")


@dataclass(frozen=True, slots=True)
class RiskCoverageCurve:
    """Hold, for each threshold from high to low, what showing all above it would mean."""

    threshold: Floats
    coverage: Floats
    """Share of all questions that would be shown an FAQ entry."""
    risk: Floats
    """Share of those shown that would be wrong."""
    answered_right: Floats
    """Share of the in-scope questions that would be answered right."""
    counts: Floats
    """Number of questions that share each threshold."""

    @property
    def area(self) -> float:
        """Give AURC: the mean over questions of the risk at that question's own threshold.

        Geifman, Uziel and El-Yaniv (2019), "Bias-reduced uncertainty estimation for deep neural
        classifiers", ICLR. Lower is better.
        """
        return float(np.average(self.risk, weights=self.counts))

    def answered_right_at(self, risk: float) -> float:
        """Give the largest share answered right of any threshold whose risk is at most this.

        The threshold is chosen on the very questions that are measured, so this says what the
        ranking of scores could give, not what a policy fixed beforehand will give.
        """
        within = self.answered_right[self.risk <= risk]
        return float(within.max()) if within.size else 0.0


def risk_coverage_curve(sample: Sample) -> RiskCoverageCurve:
    """Give the curve over all questions, in and out of scope.

    El-Yaniv and Wiener (2010), "On the foundations of noise-free selective classification",
    JMLR 11; Geifman and El-Yaniv (2017), "Selective classification for deep neural networks".
    A question without any candidate has score 0: it comes last, where all must be answered.
    """
    scores, places, counts = np.unique(-sample.score, return_inverse=True, return_counts=True)
    shown = np.cumsum(counts)
    wrong = np.cumsum(np.bincount(places, sample.wrong, len(scores)))
    right = np.cumsum(np.bincount(places, sample.right & sample.in_scope, len(scores)))
    return RiskCoverageCurve(
        -scores,
        shown / len(sample),
        wrong / shown,
        right / max(int(sample.in_scope.sum()), 1),
        counts.astype(np.float64),
    )


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Hold the questions whose probability lies between two bounds."""

    low: float
    high: float
    count: int
    mean_probability: float
    correct: int

    @property
    def share_correct(self) -> float:
        """Give the share of this bin that was right."""
        return self.correct / self.count if self.count else _NOTHING


def reliability(
    probability: Floats, correct: Bools, bins: int = BINS
) -> tuple[ReliabilityBin, ...]:
    """Give the reliability diagram in bins of equal width.

    DeGroot and Fienberg (1983), "The comparison and evaluation of forecasters".
    """
    place = _bin_of(probability, bins)
    counts = np.bincount(place, minlength=bins)
    sums = np.bincount(place, probability, bins)
    hits = np.bincount(place, correct, bins)
    means = sums / np.maximum(counts, 1)
    return tuple(
        ReliabilityBin(i / bins, (i + 1) / bins, int(counts[i]), float(means[i]), int(hits[i]))
        for i in range(bins)
    )


def expected_calibration_error(
    probability: Floats, correct: Bools, bins: int = BINS, weight: Floats | None = None
) -> float:
    """Give ECE: the mean distance between probability and share correct, over equal-width bins.

    Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian
    binning", AAAI. With weights, means are weighed.
    """
    each = np.ones(len(probability)) if weight is None else weight
    gaps = np.bincount(_bin_of(probability, bins), each * (probability - correct), bins)
    return float(np.abs(gaps).sum() / each.sum()) if len(probability) else 0.0


def _bin_of(probability: Floats, bins: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.clip((probability * bins).astype(np.intp), 0, bins - 1)
