"""Decide what to do with calibrated probabilities: answer, offer choices, or point to people.

The editor promises a largest share of wrong answers among those shown; the thresholds follow from
labelled questions and a confidence bound, not from taste.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from corpus import Promise

Array = NDArray[np.float64]
CONFIDENCE = 0.95
COVERAGES = tuple(percent / 100 for percent in range(10, 100))
"""Shares of the questions in scope that the thresholds tried let through, strictest first."""
CHOICES_KEPT = 0.95
"""Share of the questions in scope for which the threshold of choices must let something through."""
_NEVER = 1.01
"""A threshold that no probability reaches."""


class Outcome(StrEnum):
    """Name what a reply does."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    FALLBACK = "fallback"


class Sureness(NamedTuple):
    """Hold how sure the tool is, for a person: one to three bars and a sentence."""

    bars: int
    label: str


@dataclass(frozen=True, slots=True)
class DecisionPolicy:
    """Hold the thresholds on the probability that the best entry is right."""

    answer: float = _NEVER
    clarify: float = 0.2

    def decide(self, probability: float) -> Outcome:
        """Give the outcome for the probability (0 to 1) of the best entry."""
        if probability >= self.answer:
            return Outcome.ANSWER
        if probability >= self.clarify:
            return Outcome.CLARIFY
        return Outcome.FALLBACK


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """Hold what the labelled questions say about a promise."""

    promised: float
    """Largest share of wrong answers among those shown, as promised."""
    out_of_scope_share: float
    """Share of questions out of scope that was assumed."""
    labelled: int
    """Labelled questions there are."""
    kept: bool
    """Whether the labelled questions can carry the promise."""
    shown: int
    """Labelled questions that are answered outright under the policy."""
    wrong_among_shown: float
    """Weighed estimate of the share of wrong answers among those shown."""
    wrong_or_close: float
    """The same if answers that are close count as wrong too."""
    bound: float
    """Its one-sided 95 % upper confidence bound."""
    answered_right: float
    """Share of the questions in scope that are answered outright and rightly."""
    needed: int
    """How many more labelled questions are needed, roughly, when the promise cannot be carried."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold what the policy is chosen on, each of shape (n_questions,)."""

    probability: Array
    """Calibrated probability that the best entry is right, by a model that did not see the line."""
    right: NDArray[np.bool_]
    in_scope: NDArray[np.bool_]
    close: NDArray[np.bool_]
    """Whether the best entry is not right but close: the labellers were not sure that nothing fits,
    and named this entry as near. Close counts neither as right nor as wrong."""

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Tell for each question whether its best entry is plainly wrong."""
        return ~self.right & ~self.close

    def weights(self, out_of_scope_share: float) -> Array:
        """Give weights under which the given share of questions is out of scope."""
        inside = float(self.in_scope.mean()) if len(self.in_scope) else 0.0
        if inside in (0.0, 1.0):
            return np.ones(len(self.in_scope))
        weight = np.where(
            self.in_scope, (1 - out_of_scope_share) / inside, out_of_scope_share / (1 - inside)
        )
        return np.asarray(weight, float)


def choose_policy(labelled: Labelled, promise: Promise) -> tuple[DecisionPolicy, PromiseReport]:
    """Pick the lowest thresholds that keep the promise, and say whether it can be carried.

    The thresholds tried let through 10, 11, 12 ... % of the questions in scope. From the strictest
    down, each must keep the promise with its upper confidence bound; the first that does not ends
    the search. The order is fixed before looking at what was right, so that trying many does not
    spoil the confidence (fixed-sequence testing: Angelopoulos and others, Learn then Test, 2021).
    """
    share = promise.out_of_scope_share
    weight = labelled.weights(share)
    answer = _lowest_safe_threshold(labelled, weight, promise.wrong_among_shown)
    shown = labelled.probability >= answer
    risk, bound = weighed_risk(labelled.wrong[shown], weight[shown])
    inside = labelled.in_scope
    kept = answer < _NEVER
    report = PromiseReport(
        promised=promise.wrong_among_shown,
        out_of_scope_share=share,
        labelled=len(labelled.right),
        kept=kept,
        shown=int(shown.sum()),
        wrong_among_shown=risk,
        wrong_or_close=weighed_risk(~labelled.right[shown], weight[shown])[0],
        bound=bound,
        answered_right=float((shown & labelled.right)[inside].mean()) if inside.any() else 0.0,
        needed=0 if kept else _more_needed(labelled, promise.wrong_among_shown),
    )
    return DecisionPolicy(answer, min(answer, _choices_threshold(labelled))), report


def weighed_risk(wrong: NDArray[np.bool_], weight: Array) -> tuple[float, float]:
    """Give the weighed share of wrong answers and its one-sided 95 % upper bound.

    The bound is that of Clopper and Pearson (1934, Biometrika 26) on the effective number of
    observations under the weights (Kish 1965, Survey Sampling, section 11.7).
    """
    if not len(wrong):
        return 0.0, 1.0
    risk = float(weight[wrong].sum() / weight.sum())
    effective = float(weight.sum() ** 2 / (weight**2).sum())
    failures = risk * effective
    if failures >= effective:
        return risk, 1.0
    return risk, float(beta.ppf(CONFIDENCE, failures + 1, effective - failures))


def sureness(probability: float) -> Sureness:
    """Put a probability (0 to 1) in words."""
    if probability >= 0.75:
        return Sureness(3, "Past goed bij je vraag")
    if probability >= 0.45:
        return Sureness(2, "Past waarschijnlijk bij je vraag")
    return Sureness(1, "Past minder bij je vraag")


def fewest_shown(promised: float) -> int:
    """Give how many answers without a single error are needed to carry a promise."""
    return math.ceil(math.log(1 - CONFIDENCE) / math.log(1 - promised))


def _lowest_safe_threshold(labelled: Labelled, weight: Array, promised: float) -> float:
    if not labelled.in_scope.any():
        return _NEVER
    inside = labelled.probability[labelled.in_scope]
    safe = _NEVER
    for coverage in COVERAGES:
        threshold = float(np.quantile(inside, 1 - coverage))
        shown = labelled.probability >= threshold
        if shown.sum() < fewest_shown(promised):
            continue  # even without a single error these could not carry the promise
        if weighed_risk(labelled.wrong[shown], weight[shown])[1] > promised:
            break
        safe = threshold
    return safe


def _choices_threshold(labelled: Labelled) -> float:
    """Give the threshold above which most questions in scope lie."""
    if not labelled.in_scope.any():
        return 0.2
    return float(np.quantile(labelled.probability[labelled.in_scope], 1 - CHOICES_KEPT))


def _more_needed(labelled: Labelled, promised: float) -> int:
    """Estimate how many more labelled questions would do, if new ones are like those there are."""
    rate = float((labelled.probability >= 0.5).mean()) if len(labelled.probability) else 0.1
    return math.ceil(2 * fewest_shown(promised) / max(rate, 0.02))
