"""Put together what an import would do, for people: what changes, what is unsure, what is left out.

Pure functions over what `corpus.importers.faq` gives; nothing is read or written here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.importers.faq import Change, Comparison, Difference, Draft, LeftOut, Recognised
from corpus.importers.faq.finishing import MADE_SHORT
from corpus.models import Entry
from web.editor.word_diff import Piece, word_diff

LABELS: Final[Mapping[Change, tuple[str, str]]] = {
    Change.NEW: ("Nieuw", "is-ok"),
    Change.CHANGED: ("Gewijzigd", "is-info"),
    Change.GONE: ("Weg", "is-bad"),
    Change.SAME: ("Gelijk", ""),
    Change.KEPT: ("Blijft", ""),
    Change.OFFERED: ("Niet overgenomen", ""),
}
"""Word and tone of each change, in the order in which they are counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one question of the document, of the FAQ, or of both."""

    change: Change
    label: str
    tone: str
    title: str
    entry: Entry | None
    answer: str
    """The answer as it will be."""
    line: int
    is_moved: bool
    fields: tuple[str, ...]
    question_diff: tuple[Piece, ...] = ()
    answer_diff: tuple[Piece, ...] = ()
    section_before: str = ""
    likeness: int = 100

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing happens to it."""
        return self.change in (Change.SAME, Change.KEPT, Change.OFFERED) and not self.is_moved


@dataclass(frozen=True, slots=True)
class Section:
    """Hold the questions of one section of the document."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Hold what an editor should look at."""

    title: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold all that a page shows before anything is proposed."""

    found: Recognised
    counts: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    gone: tuple[Row, ...]
    unsure: tuple[Row, ...]
    doubts: tuple[Doubt, ...]
    made_short: int
    """How many new questions have the beginning of the answer as their short answer."""
    left_out: tuple[LeftOut, ...]
    loses_most: bool

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the document says what the FAQ says already."""
        return not self.gone and all(r.is_quiet for s in self.sections for r in s.rows)


def preview(found: Recognised, comparison: Comparison) -> Preview:
    """Give the preview of a document against the FAQ that there is."""
    rows = [_row(difference) for difference in comparison.differences]
    known = [row for row in rows if row.change not in (Change.GONE, Change.KEPT)]
    places = [d.draft.section for d in comparison.differences if d.draft is not None]
    return Preview(
        found=found,
        counts=_counts(comparison),
        sections=_sections(places, known),
        gone=tuple(row for row in rows if row.change is Change.GONE),
        unsure=tuple(_row(difference) for difference in comparison.unsure),
        doubts=tuple(_doubts(found)),
        made_short=sum(MADE_SHORT in draft.doubts for draft in _new(comparison)),
        left_out=found.left_out,
        loses_most=comparison.loses_most,
    )


def _new(comparison: Comparison) -> Iterator[Draft]:
    # What the FAQ has already keeps its own short answer.
    return (d.draft for d in comparison.of(Change.NEW) if d.draft is not None)


def _counts(comparison: Comparison) -> tuple[tuple[str, int], ...]:
    counted = [(label, len(comparison.of(change))) for change, (label, _) in LABELS.items()]
    counted.insert(2, ("Verplaatst", len(comparison.moved)))
    return tuple((label, count) for label, count in counted if count)


def _sections(places: Sequence[str], rows: Sequence[Row]) -> tuple[Section, ...]:
    found: dict[str, list[Row]] = {}
    for place, row in zip(places, rows, strict=True):
        found.setdefault(place, []).append(row)
    return tuple(Section(title, tuple(items)) for title, items in found.items())


def _row(difference: Difference) -> Row:
    draft, entry = difference.draft, difference.entry
    label, tone = LABELS[difference.change]
    answer = draft.answer if draft is not None else entry.answer if entry is not None else ""
    row = Row(
        change=difference.change,
        label=label,
        tone=tone,
        title=difference.title,
        entry=entry,
        answer=answer,
        line=draft.line if draft is not None else 0,
        is_moved=difference.moved,
        fields=difference.fields,
        likeness=round(difference.likeness),
    )
    return _with_differences(row, difference)


def _with_differences(row: Row, difference: Difference) -> Row:
    draft, entry = difference.draft, difference.entry
    if draft is None or entry is None:
        return row
    return replace(
        row,
        question_diff=word_diff(entry.question, draft.question) if "vraag" in row.fields else (),
        answer_diff=word_diff(entry.answer, draft.answer) if "antwoord" in row.fields else (),
        section_before=entry.section if draft.section != entry.section else "",
    )


def _doubts(found: Recognised) -> Sequence[Doubt]:
    return [
        Doubt(draft.question, draft.line, doubt)
        for draft in found.drafts
        for doubt in draft.doubts
        if doubt != MADE_SHORT
    ]
