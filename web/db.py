"""Open the database: SQLite in a file, or PostgreSQL by URL; nothing happens before first use.

A unit of work is `with database.writing() as session:` or `with database.reading() as session:`.
Whoever writes to SQLite takes the one write lock at the start (BEGIN IMMEDIATE), so that two
writers wait for each other and neither fails half-way.
"""

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from web.migrations import MigrationError, upgrade

BUSY_SECONDS: Final = 5
"""How long a statement waits for another one's lock before it gives up."""
_WRITES: Final = "vraagwijzer_writes"

_KEY: Final = "vraagwijzer.database"

_BUGS: Final = (IntegrityError, DataError, ProgrammingError)

Clock = Callable[[], datetime]


class DatabaseUnavailable(Exception):
    """Tell that the database cannot be used now; pages answer 503 and lose no typed text."""


def utc_now() -> datetime:
    """Give the time, in UTC."""
    return datetime.now(UTC)


class Database:
    """Give sessions on one database, migrated on first use."""

    def __init__(self, url: str, clock: Clock = utc_now) -> None:
        self.url = url
        self.now = clock
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(**{_WRITES: True})
        self._is_ready = False
        self._lock = Lock()
        # A connection must not be used on both sides of a fork: server workers open their own.
        itself = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _after_fork(itself()))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session to read in; changes are not kept."""
        with _as_unavailable():
            self.prepare()
            with Session(self.engine, expire_on_commit=False) as session:
                yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are kept when the block ends well."""
        with _as_unavailable():
            self.prepare()
            with Session(self._writer, expire_on_commit=False) as session, session.begin():
                yield session

    def prepare(self) -> None:
        """Make or update the tables, once; a database that is down is tried again next time."""
        if self._is_ready:
            return
        with self._lock, _as_unavailable():
            if not self._is_ready:
                try:
                    _make_private_file(self.engine)
                except OSError as error:
                    raise DatabaseUnavailable(type(error).__name__) from error
                upgrade(self._writer)
                self._is_ready = True

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def forget_connections(self) -> None:
        """Leave the connections to the process that opened them."""
        self._lock = Lock()
        self.engine.dispose(close=False)


def _after_fork(database: Database | None) -> None:
    if database is not None:
        database.forget_connections()


def set_database(app: Flask, database: Database) -> None:
    """Make a database the one of this application."""
    app.extensions[_KEY] = database


def get_database() -> Database:
    """Give the database of the current application."""
    found: Database = current_app.extensions[_KEY]
    return found


@contextmanager
def _as_unavailable() -> Iterator[None]:
    """Give one name to a database that is down, locked, full or damaged; a bug stays a bug."""
    try:
        yield
    except _BUGS:
        raise
    except (DBAPIError, PoolTimeout, sqlite3.Error, MigrationError) as error:
        raise DatabaseUnavailable(type(error).__name__) from error


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private_file(engine: Engine) -> None:
    """Make SQLite's file before SQLite does, readable for its owner only."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return
    path = Path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged write survives a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # deleted texts are overwritten in the file
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
