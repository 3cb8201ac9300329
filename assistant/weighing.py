"""Weigh the columns that texts hold by TF-IDF, all texts in one pass."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


def tfidf_rows(
    held: Sequence[NDArray[np.int64]], idf: NDArray[np.float64], n_first: int
) -> sp.csr_matrix:
    """Give sublinear TF-IDF weights of shape (n_texts, n_columns).

    `held` has the columns of each text, one for each time it holds the feature. The first
    `n_first` columns and the others are each brought to length 1 (L2).
    """
    width = len(idf)
    shape = (len(held), width)
    if not any(len(columns) for columns in held):
        return sp.csr_matrix(shape, dtype=np.float32)
    rows = np.repeat(np.arange(len(held)), [len(columns) for columns in held])
    cells, counts = np.unique(rows * width + np.concatenate(held), return_counts=True)
    rows, columns = np.divmod(cells, width)
    weights = (1 + np.log(counts)) * idf[columns]
    block = 2 * rows + (columns >= n_first)
    norm = np.sqrt(np.bincount(block, weights * weights))
    ends = np.searchsorted(cells, np.arange(len(held) + 1) * width)
    values = (weights / norm[block]).astype(np.float32)
    return sp.csr_matrix((values, columns.astype(np.int32), ends.astype(np.int32)), shape=shape)
