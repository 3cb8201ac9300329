"""Give the catalogue of measures: name, what it is of, which way is better, where it is from.

Shares get a Wilson interval, the rest a bootstrap over questions. A measure that the questions
at hand cannot give (no question out of scope, no decision taken) is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn import config_context
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from assistant.evaluation.curves import expected_calibration_error, risk_coverage_curve
from assistant.evaluation.sample import Sample
from assistant.evaluation.statistics import (
    SAMPLES,
    Bools,
    Floats,
    Indices,
    Interval,
    bootstrap_intervals,
    wilson_interval,
)

_NOTHING: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one measured figure with its 95 % interval and the number of questions behind it."""

    name: str
    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """Describe a measure that is a share: of `base`, those that are also `hit`."""

    name: str
    base: Callable[[Sample], Bools]
    hit: Callable[[Sample], Bools]
    higher_is_better: bool = True
    decided: bool = False
    """Only makes sense where the tool decided what to show."""

    def figure(self, sample: Sample) -> Figure:
        """Give the share with its Wilson interval."""
        base = self.base(sample)
        count, hits = int(base.sum()), int((base & self.hit(sample)).sum())
        value = hits / count if count else _NOTHING
        return Figure(self.name, value, *wilson_interval(hits, count), count)


@dataclass(frozen=True, slots=True)
class Statistic:
    """Describe a measure that is no share; `value` gives nan where it does not exist."""

    name: str
    value: Callable[[Sample], float]
    count: Callable[[Sample], int] = len
    higher_is_better: bool = True
    decided: bool = False
    calibrated: bool = False
    """Only makes sense for probabilities, not for any score."""


def auroc(sample: Sample) -> float:
    """Give the chance that a question in scope scores above one out of scope.

    Hanley and McNeil (1982), "The meaning and use of the area under a ROC curve", Radiology 143.
    """
    return float(roc_auc_score(sample.in_scope, sample.score)) if _has_both(sample) else _NOTHING


def auprc(sample: Sample) -> float:
    """Give the area under precision and recall of in against out of scope, as average precision.

    Davis and Goadrich (2006), "The relationship between precision-recall and ROC curves", ICML.
    It depends on the share in scope, so compare it on the same questions only.
    """
    if not _has_both(sample):
        return _NOTHING
    return float(average_precision_score(sample.in_scope, sample.score))


def aurc(sample: Sample) -> float:
    """Give the area under the risk-coverage curve; see RiskCoverageCurve.area."""
    return risk_coverage_curve(sample).area


def answered_right_at(risk: float) -> Callable[[Sample], float]:
    """Give the measure: share answered right while at most this share of those shown is wrong."""

    def value(sample: Sample) -> float:
        if not sample.in_scope.any():
            return _NOTHING
        return risk_coverage_curve(sample).answered_right_at(risk)

    return value


def ece(sample: Sample) -> float:
    """Give the expected calibration error of the best FAQ entry; see curves.py for the source."""
    return expected_calibration_error(sample.score, sample.right)


def brier(sample: Sample) -> float:
    """Give the mean squared error of the best FAQ entry's probability.

    Brier (1950), "Verification of forecasts expressed in terms of probability", Monthly Weather
    Review 78(1).
    """
    return float(np.mean((sample.score - sample.right) ** 2))


def macro_f1(sample: Sample) -> float:
    """Give the mean over entries of F1, on the questions in scope.

    An acceptable entry counts as the labelled one. Only entries that are some question's label
    count (Yang and Liu 1999, "A re-examination of text categorization methods", SIGIR).
    """
    scoped = sample.take(sample.in_scope)
    if not len(scoped):
        return _NOTHING
    labels = np.unique(scoped.label)
    return float(
        f1_score(scoped.label, scoped.best, labels=labels, average="macro", zero_division=0)
    )


def mean_in_scope(of: Callable[[Sample], Floats]) -> Callable[[Sample], float]:
    """Give the measure that is a mean over the questions in scope."""

    def value(sample: Sample) -> float:
        return float(of(sample)[sample.in_scope].mean()) if sample.in_scope.any() else _NOTHING

    return value


def wrong_at_share(out_of_scope: float) -> Statistic:
    """Give the measure: wrong among shown, if this share of all questions were out of scope.

    Questions in and out of scope are weighted to the assumed share, so that sets with another
    mixture can be held against the promise.
    """

    def value(sample: Sample) -> float:
        if not _has_both(sample):
            return _NOTHING
        weight = _weights(sample, out_of_scope)
        shown = float(weight[sample.shown].sum())
        return float(weight[sample.shown_wrong].sum()) / shown if shown else _NOTHING

    name = f"wrong among shown at {out_of_scope:.0%} out of scope"
    return Statistic(name, value, higher_is_better=False, decided=True)


def ece_at_share(out_of_scope: float) -> Statistic:
    """Give the measure: ECE, if this share of all questions were out of scope.

    A probability that is true where most questions are not in the FAQ is too low on a set where
    most are (prior shift: Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a
    classifier to new a priori probabilities", Neural Computation 14). The weights take that out.
    """

    def value(sample: Sample) -> float:
        if not _has_both(sample):
            return _NOTHING
        weight = _weights(sample, out_of_scope)
        return expected_calibration_error(sample.score, sample.right, weight=weight)

    name = f"ECE at {out_of_scope:.0%} out of scope"
    return Statistic(name, value, higher_is_better=False, calibrated=True)


def _weights(sample: Sample, out_of_scope: float) -> Floats:
    """Give weights under which this share of the questions is out of scope."""
    inside = sample.in_scope.mean()
    weight = np.where(sample.in_scope, (1 - out_of_scope) / inside, out_of_scope / (1 - inside))
    return np.asarray(weight, np.float64)


def latency(percentile: int) -> Callable[[Sample], float]:
    """Give the measure: milliseconds within which this percentage of the questions is answered."""
    return lambda sample: float(np.percentile(sample.seconds, percentile)) * 1000


def _has_both(sample: Sample) -> bool:
    return bool(sample.in_scope.any() and not sample.in_scope.all())


def _in_scope(sample: Sample) -> Bools:
    return sample.in_scope


def _out_of_scope(sample: Sample) -> Bools:
    return ~sample.in_scope


def _count_in_scope(sample: Sample) -> int:
    return int(sample.in_scope.sum())


Measure = Share | Statistic
MEASURES: Final[tuple[Measure, ...]] = (
    Share("Success@1", _in_scope, lambda s: s.right),
    Share("Success@3", _in_scope, lambda s: s.success3),
    Statistic("RR", mean_in_scope(lambda s: s.rr), _count_in_scope),
    Statistic("nDCG@5", mean_in_scope(lambda s: s.ndcg5), _count_in_scope),
    Statistic("macro-F1", macro_f1, _count_in_scope),
    Statistic("AUROC", auroc),
    Statistic("AUPR", auprc),
    Statistic("AURC", aurc, higher_is_better=False),
    Statistic("answered right at 5% wrong", answered_right_at(0.05), _count_in_scope),
    Statistic("answered right at 20% wrong", answered_right_at(0.20), _count_in_scope),
    Share("answered right", _in_scope, lambda s: s.shown_right, decided=True),
    Share("answered wrong", _in_scope, lambda s: s.shown_wrong, False, decided=True),
    Share("answered or offered", _in_scope, lambda s: s.offered_right, decided=True),
    Share("wrong among shown", lambda s: s.shown, lambda s: s.shown_wrong, False, decided=True),
    Share("out of scope answered", _out_of_scope, lambda s: s.shown, False, decided=True),
    Share("out of scope offered", _out_of_scope, lambda s: s.offered, False, decided=True),
    Share("coverage", lambda s: np.ones(len(s), dtype=np.bool_), lambda s: s.shown, decided=True),
    Statistic("ECE", ece, higher_is_better=False, calibrated=True),
    Statistic("Brier", brier, higher_is_better=False, calibrated=True),
    Statistic("latency p50", latency(50), higher_is_better=False, decided=True),
    Statistic("latency p95", latency(95), higher_is_better=False, decided=True),
)
FOREIGN_MEASURES: Final[tuple[Share, ...]] = (
    Share("refused", lambda s: s.foreign, lambda s: ~s.offered, decided=True),
    Share("refused as another language", lambda s: s.foreign, lambda s: s.recognised, decided=True),
)


def ranking_only(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Give the measures that hold for a plain ranker: no decisions, no probabilities."""
    return tuple(m for m in measures if not m.decided and not getattr(m, "calibrated", False))


def measure(
    sample: Sample, measures: Sequence[Measure] = MEASURES, samples: int = SAMPLES
) -> tuple[Figure, ...]:
    """Give each measure of a sample with its 95 % interval, in the order of the measures.

    With 0 resamples only shares get an interval: enough where values alone are looked at.
    """
    if not len(sample):
        return ()
    statistics = [m for m in measures if isinstance(m, Statistic)]
    figures = {m.name: m.figure(sample) for m in measures if isinstance(m, Share)}
    for item, interval in zip(statistics, _intervals(sample, statistics, samples), strict=True):
        figures[item.name] = Figure(item.name, item.value(sample), *interval, item.count(sample))
    return tuple(figures[m.name] for m in measures if not np.isnan(figures[m.name].value))


def resample(
    values: Callable[[Indices], Floats], count: int, samples: int = SAMPLES
) -> list[Interval]:
    """Give bootstrap intervals of figures that scikit-learn computes."""
    # The arrays are ours, so checking them thousands of times over would only cost time.
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return bootstrap_intervals(values, count, samples=samples)


def _intervals(sample: Sample, statistics: Sequence[Statistic], samples: int) -> list[Interval]:
    def values(drawn: Indices) -> Floats:
        part = sample.take(drawn)
        return np.array([item.value(part) for item in statistics])

    if not samples:
        return [Interval(_NOTHING, _NOTHING)] * len(statistics)
    return resample(values, len(sample), samples)
