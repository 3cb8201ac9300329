"""Collect proposed changes of the FAQ into one draft, shared by all editors, until it is published.

Pages that propose a change do this and nothing else:

    shelf = get_shelf()
    corpus = draft(shelf).corpus            # what the editor sees: current version plus the draft
    propose(shelf, current_actor(), [EditEntry.between(entry, edited)])     # one entry
    propose(shelf, current_actor(), [AddPhrasing("q05", "hoe zit het met ...")])
    propose_corpus(shelf, current_actor(), imported, base=corpus)           # a whole new corpus

and then send the editor to the page of the draft (`url_for("editor.draft")`), where proof and
publishing are. Nothing that is proposed is visible to attendees. A call gives a batch: `withdraw`
takes it back. Both raise EditingError, with one Dutch sentence to show, when the change does not
fit or the changed corpus would have problems; then nothing is stored.

`EditEntry.between(old, new)` stores only the fields that differ, so that two editors can work on
one entry; a change of a field that somebody else changed meanwhile is refused. New ids:
`next_id(corpus, "q")` (or "p", "g") from `web.editing.changes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from corpus import Corpus
from corpus.validation import Origin, check_corpus
from web.editing.changes import Change, ReplaceCorpus, from_content, to_content
from web.editing.errors import ChangeError, EditingError
from web.editing.rows import ChangeRow
from web.editing.shelf import Shelf
from web.editing.versions import current, keep_corpus, load_version
from web.queue.cards import Actor

OPEN: Final = "open"
WITHDRAWN: Final = "withdrawn"
PUBLISHED: Final = "published"
CHANGED_MEANWHILE: Final = (
    "De FAQ is gewijzigd sinds je het document inlas. Lees het document opnieuw in."
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Hold one proposed change, with who proposed it; `problem` says why it no longer fits."""

    id: int
    batch: str
    change: Change | None
    by: str
    at: datetime
    problem: str = ""


@dataclass(frozen=True)
class Draft:
    """Hold the current corpus, the proposed changes, and the corpus with those that fit."""

    base: Corpus
    corpus: Corpus
    changes: tuple[Proposed, ...]

    @property
    def fitting(self) -> tuple[Proposed, ...]:
        """Give the changes that fit, in order."""
        return tuple(proposed for proposed in self.changes if not proposed.problem)

    @property
    def is_empty(self) -> bool:
        """Tell whether publishing would change nothing."""
        return self.corpus.version == self.base.version


def draft(shelf: Shelf) -> Draft:
    """Give the draft: every open change on top of the current version."""
    base = load_version(shelf, current(shelf).version)
    with shelf.database.reading() as session:
        rows = _open_rows(session, shelf)
    return _draft(shelf, base, rows)


def propose(shelf: Shelf, actor: Actor, changes: Sequence[Change], batch: str = "") -> str:
    """Add changes to the draft, all or none; give their batch, to take them back by.

    Raises EditingError when one of them does not fit, or gives a corpus with problems.
    """
    batch = batch or token_hex(8)
    base = load_version(shelf, current(shelf).version)
    with shelf.database.writing() as session:
        before = _draft(shelf, base, _open_rows(session, shelf)).corpus
        corpus = before
        for change in changes:
            corpus = _applied(shelf, base, corpus, change)
        check(corpus)
        now = shelf.database.now()
        session.add_all(_row(shelf, actor, change, batch, now) for change in changes)
    return batch


def propose_corpus(shelf: Shelf, actor: Actor, corpus: Corpus, *, base: Corpus) -> str:
    """Propose a whole new corpus, made from `base` (the draft as the editor saw it).

    It takes the place of the changes that are in the draft now, which `base` holds already.
    """
    check(corpus)
    now_current = load_version(shelf, current(shelf).version)
    batch = token_hex(8)
    with shelf.database.writing() as session:
        rows = _open_rows(session, shelf)
        if _draft(shelf, now_current, rows).corpus.version != base.version:
            raise EditingError(CHANGED_MEANWHILE)
        if corpus.version == base.version:
            raise EditingError("Dit document verandert niets aan de FAQ.")
        now = shelf.database.now()
        for row in rows:
            row.state = WITHDRAWN
        change = ReplaceCorpus(keep_corpus(session, corpus, now), now_current.version)
        session.add(_row(shelf, actor, change, batch, now))
    return batch


def withdraw(shelf: Shelf, batch: str) -> int:
    """Take back the changes of a batch that are not published yet; give how many there were."""
    with shelf.database.writing() as session:
        return withdraw_in(session, shelf, batch)


def withdraw_in(session: Session, shelf: Shelf, batch: str) -> int:
    """Do the same as part of something larger."""
    done = session.execute(
        update(ChangeRow)
        .where(ChangeRow.source == shelf.source, ChangeRow.batch == batch, ChangeRow.state == OPEN)
        .values(state=WITHDRAWN)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def mark_published(session: Session, shelf: Shelf, ids: Sequence[int], number: int) -> None:
    """Note that changes are part of a publication now."""
    session.execute(
        update(ChangeRow)
        .where(ChangeRow.source == shelf.source, ChangeRow.id.in_(ids))
        .values(state=PUBLISHED, publication=number)
    )


def check(corpus: Corpus) -> None:
    """Raise EditingError with the first problem, when a corpus has one."""
    names = [*corpus.entry_by_id, *corpus.gap_by_id]
    origins = {name: Origin(Path(name), {}) for name in names}
    for problem in check_corpus(corpus, origins, Path("FAQ")):
        raise EditingError(f"Bij {problem.path}: {problem.message}")


def _draft(shelf: Shelf, base: Corpus, rows: Sequence[ChangeRow]) -> Draft:
    corpus = base
    changes = []
    for row in rows:
        change, problem = None, ""
        try:
            change = from_content(row.kind, row.content)
            corpus = _applied(shelf, base, corpus, change)
        except EditingError as error:
            problem = str(error)
        changes.append(Proposed(row.id, row.batch, change, row.actor_name, row.at, problem))
    return Draft(base, corpus, tuple(changes))


def _applied(shelf: Shelf, base: Corpus, corpus: Corpus, change: Change) -> Corpus:
    if not isinstance(change, ReplaceCorpus):
        return change.apply(corpus)
    if change.base != base.version:
        raise ChangeError(CHANGED_MEANWHILE)
    return load_version(shelf, change.version)


def _open_rows(session: Session, shelf: Shelf) -> Sequence[ChangeRow]:
    return session.scalars(
        select(ChangeRow)
        .where(ChangeRow.source == shelf.source, ChangeRow.state == OPEN)
        .order_by(ChangeRow.id)
    ).all()


def _row(shelf: Shelf, actor: Actor, change: Change, batch: str, now: datetime) -> ChangeRow:
    return ChangeRow(
        source=shelf.source,
        batch=batch,
        kind=change.kind,
        content=to_content(change),
        state=OPEN,
        actor_id=actor.id or None,
        actor_name=actor.name,
        at=now,
    )
