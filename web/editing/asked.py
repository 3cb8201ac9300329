"""Keep what was asked, redacted, with the reply it got: only where the editor switched that on.

The chat page never waits for it: what is to be kept goes to a thread, and is dropped when the
database is away for long. Questions of webinars, which are kept anyway, come to the same table.
"""

import logging
import os
import re
from collections.abc import Callable
from datetime import timedelta
from queue import Full, Queue
from secrets import token_urlsafe
from threading import Lock, Thread
from typing import Any, Final

from flask import Flask, current_app
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from assistant import Match, Reply, ReplyKind
from web.db import Database, DatabaseUnavailable
from web.editing.rows import AskedRow
from web.editing.shelf import Shelf
from web.queue.texts import stored_text

KEPT: Final = (ReplyKind.ANSWER, ReplyKind.CHOICES, ReplyKind.GAP, ReplyKind.FALLBACK)
"""Replies to questions; greetings and the like are not kept."""
KEY: Final = re.compile(r"[\w-]{16}", re.ASCII)
FEEDBACK: Final = ("yes", "no", "neither")
_MOST_WAITING: Final = 1000
_EXTENSION: Final = "vraagwijzer.asked"

_log = logging.getLogger(__name__)
Write = Callable[[Session], None]


class Recorder:
    """Keep questions and feedback, without making anyone wait."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._waiting: Queue[Write] = Queue(_MOST_WAITING)
        self._process = 0
        self._lock = Lock()

    def keep(self, reply: Reply) -> str:
        """Keep a question with its reply; give the key by which feedback on it comes."""
        if reply.kind not in KEPT:
            return ""
        key = token_urlsafe(12)
        now = self._shelf.database.now()
        row = asked_row(self._shelf.source, reply, key=key, at=now)
        self._put(lambda session: session.add(row))
        return key

    def note(self, key: str, **fields: str) -> None:
        """Note what the asker said of the reply (`feedback`), or which question they chose."""
        if KEY.fullmatch(key):
            change = update(AskedRow).where(AskedRow.key == key).values(**fields)
            self._put(lambda session: _execute(session, change))

    def flush(self) -> None:
        """Wait until everything so far is kept or dropped."""
        self._waiting.join()

    def _put(self, write: Write) -> None:
        self._start()
        try:
            self._waiting.put_nowait(write)
        except Full:
            _log.error("Questions are not kept: too many wait for the database.")

    def _start(self) -> None:
        """Start the thread, in each process of its own: threads do not survive a fork."""
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            write = self._waiting.get()
            try:
                with self._shelf.database.writing() as session:
                    write(session)
            except DatabaseUnavailable:
                _log.error("A question is not kept: the database is away.")
            except Exception as error:  # the next one may be all right
                _log.error("A question is not kept: %s.", type(error).__name__)
            finally:
                self._waiting.task_done()


def asked_row(source: str, reply: Reply, **fields: Any) -> AskedRow:
    """Give a question and its reply as they are stored."""
    return AskedRow(
        source=source,
        text=" ".join(stored_text(reply.question).split()),
        kind=reply.kind.value,
        outcome=reply.outcome.value,
        candidates=[_candidate(match) for match in reply.matches],
        shown=[match.entry_id for match in reply.chosen],
        gap_id=reply.gap_id,
        corpus_version=reply.corpus_version,
        **fields,
    )


def set_recorder(app: Flask, shelf: Shelf, *, days: int) -> None:
    """Let an application keep what is asked for some days; 0 for not at all.

    Templates know the number as `stored_days`, to tell whoever asks.
    """
    app.extensions[_EXTENSION] = Recorder(shelf) if days else None
    app.jinja_env.globals["stored_days"] = days


def get_recorder() -> Recorder | None:
    """Give what keeps questions; None where that is off."""
    found: Recorder | None = current_app.extensions[_EXTENSION]
    return found


def count_old_questions(database: Database, days: int) -> int:
    """Give how many questions `delete_old_questions` would delete now."""
    with database.reading() as session:
        found = select(func.count()).select_from(AskedRow).where(_is_old(database, days))
        return session.scalar(found) or 0


def delete_old_questions(database: Database, days: int) -> int:
    """Delete questions of the chat page that were asked this many days ago; give their number.

    Those of webinars go with their webinar.
    """
    with database.writing() as session:
        done = session.execute(delete(AskedRow).where(_is_old(database, days)))
        return int(done.rowcount)  # type: ignore[attr-defined]


def _is_old(database: Database, days: int) -> ColumnElement[bool]:
    return AskedRow.webinar_id.is_(None) & (AskedRow.at < database.now() - timedelta(days=days))


def _candidate(match: Match) -> list[Any]:
    return [match.entry_id, round(match.probability, 4)]


def _execute(session: Session, statement: Any) -> None:
    session.execute(statement)
