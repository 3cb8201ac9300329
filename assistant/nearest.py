"""Find the nearest phrasing of each class by words, for a handful of questions at once."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Hold how near the phrasings are to some questions."""

    similarity: Array
    """Cosine by words, of shape (n_phrasings, n_questions)."""
    starts: NDArray[np.int64]
    """First phrasing of each class."""

    @classmethod
    def find(
        cls, by_word: sp.csr_matrix, questions: sp.csr_matrix, starts: NDArray[np.int64]
    ) -> "Nearest":
        """Compare questions with phrasings; `by_word` has a row for each word feature, and
        `questions` a column for each of these and then for others.

        Only the words that the questions hold are looked at, each once for all questions: a
        product of two sparse matrices goes through the phrasings of `de` for every question.
        """
        n_questions = questions.shape[0]
        is_word = questions.indices < by_word.shape[0]
        rows = np.repeat(np.arange(n_questions), np.diff(questions.indptr))[is_word]
        used, place = np.unique(questions.indices[is_word], return_inverse=True)
        asked = np.zeros((len(used), n_questions), np.float32)
        asked[place, rows] = questions.data[is_word]
        phrasings = by_word[used].T
        if n_questions > 1:
            phrasings = phrasings.tocsr()  # pays off from two questions on
        return cls(phrasings @ asked, starts)

    def by_class(self) -> Array:
        """Give the cosine with the nearest phrasing, of shape (n_questions, n_classes)."""
        if self.similarity.shape[1] == 1:
            return np.maximum.reduceat(self.similarity[:, 0], self.starts)[None, :]
        # along the first axis, reduceat takes thirty times as long as one class after the other
        ends = np.append(self.starts[1:], len(self.similarity))
        return np.stack(
            [self.similarity[a:b].max(axis=0) for a, b in zip(self.starts, ends, strict=True)],
            axis=1,
        )

    def phrasings(self, classes: NDArray[np.int64]) -> NDArray[np.int32]:
        """Give the nearest phrasing of some classes, both of shape (n_questions, n_chosen)."""
        found = np.zeros(classes.shape, np.int32)
        ends = np.append(self.starts[1:], len(self.similarity))
        rows, places = np.divmod(np.argsort(classes, axis=None, kind="stable"), classes.shape[1])
        chosen = classes[rows, places]
        bounds = np.searchsorted(chosen, np.arange(len(self.starts) + 1))
        for column in np.unique(chosen):
            part = slice(bounds[column], bounds[column + 1])
            start = self.starts[column]
            alike = self.similarity[start : ends[column], rows[part]]
            found[rows[part], places[part]] = start + alike.argmax(axis=0)
        return found
