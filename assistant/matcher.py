"""Match questions to entries: a classifier over entry ids, learnt from phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from rapidfuzz import fuzz, process
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from assistant.features import GramVectorizer, Jargon
from assistant.nearest import Nearest
from assistant.text import stem, words

Array = NDArray[np.float32]
Array64 = NDArray[np.float64]
N_FUZZY: Final = 8
"""Classes whose nearest phrasing is compared by rapidfuzz."""
_N_RIVALS: Final = 5
"""Wrong classes each right one is held against when the weights of the scorers are learnt."""
_AT_ONCE: Final = 256
"""Questions scored at once: memory stays the same however many there are."""
_PRIOR_WEIGHTS: Final = (4.0, 3.0, 1.0)
"""Weights used when there are too few phrasings to learn them from."""


@dataclass(frozen=True, slots=True)
class Match:
    """Hold one candidate with its evidence."""

    entry_id: str
    probability: float
    phrasing: str
    """The known wording that is nearest to the question."""
    shared_words: tuple[str, ...]
    """The words of that wording that the question shares by stem."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold what each scorer says, each of shape (n_questions, n_classes)."""

    linear: Array
    """Decision function of the linear classifier on the TF-IDF features."""
    nearest: Array
    """Cosine of the question with the nearest phrasing of the class, by words (0 to 1)."""
    fuzzy: Array
    """rapidfuzz token_set_ratio with that phrasing (0 to 1), of the best few classes only; the
    others get the lowest of these."""
    phrasing: NDArray[np.int32]
    """Index of that phrasing."""

    def take(self, rows: NDArray[np.int64]) -> "Scores":
        """Give the scores of some questions."""
        return Scores(self.linear[rows], self.nearest[rows], self.fuzzy[rows], self.phrasing[rows])


class QuestionMatcher(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classify a question by the entry, gap or kind of chatter it belongs to.

    Three scorers look at a question: a linear classifier on TF-IDF features, the cosine with the
    nearest phrasing, and a fuzzy ratio with that phrasing. A logistic regression on predictions
    for phrasings that were held out learns how much each counts.

    Parameters
    ----------
    jargon : sequence of (term, variants)
        Words that belong together.
    C : float
        Inverse strength of the penalty of the linear classifier.
    folds : int
        Number of folds in which the weights of the scorers are learnt; below 2 none are.
    random_state : int
        Seed of the folds and of the solver.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
    vectorizer_ : GramVectorizer
    coef_ : ndarray of shape (n_features, n_classes)
    intercept_ : ndarray of shape (n_classes,)
    weights_ : ndarray of shape (3,)
        How much the linear, nearest and fuzzy scores count.
    phrasings_ : list of str
        The texts learnt from, ordered by class.
    held_out_ : tuple of HeldOut
        The folds in which the weights were learnt; calibration looks at them too.
    """

    def __init__(
        self, jargon: Jargon = (), C: float = 0.3, folds: int = 3, random_state: int = 0
    ) -> None:
        self.jargon = jargon
        self.C = C
        self.folds = folds
        self.random_state = random_state

    held_out_: "tuple[HeldOut, ...]"

    def fit(
        self, X: Sequence[str], y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> "QuestionMatcher":
        """Learn from texts X and their classes y."""
        targets = np.asarray(y)
        if len(X) != len(targets):
            raise ValueError(f"{len(X)} texts but {len(targets)} labels.")
        if len(np.unique(targets)) < 2:
            raise ValueError("a matcher needs texts of at least two classes.")
        weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, float)
        self._learn(X, targets, weight)
        self.held_out_ = self.held_out_scores(X, targets, weight)
        self.weights_ = self._learn_weights(self.held_out_, targets)
        for fold in self.held_out_:
            fold.matcher.weights_ = self.weights_
        return self

    def scores(self, X: Sequence[str]) -> Scores:
        """Give the scores of every scorer for every class."""
        check_is_fitted(self)
        parts = [self._scores(X[at : at + _AT_ONCE]) for at in range(0, len(X), _AT_ONCE)]
        if len(parts) == 1:
            return parts[0]
        empty = np.empty((0, len(self.classes_)), np.float32)
        none = Scores(empty, empty, empty, empty.astype(np.int32))
        return Scores(
            *(
                np.concatenate([getattr(part, field.name) for part in (none, *parts)])
                for field in fields(Scores)
            )
        )

    def _scores(self, X: Sequence[str]) -> Scores:
        features = self.vectorizer_.transform(X)
        linear = np.asarray(features @ self.coef_ + self.intercept_, np.float32)
        near = Nearest.find(self._phrasings_by_word, features, self.starts_)
        nearest = near.by_class()
        rough = linear * _PRIOR_WEIGHTS[0] + nearest * _PRIOR_WEIGHTS[1]
        best = np.argsort(-rough, axis=1, kind="stable")[:, :N_FUZZY]
        found = near.phrasings(best)
        ratios = self._ratios(X, found)
        rows = np.arange(len(X))[:, None]
        phrasing = np.zeros(linear.shape, np.int32)
        phrasing[rows, best] = found
        fuzzy = np.repeat(ratios.min(axis=1, keepdims=True), linear.shape[1], axis=1)
        fuzzy[rows, best] = ratios
        return Scores(linear, nearest, np.asarray(fuzzy / 100, np.float32), phrasing)

    def _ratios(self, X: Sequence[str], phrasings: NDArray[np.int32]) -> Array:
        """Give the fuzzy ratio of each text with some phrasings, of the shape of these."""
        spoken = [" ".join(words(text)) for text in X]
        ratios = process.cpdist(
            [text for text in spoken for _ in range(phrasings.shape[1])],
            [self._spoken[index] for index in phrasings.ravel().tolist()],
            scorer=fuzz.token_set_ratio,
            dtype=np.float32,
        )
        return np.asarray(ratios.reshape(phrasings.shape))

    def decision_function(self, X: Sequence[str]) -> Array:
        """Give the weighed scores, of shape (n_questions, n_classes)."""
        return self.combine(self.scores(X))

    def combine(self, scores: Scores) -> Array:
        """Weigh the scorers' scores."""
        linear, nearest, fuzzy = self.weights_
        total = linear * scores.linear + nearest * scores.nearest + fuzzy * scores.fuzzy
        return np.asarray(total, np.float32)

    def predict_proba(self, X: Sequence[str]) -> Array:
        """Give the softmax of the decision function, of shape (n_questions, n_classes).

        These are probabilities among the known classes. How sure an answer is, also for questions
        like none of them, is the matter of `assistant.calibration`.
        """
        return np.asarray(softmax(self.decision_function(X), axis=1))

    def predict(self, X: Sequence[str]) -> NDArray[np.str_]:
        """Give the best class of each question; ties go to the first in `classes_`."""
        check_is_fitted(self)
        return np.asarray(self.classes_[np.argmax(self.decision_function(X), axis=1)])

    def evidence(
        self, question: str, scores: Scores, row: int, column: int, probability: float = 0.0
    ) -> Match:
        """Give the match of a question with a class: the nearest phrasing and the shared words."""
        index = int(scores.phrasing[row, column]) or int(self.starts_[column])
        phrasing = self.phrasings_[index]
        asked = _stems_of(question)
        known = _words_with_stems(self._spoken[index])
        shared = tuple(dict.fromkeys([word for word, stemmed in known if stemmed in asked]))
        return Match(str(self.classes_[column]), probability, phrasing, shared)

    def _learn(self, X: Sequence[str], y: NDArray[np.str_], weight: Array64) -> None:
        """Learn features, linear classifier and index of phrasings."""
        order = np.argsort(y, kind="stable")
        phrasings = [X[index] for index in order]
        targets = y[order]
        classes, starts = np.unique(targets, return_index=True)
        vectorizer = GramVectorizer(jargon=self.jargon).fit(phrasings)
        features = vectorizer.transform(phrasings)
        classifier = LinearSVC(C=self.C, random_state=self.random_state)
        classifier.fit(features, targets, sample_weight=weight[order])
        coef, intercept = classifier.coef_, classifier.intercept_
        if len(classes) == 2:  # scikit-learn then keeps the second class only
            coef, intercept = np.vstack([-coef, coef]), np.concatenate([-intercept, intercept])
        self.restore(
            vectorizer,
            classes=classes,
            starts=starts,
            phrasings=phrasings,
            coef=np.ascontiguousarray(coef.T, np.float32),
            intercept=intercept.astype(np.float32),
            weights=np.asarray(_PRIOR_WEIGHTS),
            index=sp.csr_matrix(features[:, : vectorizer.n_words_]),
        )

    def restore(
        self,
        vectorizer: GramVectorizer,
        *,
        classes: NDArray[np.str_],
        starts: NDArray[np.int64],
        phrasings: list[str],
        coef: Array,
        intercept: Array,
        weights: Array64,
        index: sp.csr_matrix,
    ) -> None:
        """Set all that is learnt, as `fit` does or from a file; the folds are not kept.

        `starts` holds the first row of each class in `phrasings` and in `index`, the word features
        of the phrasings.
        """
        if coef.shape != (vectorizer.n_words_ + len(vectorizer.char_.vocabulary_), len(classes)):
            raise ValueError(f"coefficients of shape {coef.shape} do not fit the features.")
        self.vectorizer_ = vectorizer
        self.classes_ = classes
        self.starts_ = starts
        self.phrasings_ = phrasings
        self.coef_ = coef
        self.intercept_ = intercept
        self.weights_ = weights
        self.index_ = index
        self.held_out_ = ()
        self._phrasings_by_word = index.T.tocsr()
        self._spoken = [" ".join(words(text)) for text in phrasings]
        self.n_features_in_ = 1

    def held_out_scores(
        self, X: Sequence[str], y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> tuple["HeldOut", ...]:
        """Give the scores of each text by a matcher that has not learnt from it, fold by fold.

        A text that stands under two classes is held out under both. Gives nothing when a class
        has fewer texts than there are folds.
        """
        targets = np.asarray(y)
        weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, float)
        if self.folds < 2 or np.unique(targets, return_counts=True)[1].min() < self.folds:
            return ()
        groups = np.unique(np.asarray(X, dtype=object), return_inverse=True)[1]
        splitter = StratifiedGroupKFold(self.folds, shuffle=True, random_state=self.random_state)
        found = []
        for train, test in splitter.split(X, targets, groups):
            part = QuestionMatcher(self.jargon, self.C, 0, self.random_state)
            part.fit([X[i] for i in train], targets[train], weight[train])
            found.append(HeldOut(part, test, part.scores([X[i] for i in test])))
        return tuple(found)

    def _learn_weights(self, held_out: Sequence["HeldOut"], y: NDArray[np.str_]) -> Array64:
        """Learn how much each scorer counts, from texts held out (stacking; Wolpert 1992)."""
        usable = [h for h in held_out if set(y[h.rows]) <= set(h.matcher.classes_)]
        if not usable:
            return np.asarray(_PRIOR_WEIGHTS)
        pairs = [_against_rivals(h.matcher, h.scores, y[h.rows]) for h in usable]
        return _positive_weights(np.concatenate(pairs))


@dataclass(frozen=True)
class HeldOut:
    """Hold one fold: a matcher, the rows it has not learnt from, and its scores for these."""

    matcher: QuestionMatcher
    rows: NDArray[np.int64]
    scores: Scores


@lru_cache(maxsize=512)
def _stems_of(question: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(question))


@lru_cache(maxsize=20_000)
def _words_with_stems(spoken: str) -> tuple[tuple[str, str], ...]:
    """Give the words of a phrasing with their stems; the same few are evidence again and again."""
    return tuple((word, stem(word)) for word in spoken.split())


def _positive_weights(pairs: Array) -> Array64:
    """Fit a logistic regression on pairs; a scorer that would count negatively is left out."""
    weights = np.zeros(pairs.shape[1])
    used = list(range(pairs.shape[1]))
    while used:
        model = LogisticRegression(fit_intercept=False)
        chosen = pairs[:, used]
        model.fit(np.concatenate([chosen, -chosen]), np.repeat([1, 0], len(chosen)))
        if (model.coef_[0] >= 0).all():
            weights[used] = model.coef_[0]
            break
        used.pop(int(np.argmin(model.coef_[0])))
    return weights


def _against_rivals(matcher: QuestionMatcher, scores: Scores, y: NDArray[np.str_]) -> Array:
    """Give the scores of the right class less those of its best rivals, one row a pair."""
    rough = matcher.combine(scores)
    right = np.searchsorted(matcher.classes_, y)
    rows = np.arange(len(y))
    rough[rows, right] = -np.inf
    rivals = np.argsort(-rough, axis=1, kind="stable")[:, :_N_RIVALS]
    stacked = np.stack([scores.linear, scores.nearest, scores.fuzzy], axis=-1)
    pairs = stacked[rows, right][:, None, :] - stacked[rows[:, None], rivals]
    return np.asarray(pairs.reshape(-1, 3))
