"""Keep the texts that moderators send often (`::naam`)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select

from web.db import Database
from web.models import CannedTextRow
from web.queue.cards import NotFound, QueueError
from web.queue.texts import stored_text

MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class CannedText:
    """Hold a text that is sent often, and the name that brings it up."""

    id: int
    name: str
    text: str
    version: int


class CannedTextChanged(Exception):
    """Tell that somebody else changed a text after it was read; holds it as it is now."""

    def __init__(self, theirs: CannedText) -> None:
        super().__init__(theirs.name)
        self.theirs = theirs


def list_canned_texts(database: Database) -> list[CannedText]:
    """Give all texts by name."""
    with database.reading() as session:
        rows = session.scalars(select(CannedTextRow).order_by(CannedTextRow.name))
        return [_canned(row) for row in rows]


def add_canned_text(
    database: Database, name: str, text: str, keep: Collection[str] = ()
) -> CannedText:
    """Make a text; raises QueueError when the name is taken or something is empty."""
    name, text = _checked(name, text, keep)
    with database.writing() as session:
        if session.scalar(select(CannedTextRow.id).where(CannedTextRow.name == name)):
            raise QueueError(f"Er is al een vaste tekst met de naam {name}.")
        row = CannedTextRow(name=name, text=text, version=1)
        session.add(row)
        session.flush()
        return _canned(row)


def change_canned_text(
    database: Database,
    text_id: int,
    version: int,
    name: str,
    text: str,
    keep: Collection[str] = (),
) -> CannedText:
    """Change a text; raises NotFound, QueueError, and CannedTextChanged for an old version."""
    name, text = _checked(name, text, keep)
    with database.writing() as session:
        wanted = select(CannedTextRow).where(CannedTextRow.id == text_id).with_for_update()
        row = session.scalar(wanted)
        if row is None:
            raise NotFound(f"canned text {text_id}")
        if row.version != version:
            raise CannedTextChanged(_canned(row))
        same_name = select(CannedTextRow.id).where(CannedTextRow.name == name)
        if session.scalar(same_name.where(CannedTextRow.id != text_id)):
            raise QueueError(f"Er is al een vaste tekst met de naam {name}.")
        row.name, row.text, row.version = name, text, version + 1
        return _canned(row)


def delete_canned_text(database: Database, text_id: int) -> None:
    """Delete a text; one that is gone already is no error."""
    with database.writing() as session:
        session.execute(delete(CannedTextRow).where(CannedTextRow.id == text_id))


def _checked(name: str, text: str, keep: Collection[str]) -> tuple[str, str]:
    name = "-".join(stored_text(name).lower().split())[:MAX_NAME]
    text = stored_text(text, keep)
    if not name or not text:
        raise QueueError("Geef de vaste tekst een naam en een inhoud.")
    return name, text


def _canned(row: CannedTextRow) -> CannedText:
    return CannedText(row.id, row.name, row.text, row.version)
