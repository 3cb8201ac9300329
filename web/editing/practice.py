"""Read what was asked: what got no answer, what nearly did, what was said not to help."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, and_, or_, select

from assistant import ReplyKind
from assistant.text import stem, words
from corpus import Corpus
from corpus.validation import fold
from web.editing.rows import AskedRow
from web.editing.shelf import Shelf

MOST: Final = 2000
"""Questions that are looked at; the newest first."""
ALIKE: Final = 80
"""Likeness of words, out of 100, from which two questions stand in one group."""


class Tab(StrEnum):
    """Name a part of what was asked."""

    WITHOUT = "zonder"
    NEARLY = "bijna"
    NO = "nee"
    HANDLED = "gedaan"

    @property
    def label(self) -> str:
        """Give the Dutch name."""
        return {
            "zonder": "Zonder antwoord",
            "bijna": "Bijna",
            "nee": "Nee, dit helpt niet",
            "gedaan": "Gedaan",
        }[self]


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question that someone asked, with the reply that it got."""

    id: int
    text: str
    times: int
    kind: str
    candidates: tuple[tuple[str, float], ...]
    shown: tuple[str, ...]
    gap_id: str
    corpus_version: str
    feedback: str
    picked: str
    judged: str | None
    handled_as: str
    batch: str
    handled_by: str
    at: datetime
    is_from_webinar: bool

    @property
    def reached(self) -> str:
        """Give the entry that it came out at: chosen by a moderator or the asker, else shown."""
        if self.judged is not None:
            return self.judged
        return self.picked or (self.shown[0] if self.kind == ReplyKind.ANSWER else "")


@dataclass(frozen=True, slots=True)
class Group:
    """Hold questions that ask the same; `key` is the id of the first one."""

    questions: tuple[Question, ...]
    gap_id: str = ""
    """The known gap that all of them ask for, if it is one."""

    @property
    def key(self) -> int:
        """Give what names the group on a page."""
        return min(question.id for question in self.questions)

    @property
    def times(self) -> int:
        """Give how often it was asked."""
        return sum(question.times for question in self.questions)

    @property
    def title(self) -> str:
        """Give the wording that is most like all others."""
        return max(self.questions, key=lambda q: (_closeness(q, self.questions), -q.id)).text

    @property
    def wordings(self) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
        """Give each distinct wording with how often it was asked, and by which rows."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(fold(question.text), []).append(question)
        rows = [
            (same[0].text, sum(q.times for q in same), tuple(q.id for q in same))
            for same in found.values()
        ]
        return tuple(sorted(rows, key=lambda row: -row[1]))

    @property
    def guesses(self) -> tuple[tuple[str, float], ...]:
        """Give the entries and gaps that came nearest, best first."""
        best: dict[str, float] = {}
        for question in self.questions:
            for name, probability in question.candidates:
                best[name] = max(best.get(name, 0.0), probability)
        judged = {q.judged: 1.0 for q in self.questions if q.judged}
        ranked = sorted((best | judged).items(), key=lambda pair: -pair[1])
        return tuple(ranked[:5])


def groups(shelf: Shelf, tab: Tab) -> list[Group]:
    """Give the groups of a part, most asked first."""
    found = _grouped(questions(shelf, _condition(tab)))
    return sorted(found, key=lambda group: (-group.times, group.key))


def count_open(shelf: Shelf) -> dict[Tab, int]:
    """Give how many questions wait in each part."""
    return {tab: len(questions(shelf, _condition(tab))) for tab in Tab if tab is not Tab.HANDLED}


def by_entry(shelf: Shelf, corpus: Corpus) -> list[tuple[str, list[Question]]]:
    """Give each entry with the questions that reached it, in the order of the corpus."""
    found: dict[str, list[Question]] = {name: [] for name in corpus.entry_by_id}
    for question in questions(shelf, AskedRow.id > 0):
        if question.reached in found:
            found[question.reached].append(question)
    return list(found.items())


def questions(shelf: Shelf, condition: ColumnElement[bool], most: int = MOST) -> list[Question]:
    """Give the newest questions that meet a condition."""
    with shelf.database.reading() as session:
        rows = session.scalars(
            select(AskedRow)
            .where(AskedRow.source == shelf.source, condition)
            .order_by(AskedRow.id.desc())
            .limit(most)
        )
        return [_question(row) for row in rows]


def questions_by_id(shelf: Shelf, ids: Sequence[int]) -> list[Question]:
    """Give these questions, oldest first; those that are gone are left out."""
    return questions(shelf, AskedRow.id.in_(ids))[::-1]


def _condition(tab: Tab) -> ColumnElement[bool]:
    if tab is Tab.HANDLED:
        return AskedRow.handled_as != ""
    refused = AskedRow.kind.in_((ReplyKind.FALLBACK, ReplyKind.GAP))
    said_no = AskedRow.feedback.in_(("no", "neither"))
    helped = or_(AskedRow.picked != "", AskedRow.feedback == "yes")
    chosen = and_(AskedRow.judged.is_not(None), AskedRow.judged != "")
    condition = {
        Tab.WITHOUT: or_(and_(refused, ~chosen), AskedRow.judged == ""),
        # A choice was offered, or a moderator knew the answer to what was refused.
        Tab.NEARLY: or_(
            and_(AskedRow.kind == ReplyKind.CHOICES, ~helped, ~said_no, AskedRow.judged.is_(None)),
            and_(AskedRow.kind == ReplyKind.CHOICES, AskedRow.picked != ""),
            and_(AskedRow.kind != ReplyKind.ANSWER, chosen),
        ),
        Tab.NO: said_no,
    }[tab]
    return and_(AskedRow.handled_as == "", condition)


def _grouped(found: Iterable[Question]) -> list[Group]:
    """Put together what asks for the same known gap, and what is asked in nearly the same words."""
    by_gap: dict[str, list[Question]] = {}
    texts: list[str] = []
    loose: list[list[Question]] = []
    for question in found:
        if question.kind == ReplyKind.GAP and question.judged is None:
            by_gap.setdefault(question.gap_id, []).append(question)
            continue
        spoken = " ".join(stem(word) for word in words(question.text))
        like = process.extractOne(spoken, texts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        at = like[2] if like else len(texts)
        if like is None:
            texts.append(spoken)
            loose.append([])
        loose[at].append(question)
    return [
        *(Group(tuple(same), gap_id) for gap_id, same in by_gap.items()),
        *(Group(tuple(same)) for same in loose),
    ]


def _closeness(question: Question, others: Sequence[Question]) -> float:
    if len(others) < 3:
        return 0.0
    return sum(o.times * fuzz.token_set_ratio(question.text, o.text) for o in others[:50])


def _question(row: AskedRow) -> Question:
    return Question(
        row.id,
        row.text,
        row.times,
        row.kind,
        tuple((str(name), float(probability)) for name, probability in row.candidates),
        tuple(row.shown),
        row.gap_id,
        row.corpus_version,
        row.feedback,
        row.picked,
        row.judged,
        row.handled_as,
        row.batch,
        row.handled_by,
        row.at,
        row.webinar_id is not None,
    )
