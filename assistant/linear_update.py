"""Update a fitted linear classifier for a few more or fewer texts, without fitting it anew.

The classifier is scikit-learn's LinearSVC: for each class w minimises
    1/2 |w|^2 + C sum_i s_i max(0, 1 - y_i w.x_i)^2
with a constant feature 1 for the intercept (Fan and others 2008, "LIBLINEAR", JMLR 9). At the
minimum w = sum_i a_i y_i x_i with a_i = 2 C s_i max(0, 1 - y_i w.x_i), so what a text contributes
can be read off. A text that is gone is taken out by that; for the new texts, and the known ones
most like them, dual coordinate descent (Hsieh and others 2008, ICML) goes on from there.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array64 = NDArray[np.float64]
Classes = NDArray[np.str_]
_SWEEPS: Final = 4
NEIGHBOURS: Final = 250
"""Known texts, most like those that are new or gone, that may answer the change."""


@dataclass(frozen=True)
class Rows:
    """Hold texts as features, with which class each belongs to and how much it counts."""

    features: sp.csr_matrix
    """With a last column of ones for the intercept."""
    targets: Classes
    weights: Array64

    def __len__(self) -> int:
        return len(self.weights)

    def take(self, rows: NDArray[np.int64]) -> "Rows":
        """Give some of the rows."""
        return Rows(self.features[rows], self.targets[rows], self.weights[rows])

    def signs(self, classes: Classes) -> Array64:
        """Give 1 where the row is of the class and -1 elsewhere: (n_rows, n_classes)."""
        return np.where(self.targets[:, None] == classes[None, :], 1.0, -1.0)


def with_ones(features: sp.csr_matrix) -> sp.csr_matrix:
    """Give features with a last column of ones."""
    return sp.csr_matrix(sp.hstack([features, np.ones((features.shape[0], 1))]))


def contributions(coef: Array64, classes: Classes, rows: Rows, c: float) -> Array64:
    """Give what rows contribute to a fitted classifier: their dual variables, never negative."""
    slack = np.maximum(0, 1 - rows.signs(classes) * (rows.features @ coef))
    return np.asarray(2 * c * rows.weights[:, None] * slack)


def take_out(coef: Array64, classes: Classes, removed: Rows, c: float) -> Array64:
    """Give coefficients (n_features, n_classes) without what the removed rows contributed."""
    alpha = contributions(coef, classes, removed, c)
    return np.asarray(coef - removed.features.T @ (alpha * removed.signs(classes)))


def descend(coef: Array64, classes: Classes, rows: Rows, alpha: Array64, c: float) -> Array64:
    """Give coefficients after some rounds of coordinate descent over rows.

    `alpha` holds what each row contributes to `coef` now: 0 for a new one.
    """
    coef, alpha = coef.copy(), alpha.copy()
    signs = rows.signs(classes)
    squares = np.asarray(rows.features.multiply(rows.features).sum(axis=1)).ravel()
    softness = 1 / (2 * c * rows.weights)
    pointers = rows.features.indptr
    for _ in range(_SWEEPS):
        for row in range(len(rows)):
            part = slice(pointers[row], pointers[row + 1])
            columns, values = rows.features.indices[part], rows.features.data[part]
            slope = 1 - signs[row] * (values @ coef[columns]) - alpha[row] * softness[row]
            step = np.maximum(alpha[row] + slope / (squares[row] + softness[row]), 0) - alpha[row]
            if np.abs(step).max() > 1e-4:
                alpha[row] += step
                coef[columns] += values[:, None] * (step * signs[row])[None, :]
    return coef


def neighbours(changed: Rows, rows: Rows) -> NDArray[np.int64]:
    """Give the rows that are most like any of the changed ones."""
    alike = np.asarray((rows.features @ changed.features.T).max(axis=1).todense()).ravel()
    return np.argsort(-alike, kind="stable")[:NEIGHBOURS].astype(np.int64)
