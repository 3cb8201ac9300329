"""Learn a changed corpus at once from a fitted one, to show within seconds what a change does.

Learning in full takes a minute or more. Here the features of all texts are kept at hand; of a
changed corpus only the texts that are new or gone are looked at: the vocabulary grows by their
words, the linear classifier is updated (`assistant.linear_update`), the index of wordings is made
anew. Left as they are: the weights of the n-grams, how much each scorer counts, the calibration
and the thresholds. So this is an estimate. What is published is always learnt in full.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assistant.analysis import Analyzer
from assistant.features import GramVectorizer
from assistant.linear_update import (
    Array64,
    Rows,
    contributions,
    descend,
    neighbours,
    take_out,
    with_ones,
)
from assistant.matcher import QuestionMatcher, Scores
from assistant.text import words
from assistant.training import Lessons, Model
from corpus import Corpus

Line = tuple[str, str, float]
"""A text to learn from, its class and its weight."""
MOST: Final = 400
"""Texts that may be new or gone; with more, learn in full."""


class TooDifferent(ValueError):
    """Tell that a corpus differs too much to be learnt at once."""


@dataclass(frozen=True)
class Ground:
    """Hold a fitted corpus with the features of all that it was learnt from."""

    corpus: Corpus
    model: Model
    lines: tuple[Line, ...]
    features: sp.csr_matrix
    """Of each line, in the order of `model.matcher.phrasings_`."""

    @classmethod
    def of(cls, corpus: Corpus, model: Model, features: sp.csr_matrix | None = None) -> "Ground":
        """Give the ground of a fitted corpus; without its features these are computed now."""
        lines = _lines(corpus)
        matcher = model.matcher
        if [text for text, _, _ in lines] != matcher.phrasings_:
            raise ValueError("The model was not learnt from this corpus.")
        if features is None:
            features = matcher.vectorizer_.transform(matcher.phrasings_)
        if features.shape != (len(lines), matcher.coef_.shape[0]):
            raise ValueError(f"Features of shape {features.shape} do not fit the model.")
        return cls(corpus, model, lines, features)


@dataclass(frozen=True)
class _Learnt:
    """Hold what was learnt from a changed corpus."""

    vectorizer: GramVectorizer
    classes: NDArray[np.str_]
    starts: NDArray[np.int64]
    lines: tuple[Line, ...]
    coef: Array64
    features: sp.csr_matrix


class RefittedMatcher(QuestionMatcher):
    """Match like the matcher that it was made from; questions that were scored already are known.

    `known` maps a question to its row in `ready`.
    """

    known: Mapping[str, int]
    ready: Scores

    def adopt(self, old: QuestionMatcher, learnt: _Learnt, kept: Mapping[int, int]) -> None:
        """Take over what was learnt; what is known of old wordings is not worked out again."""
        self.vectorizer_ = learnt.vectorizer
        self.classes_ = learnt.classes
        self.starts_ = learnt.starts
        self.phrasings_ = [text for text, _, _ in learnt.lines]
        self.coef_ = np.ascontiguousarray(learnt.coef[:-1], np.float32)
        self.intercept_ = learnt.coef[-1].astype(np.float32)
        self.weights_ = old.weights_
        self.index_ = sp.csr_matrix(learnt.features[:, : learnt.vectorizer.n_words_])
        self.held_out_ = ()
        self._phrasings_by_word = self.index_.T.tocsr()
        self._spoken = [
            old._spoken[kept[at]] if at in kept else " ".join(words(text))
            for at, text in enumerate(self.phrasings_)
        ]
        self.n_features_in_ = 1
        self.known = {}

    def scores(self, X: Sequence[str]) -> Scores:
        """Give the scores of every scorer for every class."""
        rows = [self.known.get(text, -1) for text in X]
        if not rows or min(rows) < 0:
            return super().scores(X)
        return self.ready.take(np.asarray(rows, np.int64))

    @property
    def spoken(self) -> Sequence[str]:
        """Give the words of each known wording, as fuzzy matching sees them."""
        return self._spoken


@dataclass(frozen=True)
class Refitted:
    """Hold the model of a changed corpus, and how it differs from the one before."""

    model: Model
    added: tuple[int, ...]
    """Places of the new lines."""
    removed: tuple[int, ...]
    """Places, before, of the lines that are gone."""
    kept: Mapping[int, int]
    """For each other line its place now and before."""
    columns: NDArray[np.int64]
    """For each old feature its column now: the vocabulary may have grown."""
    new_words: frozenset[str]
    """Words that are known now and were not, or the other way around."""


def refit(ground: Ground, corpus: Corpus) -> Refitted:
    """Learn a changed corpus at once; raises TooDifferent when that cannot be done."""
    if corpus.jargon != ground.corpus.jargon:
        raise TooDifferent("The jargon changed.")
    lines = _lines(corpus)
    kept, added, removed = _difference(ground.lines, lines)
    if len(added) + len(removed) > MOST:
        raise TooDifferent(f"{len(added) + len(removed)} texts are new or gone.")
    old = ground.model.matcher
    grown = _grow(old.vectorizer_, [lines[at][0] for at in added], _texts(ground, removed))
    shifted = _moved(ground.features, grown.columns, grown.n_features)
    fresh = grown.vectorizer.transform([lines[at][0] for at in added])
    features = sp.csr_matrix(sp.vstack([shifted, fresh]))[_order(kept, added, len(ground.lines))]
    rows = _rows(lines, features)
    gone = _rows([ground.lines[at] for at in removed], shifted[removed])
    classes, starts = np.unique(rows.targets, return_index=True)
    coef = _learn(old, classes, rows, np.asarray(added, np.int64), gone, grown)
    matcher = RefittedMatcher(jargon=corpus.jargon)
    matcher.adopt(
        old,
        _Learnt(grown.vectorizer, classes, starts, tuple(lines), coef, features),
        kept,
    )
    return Refitted(
        replace(ground.model, matcher=matcher),
        tuple(added),
        tuple(removed),
        kept,
        grown.columns,
        grown.new_words,
    )


@dataclass(frozen=True)
class _Grown:
    """Hold a vectorizer that knows more grams, and where its old columns went."""

    vectorizer: GramVectorizer
    columns: NDArray[np.int64]
    new_words: frozenset[str]

    @property
    def n_features(self) -> int:
        return self.vectorizer.n_words_ + len(self.vectorizer.char_.vocabulary_)


def _lines(corpus: Corpus) -> tuple[Line, ...]:
    """Give what is learnt from, in the order in which the matcher keeps it."""
    lessons = Lessons.from_corpus(corpus)
    order = np.argsort(lessons.targets, kind="stable").tolist()
    return tuple(
        (lessons.texts[at], str(lessons.targets[at]), float(lessons.weights[at])) for at in order
    )


def _difference(
    old: Sequence[Line], new: Sequence[Line]
) -> tuple[dict[int, int], list[int], list[int]]:
    """Give which new line is which old one, the new lines that are added, the old ones gone."""
    places = defaultdict(list)
    for at, line in enumerate(old):
        places[line].append(at)
    kept, added = {}, []
    for at, line in enumerate(new):
        if places.get(line):
            kept[at] = places[line].pop(0)
        else:
            added.append(at)
    return kept, added, sorted(at for left in places.values() for at in left)


def _texts(ground: Ground, rows: Sequence[int]) -> list[str]:
    return [ground.lines[at][0] for at in rows]


def _order(kept: Mapping[int, int], added: Sequence[int], n_old: int) -> NDArray[np.int64]:
    """Give for each new line its row in the old features followed by those of the added."""
    fresh = {at: n_old + number for number, at in enumerate(added)}
    return np.array([kept.get(at, fresh.get(at, 0)) for at in range(len(kept) + len(added))])


def _grow(old: GramVectorizer, added: Sequence[str], removed: Sequence[str]) -> _Grown:
    """Give a vectorizer that knows the words of added texts too, and not those that are gone."""
    counts = Counter(old.analyzer_.vocabulary)
    counts.update(word for text in added for word in words(text))
    counts.subtract(word for text in removed for word in words(text))
    known = {word: count for word, count in counts.items() if count > 0}
    before = old.analyzer_.vocabulary
    changed = frozenset(known.keys() ^ before.keys())
    vectorizer = GramVectorizer(old.jargon, old.char_ngrams, old.char_min_df)
    vectorizer.analyzer_ = Analyzer(known, old.jargon)
    vectorizer.word_ = vectorizer.word_block()
    vectorizer.char_ = vectorizer.char_block()
    n_texts = len(before) and _n_texts(old)
    for name, least in (("word_", 1), ("char_", old.char_min_df)):
        block, was = getattr(vectorizer, name), getattr(old, name)
        grams = block.build_analyzer()
        found = Counter(gram for text in added for gram in set(grams(text)))
        new = sorted(g for g, n in found.items() if n >= least and g not in was.vocabulary_)
        size = len(was.vocabulary_)
        block.vocabulary_ = {**was.vocabulary_, **{g: size + at for at, g in enumerate(new)}}
        block.fixed_vocabulary_ = True
        fresh = [np.log((1 + n_texts) / (1 + found[gram])) + 1 for gram in new]
        block.idf_ = np.concatenate([was.idf_, fresh])
    vectorizer.prepare()
    n_old = old.n_words_ + len(old.char_.vocabulary_)
    columns = np.arange(n_old)
    columns[old.n_words_ :] += vectorizer.n_words_ - old.n_words_
    return _Grown(vectorizer, columns, changed)


def _n_texts(vectorizer: GramVectorizer) -> float:
    """Give how many texts it learnt from, told by the weight of a gram that one of them holds."""
    return float(2 * np.exp(vectorizer.word_.idf_.max() - 1) - 1)


def _moved(features: sp.csr_matrix, columns: NDArray[np.int64], size: int) -> sp.csr_matrix:
    indices = columns[features.indices].astype(features.indices.dtype)
    return sp.csr_matrix((features.data, indices, features.indptr), shape=(features.shape[0], size))


def _rows(lines: Sequence[Line], features: sp.csr_matrix) -> Rows:
    return Rows(
        with_ones(features),
        np.array([target for _, target, _ in lines], dtype=str),
        np.array([weight for _, _, weight in lines], dtype=float),
    )


def _learn(
    old: QuestionMatcher,
    classes: NDArray[np.str_],
    rows: Rows,
    fresh: NDArray[np.int64],
    gone: Rows,
    grown: _Grown,
) -> Array64:
    """Give the coefficients of every class, the intercept last."""
    coef = np.zeros((grown.n_features + 1, len(classes)))
    known = np.isin(classes, old.classes_)
    place = np.searchsorted(old.classes_, classes[known])
    coef[np.ix_(grown.columns, np.flatnonzero(known))] = old.coef_[:, place]
    coef[-1, known] = old.intercept_[place]
    coef[-1, ~known] = -1  # nothing is of a new class until the new texts say so
    if not len(fresh) and not len(gone):
        return coef
    changed = Rows(
        sp.csr_matrix(sp.vstack([rows.features[fresh], gone.features])),
        np.concatenate([rows.targets[fresh], gone.targets]),
        np.concatenate([rows.weights[fresh], gone.weights]),
    )
    near = np.setdiff1d(neighbours(changed, rows), fresh)
    alpha = np.zeros((len(fresh) + len(near), len(classes)))
    alpha[len(fresh) :] = contributions(coef, classes, rows.take(near), old.C)
    if len(gone):
        coef[:, known] = take_out(coef[:, known], classes[known], gone, old.C)
    return descend(coef, classes, rows.take(np.concatenate([fresh, near])), alpha, old.C)
