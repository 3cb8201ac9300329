"""Turn questions into TF-IDF features: stems with their pairs, and character n-grams.

`GramVectorizer` learns with scikit-learn's TfidfVectorizer and gives the same numbers; it only
transforms faster, because character n-grams of type char_wb never cross a word and so can be
remembered word by word.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from assistant.analysis import Analyzer
from assistant.text import words

Jargon = Sequence[tuple[str, Sequence[str]]]
_CACHE_SIZE = 100_000


class GramVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Give word-stem (1,2)-gram and char_wb n-gram TF-IDF features, each block of length one.

    Parameters
    ----------
    jargon : sequence of (term, variants)
        Words that belong together; see `assistant.analysis.Analyzer`.
    char_ngrams : (int, int)
        Shortest and longest character n-gram.
    char_min_df : int
        Number of texts that must hold a character n-gram.

    Attributes
    ----------
    analyzer_ : Analyzer
    word_, char_ : TfidfVectorizer
        The two fitted blocks: the plain form that `transform` is held to.
    n_words_ : int
        Number of word features; they come first.
    """

    def __init__(
        self, jargon: Jargon = (), char_ngrams: tuple[int, int] = (2, 5), char_min_df: int = 2
    ) -> None:
        self.jargon = jargon
        self.char_ngrams = char_ngrams
        self.char_min_df = char_min_df

    def fit(self, X: Sequence[str], y: object = None) -> "GramVectorizer":
        """Learn vocabulary and document frequencies from texts."""
        self.analyzer_ = Analyzer.from_texts(X, self.jargon)
        self.word_ = self.word_block().fit(X)
        self.char_ = self.char_block().fit(X)
        self.prepare()
        return self

    def transform(self, X: Iterable[str]) -> sp.csr_matrix:
        """Give a sparse matrix of shape (n_texts, n_features), word features first."""
        check_is_fitted(self)
        indices: list[NDArray[np.int32]] = []
        values: list[NDArray[np.float32]] = []
        lengths = [0]
        for text in X:
            columns, weights = self._row(text)
            indices.append(columns)
            values.append(weights)
            lengths.append(lengths[-1] + len(columns))
        return sp.csr_matrix(
            (
                np.concatenate(values) if values else np.empty(0, np.float32),
                np.concatenate(indices) if indices else np.empty(0, np.int32),
                np.asarray(lengths, np.int32),
            ),
            shape=(len(lengths) - 1, len(self._idf)),
        )

    def word_block(self) -> TfidfVectorizer:
        """Give the plain, unfitted vectorizer of stems and pairs of stems."""
        return TfidfVectorizer(
            analyzer="word",
            tokenizer=self.analyzer_.stems,
            token_pattern=None,
            lowercase=False,
            ngram_range=(1, 2),
            sublinear_tf=True,
        )

    def char_block(self) -> TfidfVectorizer:
        """Give the plain, unfitted vectorizer of character n-grams."""
        return TfidfVectorizer(
            analyzer="char_wb",
            preprocessor=_spaced,
            ngram_range=self.char_ngrams,
            sublinear_tf=True,
            min_df=self.char_min_df,
        )

    def prepare(self) -> None:
        """Make ready for `transform` once analyzer_, word_ and char_ are there."""
        self.n_words_ = len(self.word_.vocabulary_)
        self._idf = np.concatenate([self.word_.idf_, self.char_.idf_]).astype(np.float32)
        self._char_grams = self.char_.build_analyzer()
        self._char_columns: dict[str, list[int]] = {}

    def _row(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        word_columns, word_weights = self._weigh(self._word_columns(text))
        char_columns, char_weights = self._weigh(
            [column for word in words(text) for column in self._columns_of(word)]
        )
        return (
            np.concatenate([word_columns, char_columns]),
            np.concatenate([word_weights, char_weights]),
        )

    def _word_columns(self, text: str) -> list[int]:
        vocabulary = self.word_.vocabulary_
        stems = self.analyzer_.stems(text)
        pairs = (f"{a} {b}" for a, b in pairwise(stems))
        return [vocabulary[g] for g in (*stems, *pairs) if g in vocabulary]

    def _columns_of(self, word: str) -> list[int]:
        columns = self._char_columns.get(word)
        if columns is None:
            if len(self._char_columns) >= _CACHE_SIZE:
                self._char_columns.clear()
            vocabulary = self.char_.vocabulary_
            grams = self._char_grams(word)
            columns = [vocabulary[g] + self.n_words_ for g in grams if g in vocabulary]
            self._char_columns[word] = columns
        return columns

    def _weigh(self, columns: list[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give sorted distinct columns and their sublinear TF-IDF weights, of length 1 (L2)."""
        counts = Counter(columns)
        found = np.fromiter(sorted(counts), np.int32, len(counts))
        tf = np.fromiter((counts[c] for c in found.tolist()), np.float32, len(counts))
        weights = (1 + np.log(tf)) * self._idf[found]
        norm = np.sqrt(weights @ weights)
        return found, weights / norm if norm else weights


def _spaced(text: str) -> str:
    return " ".join(words(text))
