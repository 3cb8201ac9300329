"""Keep every published version of a FAQ: what is current, what was before, and back again.

Versions are named by the content hash of the corpus and never change. A publication says that
from now on a version is the one to answer from; the last publication counts. The files of the
corpus are the first version, until something is published.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from corpus import Corpus
from corpus.serialising import from_plain, to_plain
from web.editing.errors import NoSuchVersion
from web.editing.rows import CorpusRow, PublicationRow
from web.editing.shelf import Shelf
from web.queue.cards import Actor

START: Final = "start"
PUBLISH: Final = "publish"
ROLL_BACK: Final = "roll_back"
_KEPT: Final = 4
"""Corpora kept in memory: reading one takes half a second."""
_LARGEST: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Publication:
    """Hold that a version was published. Number 0 stands for the files, before any other."""

    number: int
    version: str
    kind: str
    note: str
    reason: str
    """Why it was published although it made answers worse."""
    proof: dict[str, Any] | None
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """Hold what is to be published: a version, by whom, and what they say of it."""

    version: str
    kind: str
    actor: Actor
    note: str = ""
    reason: str = ""
    proof: dict[str, Any] | None = None


def current(shelf: Shelf) -> Publication:
    """Give the publication that is answered from."""
    with shelf.database.reading() as session:
        return _current(session, shelf)


def current_corpus(shelf: Shelf) -> Corpus:
    """Give the corpus that is answered from, or will be within seconds."""
    return load_version(shelf, current(shelf).version)


def current_number(shelf: Shelf) -> int:
    """Give the number of the last publication: all that a worker asks, every second."""
    with shelf.database.reading() as session:
        return _last_number(session, shelf)


def publication(shelf: Shelf, number: int) -> Publication:
    """Give one publication; raises NoSuchVersion."""
    with shelf.database.reading() as session:
        row = session.get(PublicationRow, number)
        if row is None or row.source != shelf.source:
            raise NoSuchVersion(f"Versie {number} is er niet.")
        return _publication(row)


def history(shelf: Shelf) -> list[Publication]:
    """Give every publication, last first."""
    with shelf.database.reading() as session:
        rows = session.scalars(
            select(PublicationRow)
            .where(PublicationRow.source == shelf.source)
            .order_by(PublicationRow.number.desc())
        )
        return [_publication(row) for row in rows] or [_files(shelf)]


def load_version(shelf: Shelf, version: str) -> Corpus:
    """Give a corpus by its version; raises NoSuchVersion when it is unknown or damaged."""
    if version == shelf.start.version:
        return shelf.start
    with _lock:
        if version in _corpora:
            return _corpora[version]
    with shelf.database.reading() as session:
        row = session.get(CorpusRow, version)
    if row is None:
        raise NoSuchVersion(f"Versie {version} is er niet.")
    corpus = _unpacked(row)
    with _lock:
        _corpora[version] = corpus
        while len(_corpora) > _KEPT:
            _corpora.pop(next(iter(_corpora)))
    return corpus


def keep_corpus(session: Session, corpus: Corpus, now: datetime) -> str:
    """Store a corpus, unless it is there already; give its version."""
    if session.get(CorpusRow, corpus.version) is None:
        plain = json.dumps(to_plain(corpus), ensure_ascii=False, separators=(",", ":"))
        content = zlib.compress(plain.encode("utf-8", "surrogatepass"), 6)
        digest = hashlib.sha256(content).hexdigest()
        session.add(
            CorpusRow(version=corpus.version, content=content, digest=digest, created_at=now)
        )
        session.flush()
    return corpus.version


def announce(session: Session, shelf: Shelf, said: Announcement, now: datetime) -> int:
    """Make a stored version the current one; give the number of the publication.

    The first time, the files are kept as the version before it, so that one can go back to them.
    """
    if _last_number(session, shelf) == 0:
        keep_corpus(session, shelf.start, now)
        files = PublicationRow(
            source=shelf.source,
            version=shelf.start.version,
            kind=START,
            note="",
            actor_name="",
            at=now,
        )
        session.add(files)
        session.flush()
    row = PublicationRow(
        source=shelf.source,
        version=said.version,
        kind=said.kind,
        note=said.note,
        reason=said.reason,
        proof=said.proof,
        actor_id=said.actor.id or None,
        actor_name=said.actor.name,
        at=now,
    )
    session.add(row)
    session.flush()
    return row.number


_corpora: Final[dict[str, Corpus]] = {}
_lock: Final = Lock()


def _unpacked(row: CorpusRow) -> Corpus:
    """Give the stored corpus; what is damaged in any way is refused."""
    damaged = NoSuchVersion(f"Versie {row.version} is beschadigd.")
    if hashlib.sha256(row.content).hexdigest() != row.digest:
        raise damaged
    try:
        plain = zlib.decompressobj().decompress(row.content, _LARGEST)
        corpus = from_plain(Corpus, json.loads(plain))
    except (zlib.error, ValueError, TypeError, RecursionError):
        raise damaged from None
    if corpus.version != row.version:
        raise damaged
    return corpus


def _current(session: Session, shelf: Shelf) -> Publication:
    row = session.scalar(
        select(PublicationRow)
        .where(PublicationRow.source == shelf.source)
        .order_by(PublicationRow.number.desc())
        .limit(1)
    )
    return _publication(row) if row else _files(shelf)


def _last_number(session: Session, shelf: Shelf) -> int:
    last = select(func.max(PublicationRow.number)).where(PublicationRow.source == shelf.source)
    return session.scalar(last) or 0


def _files(shelf: Shelf) -> Publication:
    return Publication(0, shelf.start.version, START, "", "", None, "", None)


def _publication(row: PublicationRow) -> Publication:
    return Publication(
        row.number,
        row.version,
        row.kind,
        row.note,
        row.reason,
        row.proof,
        row.actor_name,
        row.at,
    )
