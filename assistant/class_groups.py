"""Tell what each class of the matcher is, by its id: an entry, a gap, chatter or none of these."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.models import CHATTER_KINDS

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ClassGroups:
    """Hold which classes are what, each of shape (n_classes,)."""

    faq: Mask
    practical: Mask
    gap: Mask
    target: Mask
    """Entries and gaps: all that a question can be matched with."""

    @classmethod
    def of(cls, names: NDArray[np.str_]) -> "ClassGroups":
        """Give the groups of a matcher's classes."""
        return _groups(tuple(names.tolist()))


@lru_cache(maxsize=16)
def _groups(names: tuple[str, ...]) -> ClassGroups:
    other = (*CHATTER_KINDS, "none")
    return ClassGroups(
        faq=np.array([name.startswith("q") for name in names], bool),
        practical=np.array([name.startswith("p") for name in names], bool),
        gap=np.array([name.startswith("g") and name not in other for name in names], bool),
        target=np.array([name not in other for name in names], bool),
    )
