"""A backup while the database is in use, and a drill that puts it back, between both kinds."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select
from storage_help import Ask

from assistant.cli import main
from web.backup import BackupError, back_up, count_rows, restore
from web.db import Database
from web.models import CardRow, MessageRow, SessionRow
from web.queue.cards import Actor
from web.queue.webinars import Webinar, create_webinar, list_webinars

ROUNDS = int(os.environ.get("VRAAGWIJZER_BACKUPS", "3"))


@pytest.fixture
def other(empty_url: str) -> Iterator[Database]:
    """Give another, empty database, of both kinds in turn."""
    database = Database(empty_url)
    yield database
    database.close()


def questions(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(CardRow.question)))


def test_a_backup_goes_back_into_either_kind(
    database: Database, other: Database, ask: Ask, anna: Actor, tmp_path: Path
) -> None:
    ask()
    with database.writing() as session:  # a reply to a message that came after it
        first, *_, last = session.scalars(select(MessageRow).order_by(MessageRow.id)).all()
        first.reply_to_id = last.id
    file = tmp_path / "kopie.sqlite3"
    counts = back_up(database, file)
    assert restore(other, file).rows == counts.rows == count_rows(database).rows
    assert questions(other) == questions(database)
    with other.reading() as session:
        moved = session.scalars(select(MessageRow).order_by(MessageRow.id)).first()
        assert moved is not None
        assert moved.reply_to_id == last.id
    assert create_webinar(other, "Glas").id > max(w.id for w in list_webinars(database))


def test_a_backup_while_in_use_is_whole(
    database: Database, webinar: Webinar, tmp_path: Path
) -> None:
    """Back up while another thread makes webinars: what was made before is in it, always."""
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            create_webinar(database, "Afval scheiden")

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(ROUNDS):
            create_webinar(database, "Afval scheiden")
            before = len(list_webinars(database))
            file = tmp_path / f"{number}.sqlite3"
            assert back_up(database, file).rows["webinars"] >= before
            with closing(sqlite3.connect(file)) as found:
                assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert file.stat().st_mode & 0o777 == 0o600
    finally:
        stop.set()
        writer.join()
    assert len(list(tmp_path.glob("*.deel*")) + list(tmp_path.glob("*.sqlite3-*"))) <= 2


def test_restoring_replaces_everything_and_ends_sessions(
    database: Database, anna: Actor, tmp_path: Path
) -> None:
    with database.writing() as session:
        row = {"csrf_token": "t", "created_at": database.now(), "seen_at": database.now()}
        session.add(SessionRow(id_hash="a" * 64, moderator_id=anna.id, **row))
    create_webinar(database, "Glas")
    back_up(database, tmp_path / "kopie")
    create_webinar(database, "Papier")
    after = restore(database, tmp_path / "kopie")
    assert [webinar.title for webinar in list_webinars(database)] == ["Glas"]
    assert after.rows["sessions"] == 0


@pytest.mark.parametrize("content", [b"", b"geen database" * 500, None])
def test_what_is_no_backup_is_refused_and_nothing_changes(
    database: Database, webinar: Webinar, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "kopie"
    if content is None:  # a database, but not ours
        with closing(sqlite3.connect(file)) as foreign:
            foreign.execute("CREATE TABLE dingen (id)")
    else:
        file.write_bytes(content)
    with pytest.raises(BackupError, match="geen back-up"):
        restore(database, file)
    assert len(list_webinars(database)) == 1


def test_a_damaged_backup_is_refused(database: Database, webinar: Webinar, tmp_path: Path) -> None:
    file = tmp_path / "kopie"
    back_up(database, file)
    content = bytearray(file.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    file.write_bytes(content)
    with pytest.raises(BackupError):
        restore(database, file)
    assert len(list_webinars(database)) == 1


def test_the_drill_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VRAAGWIJZER_DATA", str(tmp_path / "data"))
    path = tmp_path / "data" / "vraagwijzer.sqlite3"
    database = Database(f"sqlite:///{path}")
    create_webinar(database, "Glas")
    file = str(tmp_path / "kopie")
    assert main(["backup", file]) == 0
    assert main(["restore", file]) == 1  # not empty
    assert "--replace" in capsys.readouterr().err
    path.write_bytes(b"kapot" * 1000)
    for beside in path.parent.glob("*-wal"):
        beside.unlink()
    database.close()
    path.unlink()
    assert main(["restore", file]) == 0
    assert [webinar.title for webinar in list_webinars(Database(f"sqlite:///{path}"))] == ["Glas"]
    assert main(["restore", str(tmp_path / "weg"), "--replace"]) == 1
    assert main(["backup", str(tmp_path / "geen" / "map")]) == 1
    assert capsys.readouterr().err.count("Traceback") == 0
