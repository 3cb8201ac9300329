"""A database that is down, locked, full or damaged: 503 for moderation, answers for attendees."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from assistant import Assistant, ReplyKind
from web import create_app
from web.accounts import has_moderators
from web.config import Settings
from web.db import Database, DatabaseUnavailable, get_database
from web.queue.reading import list_cards
from web.queue.webinars import create_webinar, list_webinars, renew_live_token

MODERATION = "/moderatie/aanmelden"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vraagwijzer.sqlite3"


@pytest.fixture
def app(assistant: Assistant, corpus_folder: Path, path: Path) -> Iterator[Flask]:
    app = create_app(Settings(corpus_folder, data=path.parent), assistant)
    yield app
    with app.app_context():
        get_database().close()


def test_making_the_application_touches_no_database(app: Flask, path: Path) -> None:
    assert app.test_client().get("/").status_code == 200
    assert not path.parent.exists()


def test_chat_answers_while_the_database_is_down(
    app: Flask, path: Path, question_for: object
) -> None:
    path.parent.write_text("this is no folder")
    client = app.test_client()
    question = question_for(ReplyKind.ANSWER)  # type: ignore[operator]
    assert client.post("/", data={"question": question}).status_code == 200
    assert client.post("/api/v1/ask", json={"question": question}).json["kind"] == "answer"
    client.set_cookie("vraagwijzer-sessie", "x")
    down = client.get("/moderatie")
    assert (down.status_code, down.headers["Retry-After"]) == (503, "5")
    path.parent.unlink()
    assert client.get("/moderatie").status_code == 303  # it recovers by itself


def test_a_locked_database_is_unavailable_and_comes_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.db.BUSY_SECONDS", 0.2)
    database = Database(f"sqlite:///{path}")
    database.prepare()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseUnavailable):
        create_webinar(database, "Afval scheiden")
    other.execute("ROLLBACK")
    other.close()
    assert create_webinar(database, "Afval scheiden").id == 1
    database.close()


def test_a_full_database_keeps_what_it_had(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    create_webinar(database, "Afval scheiden")
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    titles = (f"{number} " + "x" * 150 for number in range(1000))
    with pytest.raises(DatabaseUnavailable):
        any(create_webinar(database, title) is None for title in titles)
    assert list_webinars(database)[-1].title == "Afval scheiden"
    database.close()


def test_a_damaged_file_is_unavailable(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is not a database." * 400)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseUnavailable):
        has_moderators(database)
    database.close()


def test_a_server_that_is_not_there_is_unavailable() -> None:
    database = Database("postgresql://niemand@127.0.0.1:1/niets")
    with pytest.raises(DatabaseUnavailable):
        list_webinars(database)


def test_a_bug_is_not_called_a_failure_of_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("INSERT INTO webinars (id) VALUES (1)"))


def test_a_forked_process_opens_its_own_connections(database: Database) -> None:
    create_webinar(database, "Afval scheiden")
    child = os.fork()
    if child == 0:
        os._exit(0 if len(list_webinars(database)) == 1 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert len(list_webinars(database)) == 1


def write_until_killed(url: str, told: int) -> None:
    """Make webinars, and tell each number once it is stored."""
    database = Database(url)
    while True:
        made = create_webinar(database, "Afval scheiden")
        os.write(told, f"{made.id}\n".encode())


def test_killing_a_writer_loses_nothing_that_was_acknowledged(path: Path) -> None:
    """Kill a process in the middle of its writes, 20 times, at another place each time."""
    url = f"sqlite:///{path}"
    Database(url).prepare()
    chance = random.Random(20)  # noqa: S311
    acknowledged: set[int] = set()
    for _ in range(20):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            write_until_killed(url, write)
        os.close(write)
        with os.fdopen(read) as told:
            acknowledged.update(int(told.readline()) for _ in range(chance.randint(1, 30)))
            time.sleep(chance.random() / 100)
            os.kill(child, signal.SIGKILL)
            acknowledged.update(int(line) for line in told if line.endswith("\n"))
        os.waitpid(child, 0)
    database = Database(url)
    assert {webinar.id for webinar in list_webinars(database)} >= acknowledged
    assert len(acknowledged) > 100
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()


KILLS = int(os.environ.get("VRAAGWIJZER_KILLS", "5"))
WRITES_PER_KILL = 50


@contextmanager
def serving(folder: Path, data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give a running server and its port; every process of it is killed at the end."""
    command = [Path(sys.executable).with_name("vraagwijzer"), "serve", "--corpus", folder]
    with subprocess.Popen(
        [*command, "--port", "0", "--workers", "2"],
        env={**os.environ, "VRAAGWIJZER_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it complains, rightly, of each killed worker
        text=True,
        start_new_session=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield server, int(server.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def kill_workers(server: subprocess.Popen[str], times: int, is_done: Event) -> None:
    """Kill a worker at a random moment, again and again, until enough were killed."""
    chance = random.Random(times)  # noqa: S311
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    killed = 0
    while killed < times:
        time.sleep(chance.uniform(0.02, 0.4))
        workers = children.read_text().split()
        if len(workers) == 2:  # the other one answers meanwhile
            os.kill(int(chance.choice(workers)), signal.SIGKILL)
            killed += 1
    is_done.set()


def send(port: int, path: str, token: str, name: str) -> int:
    """Send one message until the server says that it has it; give how often that took."""
    body = json.dumps({"id": name, "text": f"Waar laat ik {name}?"})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for tries in count(1):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        with closing(connection), suppress(OSError, HTTPException):
            connection.request("POST", path, body, headers)
            if connection.getresponse().status == 200:
                return tries
    raise AssertionError


def test_killing_workers_loses_no_message_and_doubles_none(corpus_folder: Path, path: Path) -> None:
    """Kill the server's workers while messages stream in; the sender tries again with its id."""
    database = Database(f"sqlite:///{path}")
    webinar = create_webinar(database, "Afval scheiden")
    token = renew_live_token(database, webinar.id)
    address = f"/api/v1/webinars/{webinar.id}/messages"
    sent: list[str] = []
    tries = 0
    is_done = Event()
    with serving(corpus_folder, path.parent) as (server, port):
        killer = Thread(target=kill_workers, args=(server, KILLS, is_done))
        killer.start()
        while not is_done.is_set() or len(sent) < KILLS * WRITES_PER_KILL:
            name = f"blik{len(sent)}"
            tries += send(port, address, token, name)
            sent.append(name)
        killer.join()
    found = list_cards(database, webinar.id, limit=len(sent) * 2)
    assert sorted(card.question for card in found) == sorted(f"Waar laat ik {n}?" for n in sent)
    assert {card.asked for card in found} == {1}
    assert tries - len(sent) <= KILLS  # at most one failed request a kill: there is one connection
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
