"""Copy the database to one file while it is in use, and put such a file back.

A backup is a SQLite file, also of a PostgreSQL database: so one file goes back into either kind.
Putting back is one transaction: whoever reads meanwhile sees what was there, or all of the backup.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, Table, bindparam, func, insert, select, text

import web.editing.rows  # noqa: F401 (its tables belong to Base.metadata)
from web.db import Database, DatabaseUnavailable
from web.models import Base, SessionRow, SignInFailureRow

_LEFT_OUT: Final = {SessionRow.__tablename__, SignInFailureRow.__tablename__}
"""Not put back: a session that was ended must stay ended, so everyone signs in again."""
_AT_ONCE: Final = 500


class BackupError(Exception):
    """Tell in one sentence why a file cannot be written or put back."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Hold how many rows each table has."""

    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """Give the number of rows of all tables."""
        return sum(self.rows.values())


def back_up(database: Database, path: Path) -> Counts:
    """Write the whole database to a file, readable for its owner only; give what is in it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _copy_out(database, part)
            counts = _checked(part)
            _make_lasting(part)
            part.replace(path)
        finally:
            for name in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
                name.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(f"{path} is niet te schrijven: {error.strerror}.") from None
    return counts


def restore(database: Database, path: Path) -> Counts:
    """Put a backup in the place of everything in the database; give what is in it now.

    An older backup is brought up to date first; one of a newer version is refused.
    """
    if not path.is_file():
        raise BackupError(f"{path} bestaat niet.")
    with TemporaryDirectory(prefix="vraagwijzer-") as folder:
        copy = Path(folder) / "terug.sqlite3"
        _copy_file(path, copy)
        _checked(copy)
        source = Database(f"sqlite:///{copy}")
        try:
            source.prepare()
            database.prepare()
            with source.engine.connect() as old, database.engine.connect() as new:
                _copy_rows(old, new, clear=True)
        except DatabaseUnavailable as error:
            raise BackupError(f"{path} is niet terug te zetten ({error}).") from None
        finally:
            source.close()
    return count_rows(database)


def count_rows(database: Database) -> Counts:
    """Count the rows of each table."""
    with database.reading() as session:
        tables = Base.metadata.sorted_tables
        return Counts(
            {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in tables
            }
        )


def holds_work(database: Database) -> bool:
    """Tell whether there is something in the database that putting back would replace."""
    return any(count for name, count in count_rows(database).rows.items() if name not in _LEFT_OUT)


def _copy_out(database: Database, part: Path) -> None:
    database.prepare()
    if database.engine.dialect.name == "sqlite":
        raw = database.engine.raw_connection()
        try:
            with closing(sqlite3.connect(part)) as file:
                raw.driver_connection.backup(file, pages=1000)  # type: ignore[union-attr]
                file.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        finally:
            raw.close()
        return
    target = Database(f"sqlite:///{part}")
    try:
        target.prepare()
        alike = database.engine.execution_options(isolation_level="REPEATABLE READ")
        with alike.connect() as old, target.engine.connect() as new:
            _copy_rows(old, new, clear=False)
    finally:
        target.close()
    with closing(sqlite3.connect(part)) as file:
        file.execute("PRAGMA journal_mode=DELETE")


def _copy_file(path: Path, copy: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
    except sqlite3.Error:
        raise BackupError(f"{path} is geen back-up, of is beschadigd.") from None


def _checked(path: Path) -> Counts:
    """Read the whole file and count; a damaged or foreign one is refused."""
    names = [table.name for table in Base.metadata.sorted_tables]
    try:
        with closing(sqlite3.connect(path)) as file:
            verdict = file.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
            count = "SELECT count(*) FROM {}"
            rows = {
                name: file.execute(count.format(name)).fetchone()[0]
                for name in names
                if name in tables
            }
    except sqlite3.Error:
        verdict, tables, rows = "damaged", set(), {}
    if verdict != "ok" or "alembic_version" not in tables or "moderators" not in tables:
        raise BackupError(f"{path.name} is geen back-up, of is beschadigd.")
    return Counts(rows)


def _make_lasting(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _copy_rows(old: Connection, new: Connection, *, clear: bool) -> None:
    """Copy every table in one transaction; with `clear`, in the place of what was there."""
    if new.dialect.name == "sqlite":
        new = new.execution_options(vraagwijzer_writes=True)
    tables = Base.metadata.sorted_tables
    with new.begin():
        if clear:
            for table in reversed(tables):
                new.execute(table.delete())
        for table in tables:
            if not clear or table.name not in _LEFT_OUT:
                _copy_table(table, old, new)
        if new.dialect.name == "postgresql":
            _move_sequences(tables, new)
    with suppress(Exception):
        old.rollback()


def _copy_table(table: Table, old: Connection, new: Connection) -> None:
    to_itself = [c for c in table.columns if any(k.column.table is table for k in c.foreign_keys)]
    for rows in _batches(table, old):
        # A row may point at a later one of its own table: that is filled in afterwards.
        bare = [{**row, **dict.fromkeys(c.name for c in to_itself)} for row in rows]
        new.execute(insert(table), bare if to_itself else rows)
    for column in to_itself:
        _fill_in(table, column, old, new)


def _batches(table: Table, old: Connection) -> Iterator[list[dict[str, Any]]]:
    found = old.execute(select(table).order_by(*table.primary_key.columns))
    while rows := found.fetchmany(_AT_ONCE):
        yield [dict(row._mapping) for row in rows]


def _fill_in(table: Table, column: Column[Any], old: Connection, new: Connection) -> None:
    key = next(iter(table.primary_key.columns))
    found = old.execute(select(key, column).where(column.is_not(None))).all()
    if found:
        change = table.update().where(key == bindparam("_key")).values({column: bindparam("_to")})
        new.execute(change, [{"_key": row[0], "_to": row[1]} for row in found])


def _move_sequences(tables: Sequence[Table], new: Connection) -> None:
    """Let PostgreSQL's numbering go on behind what was put back."""
    for table in tables:
        column = table.autoincrement_column
        if column is None or not isinstance(column.type, Integer):
            continue
        named = {"table": table.name, "column": column.name}
        sequence = new.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
        highest = new.scalar(select(func.max(column)))
        if sequence and highest:
            new.execute(text("SELECT setval(:sequence, :n)"), {"sequence": sequence, "n": highest})
