"""Tell who changed what of one entry, and when: read from the versions that were published."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus import Entry
from corpus.serialising import from_plain
from web.editing.rows import ChangeRow, CorpusRow
from web.editing.shelf import Shelf
from web.editing.versions import Publication, history

LONGEST: Final = 50
"""Publications that are looked back at."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """Hold what one publication did to an entry: `before` is None where it came, `after` where it
    went."""

    publication: Publication
    before: Entry | None
    after: Entry | None
    proposed_by: tuple[str, ...]
    """Who proposed it; empty where a whole version was put in place, as roll back does."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the fields that changed."""
        if self.before is None or self.after is None:
            return ()
        pairs = ((f.name, getattr(self.before, f.name)) for f in fields(Entry))
        return tuple(name for name, value in pairs if value != getattr(self.after, name))


def entry_history(shelf: Shelf, entry_id: str) -> tuple[EntryChange, ...]:
    """Give every change of an entry, last first."""
    publications = history(shelf)[: LONGEST + 1]
    with shelf.database.reading() as session:
        return tuple(_changes(session, shelf, entry_id, publications))


def _changes(
    session: Session, shelf: Shelf, entry_id: str, publications: list[Publication]
) -> Iterator[EntryChange]:
    for newer, older in pairwise(publications):
        if newer.version == older.version:
            continue
        after = _entry(session, shelf, newer.version, entry_id)
        before = _entry(session, shelf, older.version, entry_id)
        if after != before:
            by = _proposers(session, shelf, newer.number, entry_id)
            yield EntryChange(newer, before, after, by)


def _entry(session: Session, shelf: Shelf, version: str, entry_id: str) -> Entry | None:
    if version == shelf.start.version:
        return shelf.start.entry_by_id.get(entry_id)
    row = session.get(CorpusRow, version)
    if row is None or hashlib.sha256(row.content).hexdigest() != row.digest:
        return None
    return _entries(row.digest, row.content).get(entry_id)


@lru_cache(maxsize=LONGEST)
def _entries(_digest: str, content: bytes) -> Mapping[str, Entry]:
    """Read only the entries: of a whole FAQ, most is labelled questions."""
    plain: Mapping[str, Any] = json.loads(zlib.decompress(content))
    return {item["id"]: from_plain(Entry, item) for item in plain["entries"]}


def _proposers(session: Session, shelf: Shelf, number: int, entry_id: str) -> tuple[str, ...]:
    rows = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.source == shelf.source, ChangeRow.publication == number)
        .order_by(ChangeRow.id)
    )
    return tuple(dict.fromkeys(row.actor_name for row in rows if _is_about(row, entry_id)))


def _is_about(row: ChangeRow, entry_id: str) -> bool:
    content = row.content
    named = (content.get("entry_id"), content.get("target"), (content.get("entry") or {}).get("id"))
    return entry_id in named or row.kind == "replace_corpus"
