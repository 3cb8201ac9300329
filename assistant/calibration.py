"""Say how sure the best answer is: a probability fitted on labelled questions of other authors.

A softmax over entries cannot say "none of these". The features below look at the question from
outside: how much probability lies on entries together, how far the best is ahead, how near the
nearest known wording is, how much of the text the corpus knows. docs/decisions/0002 tells which
features and which model won, by how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.class_groups import ClassGroups
from assistant.matcher import QuestionMatcher, Scores
from assistant.text import words

Array = NDArray[np.float64]
FEATURES = (
    "mass: log-odds of all FAQ entries together",
    "best: log-odds of the best FAQ entry",
    "margin: log ratio of the best to the second FAQ entry",
    "gap: log-odds of the best known gap",
    "nearest: cosine with the nearest wording of the best FAQ entry",
    "nearest_other: cosine with the nearest wording of anything else than an entry",
    "fuzzy: fuzzy ratio with the nearest wording of the best FAQ entry",
    "unknown: share of words that the corpus does not know",
    "length: log of the number of words",
)
_FLOOR = 1e-5


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Hold a fitted logistic regression on standardised features."""

    mean: Array
    scale: Array
    coef: Array
    intercept: float

    @classmethod
    def fit(
        cls, features: Array, right: NDArray[np.bool_], sample_weight: Array | None = None
    ) -> "Calibrator":
        """Fit on features of shape (n_questions, n_features) and whether the best was right."""
        scaler = StandardScaler().fit(features, sample_weight=sample_weight)
        model = LogisticRegression(C=0.3)
        model.fit(scaler.transform(features), right, sample_weight=sample_weight)
        return cls(scaler.mean_, scaler.scale_, model.coef_[0], float(model.intercept_[0]))

    @classmethod
    def prior(cls) -> "Calibrator":
        """Give a careful calibrator for a corpus without examples: the best odds, lowered."""
        coef = np.array([float(name.startswith("best:")) for name in FEATURES])
        return cls(np.zeros(len(FEATURES)), np.ones(len(FEATURES)), coef, -1.0)

    def predict_proba(self, features: Array) -> Array:
        """Give the probability that the best FAQ entry is right, of shape (n_questions,)."""
        return np.asarray(expit((features - self.mean) / self.scale @ self.coef + self.intercept))


def confidence_features(matcher: QuestionMatcher, texts: Sequence[str], scores: Scores) -> Array:
    """Give the features named in FEATURES, of shape (n_questions, len(FEATURES))."""
    shares = softmax(matcher.combine(scores).astype(float), axis=1)
    groups = ClassGroups.of(matcher.classes_)
    faq, gap = groups.faq, groups.gap
    rows = np.arange(len(texts))
    best = np.flatnonzero(faq)[np.argmax(shares[:, faq], axis=1)]
    top = -np.sort(-shares[:, faq], axis=1)[:, :2]
    second = top[:, 1] if top.shape[1] > 1 else np.full(len(rows), _FLOOR)
    other = scores.nearest[:, ~faq & ~groups.practical]
    unknown = [matcher.vectorizer_.analyzer_.unknown_share(text) for text in texts]
    return np.column_stack(
        [
            _log_odds(shares[:, faq].sum(axis=1)),
            _log_odds(top[:, 0]),
            np.log(np.maximum(top[:, 0], _FLOOR) / np.maximum(second, _FLOOR)),
            _log_odds(shares[:, gap].max(axis=1, initial=_FLOOR)),
            scores.nearest[rows, best],
            other.max(axis=1, initial=0.0),
            scores.fuzzy[rows, best],
            unknown,
            np.log([1 + len(words(text)) for text in texts]),
        ]
    )


def _log_odds(share: Array) -> Array:
    kept = np.clip(share, _FLOOR, 1 - _FLOOR)
    return np.asarray(np.log(kept / (1 - kept)))
