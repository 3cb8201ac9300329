"""Do something with what was asked: each action proposes changes and can be undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Final

from sqlalchemy import select, update

from corpus import Corpus, Entry, Gap
from corpus.validation import fold
from web.editing.changes import AddEntry, AddGap, AddOutOfScope, AddPhrasing, Change, next_id
from web.editing.drafts import PUBLISHED, draft, propose, withdraw_in
from web.editing.errors import EditingError
from web.editing.practice import Question, questions_by_id
from web.editing.rows import AskedRow, ChangeRow
from web.editing.shelf import Shelf
from web.queue.cards import Actor

PHRASING: Final = "phrasing"
ENTRY: Final = "entry"
GAP: Final = "gap"
OUT_OF_SCOPE: Final = "out_of_scope"
IGNORED: Final = "ignored"
NONE_CHOSEN: Final = "Kies eerst een of meer vragen."


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Hold what an editor wrote for a new entry."""

    section: str
    question: str
    short_answer: str
    answer: str
    is_practical: bool = False


def add_phrasings(shelf: Shelf, actor: Actor, ids: Sequence[int], target: str) -> str:
    """Add the wordings of questions to an entry or a gap; give the batch, to undo it by."""
    asked = _chosen(shelf, ids)
    corpus = draft(shelf).corpus
    if target not in corpus.entry_by_id and target not in corpus.gap_by_id:
        raise EditingError("Kies bij welke vraag of welk gat dit hoort.")
    changes = [AddPhrasing(target, text) for text in _new_texts(asked, corpus, target)]
    return _handle(shelf, actor, asked, PHRASING, changes)


def add_entry(shelf: Shelf, actor: Actor, ids: Sequence[int], new: NewEntry) -> str:
    """Make a new entry of questions, with their wordings as its phrasings."""
    asked = _chosen(shelf, ids)
    corpus = draft(shelf).corpus
    for text, what in ((new.question, "vraag"), (new.answer, "antwoord")):
        if not text.strip():
            raise EditingError(f"Vul het veld ‘{what}’ in.")
    name = next_id(corpus, "p" if new.is_practical else "q")
    entry = Entry(
        id=name,
        section=new.section.strip() or corpus.entries[-1].section,
        question=" ".join(new.question.split()),
        short_answer=" ".join((new.short_answer or new.answer).split()),
        answer=new.answer.strip(),
        source="redactie",
        phrasings=tuple(_new_texts(asked, corpus, name, besides=new.question)),
    )
    return _handle(shelf, actor, asked, ENTRY, [AddEntry(entry)])


def add_gap(shelf: Shelf, actor: Actor, ids: Sequence[int], title: str, signpost: str) -> str:
    """Make a new known gap of questions, with a signpost for whoever asks them."""
    asked = _chosen(shelf, ids)
    corpus = draft(shelf).corpus
    for text, what in ((title, "titel"), (signpost, "wegwijzer")):
        if not text.strip():
            raise EditingError(f"Vul het veld ‘{what}’ in.")
    name = next_id(corpus, "g")
    phrasings = tuple(_new_texts(asked, corpus, name, besides=title))
    gap = Gap(name, " ".join(title.split()), signpost.strip(), phrasings)
    return _handle(shelf, actor, asked, GAP, [AddGap(gap)])


def mark_out_of_scope(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> str:
    """Say that questions do not belong here, so that others like them are refused."""
    asked = _chosen(shelf, ids)
    known = {fold(text) for text in draft(shelf).corpus.out_of_scope}
    texts = {fold(q.text): q.text for q in asked if fold(q.text) not in known}
    changes = [AddOutOfScope(text) for text in texts.values()]
    return _handle(shelf, actor, asked, OUT_OF_SCOPE, changes)


def ignore(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> str:
    """Set questions aside; the FAQ stays as it is."""
    return _handle(shelf, actor, _chosen(shelf, ids), IGNORED, [])


def undo(shelf: Shelf, batch: str) -> int:
    """Take back an action: its changes leave the draft, its questions wait again.

    Gives how many of both there were; raises EditingError for what is published already.
    """
    with shelf.database.writing() as session:
        published = session.scalar(
            select(ChangeRow.id)
            .where(
                ChangeRow.source == shelf.source,
                ChangeRow.batch == batch,
                ChangeRow.state == PUBLISHED,
            )
            .limit(1)
        )
        if published is not None:
            raise EditingError("Dit is al gepubliceerd. Zet een eerdere versie terug.")
        changes = withdraw_in(session, shelf, batch)
        questions = session.execute(
            update(AskedRow)
            .where(AskedRow.source == shelf.source, AskedRow.batch == batch, AskedRow.batch != "")
            .values(handled_as="", batch="", handled_by="", handled_at=None)
        )
        return changes + int(questions.rowcount)  # type: ignore[attr-defined]


def _chosen(shelf: Shelf, ids: Sequence[int]) -> list[Question]:
    asked = questions_by_id(shelf, ids)
    if not asked:
        raise EditingError(NONE_CHOSEN)
    if any(question.handled_as for question in asked):
        raise EditingError("Een collega heeft een van deze vragen net al afgehandeld.")
    return asked


def _new_texts(
    asked: Sequence[Question], corpus: Corpus, target: str, besides: str = ""
) -> list[str]:
    """Give each wording once, without those that the target has already."""
    known = {fold(text) for text, owner in corpus.labelled_phrasings() if owner == target}
    known.add(fold(besides))
    texts = {fold(question.text): question.text for question in asked}
    return [text for key, text in texts.items() if key and key not in known]


def _handle(
    shelf: Shelf,
    actor: Actor,
    asked: Sequence[Question],
    kind: str,
    changes: Sequence[Change],
) -> str:
    """Propose the changes, and note that the questions are dealt with."""
    batch = token_hex(8)
    if changes:
        propose(shelf, actor, changes, batch)
    with shelf.database.writing() as session:
        session.execute(
            update(AskedRow)
            .where(AskedRow.id.in_([question.id for question in asked]))
            .values(
                handled_as=kind,
                batch=batch,
                handled_by=actor.name,
                handled_at=shelf.database.now(),
            )
        )
    return batch
