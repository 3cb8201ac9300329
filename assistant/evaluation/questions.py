"""Give the questions of one or more labelled sets, ready to be measured with.

A question is in scope when its judgments name at least one entry of the FAQ (ids with q).
Practical entries (p) are on the webinar or the FAQ itself, gaps (g) are known not to be answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from corpus.models import LabelledSet, Slice

FOREIGN_KINDS: Final = frozenset({"english"})
"""Kinds that are measured apart: being refused is what counts, so they would blur the rest."""


class Reading(StrEnum):
    """Name how labels are read.

    STRICT keeps the questions with clear labels only. LENIENT keeps all of them, and an entry
    listed as near to a question whose label is weak and empty counts as close, not as wrong.
    """

    ALL = "all"
    STRICT = "strict"
    LENIENT = "lenient"


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """Hold one question with what is known of it."""

    id: str
    text: str
    set_name: str = ""
    relevance: Mapping[str, int] = field(default_factory=dict)
    """Entry id to relevance: 2 for the labelled entry, 1 for other acceptable ones."""
    kind: str = ""
    certainty: str = ""
    near: tuple[str, ...] = ()
    gap: str = ""

    def __post_init__(self) -> None:
        # A mapping that cannot change keeps the whole object frozen.
        object.__setattr__(self, "relevance", MappingProxyType(dict(self.relevance)))

    @property
    def acceptable(self) -> frozenset[str]:
        """Give the FAQ entries that would really help."""
        return frozenset(e for e, grade in self.relevance.items() if grade > 0 and is_faq(e))

    @property
    def label(self) -> str:
        """Give the labelled FAQ entry, or an empty text when the question is out of scope."""
        ranked = sorted(self.acceptable, key=lambda entry: (-self.relevance[entry], entry))
        return ranked[0] if ranked else ""

    @property
    def in_scope(self) -> bool:
        """Tell whether the FAQ answers this question."""
        return bool(self.acceptable)

    @property
    def is_foreign(self) -> bool:
        """Tell whether the question is in another language, to be refused."""
        return self.kind in FOREIGN_KINDS

    def tolerated(self, reading: Reading) -> frozenset[str]:
        """Give the entries that are no right answer, yet count as close in this reading."""
        weak_and_empty = self.certainty == "weak" and not self.in_scope
        if reading is Reading.LENIENT and weak_and_empty:
            return frozenset(self.near)
        return frozenset()

    def counts_in(self, reading: Reading) -> bool:
        """Tell whether this question takes part in a reading."""
        return reading is not Reading.STRICT or self.certainty == "clear"


def is_faq(entry_id: str) -> bool:
    """Tell whether an id names an entry of the FAQ (not a practical entry, not a gap)."""
    return entry_id.startswith("q")


def is_practical(entry_id: str) -> bool:
    """Tell whether an id names a practical entry."""
    return entry_id.startswith("p")


def from_labelled_set(labelled: LabelledSet, set_name: str = "") -> tuple[LabelledQuestion, ...]:
    """Give the questions of a labelled set, each joined with its judgments and its slice."""
    grades: dict[str, dict[str, int]] = {}
    for judgment in labelled.judgments:
        grades.setdefault(judgment.query_id, {})[judgment.entry_id] = judgment.relevance
    found = []
    for query in labelled.queries:
        part = labelled.slice_of.get(query.id, Slice(query.id))
        found.append(
            LabelledQuestion(
                query.id,
                query.text,
                set_name,
                grades.get(query.id, {}),
                part.kind,
                part.certainty,
                part.near,
                part.gap,
            )
        )
    return tuple(found)


def join_sets(
    sets: Iterable[Sequence[LabelledQuestion]],
) -> tuple[LabelledQuestion, ...]:
    """Put several sets into one; raises ValueError when there is nothing, or an id twice."""
    joined = tuple(question for questions in sets for question in questions)
    if not joined:
        raise ValueError("Er is geen enkele vraag om mee te meten.")
    seen: set[str] = set()
    for question in joined:
        if question.id in seen:
            raise ValueError(f"Vraag-id {question.id!r} staat er twee keer in.")
        seen.add(question.id)
    return joined
