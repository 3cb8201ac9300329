"""Real workers answer by a new version within seconds; commands write it back and replay it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running_server import Server, serving

from assistant import Assistant
from assistant.cli import main
from corpus import Corpus, Gap, load_corpus, save_corpus
from web.db import Database
from web.editing.asked import Recorder
from web.editing.changes import AddGap
from web.editing.drafts import propose
from web.editing.jobs import BUSY, PUBLISHED, get_job
from web.editing.publishing import publish, roll_back
from web.editing.shelf import Shelf, shelf_of
from web.editing.versions import current
from web.queue.cards import MACHINE

WITHIN = 5.0
"""Seconds in which every worker answers by a published version."""
GAP = Gap("g90", "Hoe laat rijdt de bus?", "Kijk bij het busbedrijf.", ("bustijden", "de bus"))


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Give a function that runs a command on the corpus, and gives exit code and output."""
    monkeypatch.setenv("VRAAGWIJZER_DATA", str(data))
    monkeypatch.setenv("VRAAGWIJZER_CORPUS", str(folder))

    def call(*words: str) -> tuple[int, str, str]:
        status = main(words)
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


@pytest.fixture(scope="module")
def folder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small corpus in a folder of its own, as this tool writes it."""
    found = tmp_path_factory.mktemp("faq") / "afval"
    save_corpus(corpus, found)
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def shelf(folder: Path, data: Path) -> Shelf:
    database = Database(f"sqlite:///{data / 'vraagwijzer.sqlite3'}")
    return shelf_of(database, folder, load_corpus(folder))


def answering(server: Server) -> str:
    connection = server.connect()  # a new connection each time: any worker may take it
    connection.request("GET", "/api/v1/health")
    found: str = json.loads(connection.getresponse().read())["corpus_version"]
    connection.close()
    return found


def seconds_until_all(server: Server, version: str) -> float:
    """Give the seconds until the last reply by another version; 30 replies in a row end it."""
    started = last = time.monotonic()
    in_a_row = 0
    while in_a_row < 30 and time.monotonic() - started < 30:
        if answering(server) == version:
            in_a_row += 1
        else:
            in_a_row, last = 0, time.monotonic()
        time.sleep(0.02)
    assert in_a_row == 30
    return last - started


def test_every_worker_follows_and_commands_tell_the_same(
    folder: Path, data: Path, shelf: Shelf, corpus: Corpus
) -> None:
    recorder = Recorder(shelf)
    recorder.keep(Assistant.from_corpus(corpus).reply("hoe laat rijdt de bus vandaag?"))
    recorder.flush()
    propose(shelf, MACHINE, [AddGap(GAP)])
    with serving(folder, data, "--workers", "3") as server:
        assert answering(server) == shelf.start.version
        job_id = publish(shelf, MACHINE, "Bus erbij")
        worker = subprocess.Popen(
            [sys.executable, "-m", "web.editing.worker", str(job_id)],
            env={
                **os.environ,
                "VRAAGWIJZER_DATA": str(data),
                "VRAAGWIJZER_CORPUS": str(folder),
            },
        )
        while get_job(shelf, job_id).state in BUSY and worker.poll() is None:
            time.sleep(0.05)
        assert get_job(shelf, job_id).state == PUBLISHED
        published = current(shelf)
        assert seconds_until_all(server, published.version) < WITHIN
        assert worker.wait(60) == 0
        roll_back(shelf, MACHINE, published.number - 1)
        assert seconds_until_all(server, shelf.start.version) < WITHIN
        roll_back(shelf, MACHINE, published.number)
        assert seconds_until_all(server, published.version) < WITHIN
    with serving(folder, data) as server:  # a restart begins with what was published
        assert answering(server) == published.version


def test_what_was_published_is_written_back_as_a_small_diff(
    folder: Path, shelf: Shelf, run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "terug"
    save_corpus(shelf.start, target)
    before = {path.name: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    options = ("corpus", "export", "--corpus", str(folder), "--to", str(target), "--published")
    assert run(*options)[0] == 0
    assert load_corpus(target).version == current(shelf).version
    after = {path.name: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"g90-laat-rijdt.md"}
    assert run(*options, str(current(shelf).number - 3))[0] == 0
    assert load_corpus(target) == shelf.start
    assert run(*options, "999") == (1, "", "vraagwijzer: versie 999 is er niet.\n")


def test_a_kept_question_is_answered_again_by_any_version(
    folder: Path, shelf: Shelf, run: Run
) -> None:
    line = json.loads(run("replay", "--corpus", str(folder))[1])
    assert line["then"]["version"] == shelf.start.version
    assert (line["now"]["version"], line["now"]["gap"]) == (current(shelf).version, "g90")
    assert line["changed"]
    line = json.loads(run("replay", "1", "--version", shelf.start.version)[1])
    assert line["now"] == line["then"]
    assert run("replay", "--changed", "--version", shelf.start.version) == (0, "", "")
    for words in (("replay", "77"), ("replay", "--version", "0" * 12)):
        status, out, err = run(*words)
        assert (status, out, err.count("\n")) == (1, "", 1)
    with pytest.raises(SystemExit, match="2"):
        run("replay", "x")
