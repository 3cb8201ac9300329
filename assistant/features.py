"""Turn questions into TF-IDF features: stems with their pairs, and character n-grams.

`GramVectorizer` learns with scikit-learn's TfidfVectorizer and gives the same numbers; it only
transforms faster, because character n-grams of type char_wb never cross a word and so can be
remembered word by word.
"""

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
from assistant.weighing import tfidf_rows

Columns = NDArray[np.int64]
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
        return tfidf_rows([self._columns(text) for text in X], self._idf, self.n_words_)

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
        self._idf = np.concatenate([self.word_.idf_, self.char_.idf_])
        self._char_grams = self.char_.build_analyzer()
        self._char_columns: dict[str, Columns] = {}

    def _columns(self, text: str) -> Columns:
        chars = [self._columns_of(word) for word in words(text)]
        return np.concatenate([self._word_columns(text), *chars])

    def _word_columns(self, text: str) -> Columns:
        vocabulary = self.word_.vocabulary_
        stems = self.analyzer_.stems(text)
        pairs = (f"{a} {b}" for a, b in pairwise(stems))
        return np.array([vocabulary[g] for g in (*stems, *pairs) if g in vocabulary], np.int64)

    def _columns_of(self, word: str) -> Columns:
        columns = self._char_columns.get(word)
        if columns is None:
            if len(self._char_columns) >= _CACHE_SIZE:
                self._char_columns.clear()
            vocabulary = self.char_.vocabulary_
            grams = self._char_grams(word)
            columns = np.array(
                [vocabulary[g] + self.n_words_ for g in grams if g in vocabulary], np.int64
            )
            self._char_columns[word] = columns
        return columns


def _spaced(text: str) -> str:
    return " ".join(words(text))
