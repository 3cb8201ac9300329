"""The tables are brought up and back with what is in them, and are those of the models."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from storage_help import QUESTIONS, Clock, done, messages_of

from web.db import Database, DatabaseUnavailable
from web.migrations import downgrade, upgrade
from web.models import Base
from web.queue import actions
from web.queue.cards import Act, Actor
from web.queue.intake import add_messages
from web.queue.reading import get_card
from web.queue.webinars import create_webinar


def test_the_tables_are_those_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_data_survives_a_step_back_and_forth(empty_url: str, clock: Clock) -> None:
    database = Database(empty_url, clock)
    webinar = create_webinar(database, "Afval scheiden")
    card_id = add_messages(database, webinar.id, messages_of(QUESTIONS)).new_cards[0]
    done(actions.answer(database, Act(card_id, Actor(1, "Anna"), 1), "In de winkel."))
    downgrade(database.engine, "0001")
    assert "answered_for" not in _columns(database, "cards")
    upgrade(database.engine)
    card = get_card(database, card_id)
    assert (card.question, card.answer, card.answered_for) == (QUESTIONS[0], "In de winkel.", 0)
    downgrade(database.engine, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    upgrade(database.engine)
    assert set(inspect(database.engine).get_table_names()) > set(Base.metadata.tables)
    database.close()


def test_tables_of_a_newer_version_are_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    database.prepare()
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = Database(empty_url)
    with pytest.raises(DatabaseUnavailable, match="CommandError"):
        newer.prepare()
    database.close()
    newer.close()


def test_servers_that_start_at_once_take_turns(empty_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    databases = [Database(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Database.prepare, databases))
    assert "cards" in inspect(databases[0].engine).get_table_names()
    for database in databases:
        database.close()


def test_the_file_is_private_and_durable(tmp_path: Path) -> None:
    path = tmp_path / "map" / "vraagwijzer.sqlite3"
    database = Database(f"sqlite:///{path}")
    create_webinar(database, "Afval scheiden")
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    with database.engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert pragmas == ["wal", 2, 1, 1]
    database.close()


def _columns(database: Database, table: str) -> list[str]:
    return [column["name"] for column in inspect(database.engine).get_columns(table)]
