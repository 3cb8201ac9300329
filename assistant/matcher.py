"""Match questions to entries: a classifier over entry ids, learnt from phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import RidgeClassifier
from sklearn.utils.validation import check_is_fitted

from assistant.text import stems, words

NOT_A_TARGET = ("none", "greeting", "thanks", "technical", "noise")
"""Classes that are neither an entry nor a gap."""


@dataclass(frozen=True, slots=True)
class Match:
    """Hold one candidate with its evidence."""

    entry_id: str
    probability: float
    phrasing: str
    shared_words: tuple[str, ...]


def _spaced(text: str) -> str:
    return " ".join(words(text))


class QuestionMatcher(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classify a question by the entry that answers it.

    Parameters
    ----------
    alpha : float
        Strength of the ridge penalty.
    temperature : float
        Factor on the decision function before the softmax.
    """

    def __init__(self, alpha: float = 1.0, temperature: float = 4.0) -> None:
        self.alpha = alpha
        self.temperature = temperature

    def fit(self, X: Sequence[str], y: ArrayLike) -> "QuestionMatcher":
        """Learn from phrasings X and their entry ids y."""
        self.word_ = TfidfVectorizer(
            analyzer="word",
            tokenizer=stems,
            token_pattern=None,
            lowercase=False,
            ngram_range=(1, 2),
            sublinear_tf=True,
        )
        self.char_ = TfidfVectorizer(
            analyzer="char_wb",
            preprocessor=_spaced,
            ngram_range=(2, 5),
            sublinear_tf=True,
            min_df=2,
        )
        self.phrasings_ = list(X)
        self.targets_ = np.asarray(y)
        self.index_ = sp.hstack(
            [self.word_.fit_transform(X), self.char_.fit_transform(X)], format="csr"
        )
        self.classifier_ = RidgeClassifier(alpha=self.alpha, solver="sparse_cg")
        self.classifier_.fit(self.index_, self.targets_)
        self.classes_ = self.classifier_.classes_
        return self

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:
        """Give probabilities of shape (n_questions, n_classes)."""
        scores = self.classifier_.decision_function(self._features(X))
        return np.asarray(softmax(self.temperature * scores, axis=1))

    def predict(self, X: Sequence[str]) -> NDArray[np.str_]:
        """Give the most probable class of each question."""
        return np.asarray(self.classes_[np.argmax(self.predict_proba(X), axis=1)])

    def rank(self, questions: Sequence[str], n: int = 5) -> list[list[Match]]:
        """Give for each question at least n targets, best first, and the three best q entries."""
        features = self._features(questions)
        similarity = features @ self.index_.T
        probabilities = self.predict_proba(questions)
        return [
            self._matches(question, similarity[row].toarray().ravel(), probabilities[row], n)
            for row, question in enumerate(questions)
        ]

    def _features(self, X: Sequence[str]) -> Any:
        check_is_fitted(self)
        return sp.hstack([self.word_.transform(X), self.char_.transform(X)], format="csr")

    def _matches(
        self,
        question: str,
        similarity: NDArray[np.float64],
        probabilities: NDArray[np.float64],
        n: int,
    ) -> list[Match]:
        asked = set(stems(question))
        found: list[Match] = []
        faq = 0
        for column in np.argsort(-probabilities, kind="stable"):
            target = str(self.classes_[column])
            if target in NOT_A_TARGET:
                continue
            is_faq = target.startswith("q")
            if len(found) >= n and (faq >= 3 or not is_faq):
                if faq >= 3:
                    break
                continue
            rows = np.flatnonzero(self.targets_ == target)
            phrasing = self.phrasings_[rows[np.argmax(similarity[rows])]]
            shared = tuple(w for w in words(phrasing) if set(stems(w)) & asked)
            found.append(Match(target, float(probabilities[column]), phrasing, shared))
            faq += is_faq
        return found
