"""The off switch: one command or click puts the chat page on 503; who and why are kept."""

from pathlib import Path

import pytest
from flask import Flask

from assistant import Assistant
from assistant.cli import main
from web import create_app
from web.config import Settings
from web.switch import FILE, Switch

REASON = "de antwoorden over grofvuil kloppen niet"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VRAAGWIJZER_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def site(assistant: Assistant, corpus_folder: Path, data: Path) -> Flask:
    return create_app(Settings(corpus_folder, data=data), assistant)


def test_the_command_turns_the_chat_page_off_and_on(site: Flask, data: Path) -> None:
    client = site.test_client()
    assert main(["off", REASON]) == 0
    page = client.get("/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "600")
    assert "Vraagwijzer is even uit" in page.text
    assert "Liever een mens?" in page.text
    assert REASON not in page.text  # it is for administrators
    assert main(["on"]) == 0
    assert client.get("/").status_code == 200
    turns = [(turn.is_on, turn.reason, bool(turn.by)) for turn in Switch(data).history()]
    assert turns == [(False, REASON, True), (True, "", True)]


def test_while_off_no_question_is_answered_and_the_typed_text_is_kept(site: Flask) -> None:
    main(["off", REASON])
    client = site.test_client()
    page = client.post("/", data={"question": "waar laat ik batterijen?"})
    assert page.status_code == 503
    assert "waar laat ik batterijen?" in page.text
    asked = client.post("/api/v1/ask", json={"question": "waar laat ik batterijen?"})
    assert (asked.status_code, asked.mimetype) == (503, "application/problem+json")
    for path in ("/vragen", "/contact", "/privacy", "/health", "/ready"):
        assert client.get(path).status_code == 200, path
    assert client.get("/ready").json["switch"] == "off"


def test_off_needs_a_reason(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["off", " "]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (data / FILE).exists()


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bestand").write_text("")
    monkeypatch.setenv("VRAAGWIJZER_DATA", str(tmp_path / "bestand"))
    assert main(["off", REASON]) == 1
    assert "kan niet schrijven" in capsys.readouterr().err


def test_a_damaged_line_leaves_the_one_before_in_force(data: Path) -> None:
    Switch(data).turn(on=False, reason=REASON, by="Ans")
    with (data / FILE).open("ab") as file:
        file.write(b'\n{"on": true, "rea')
    assert not Switch(data).is_on
    Switch(data).turn(on=True, reason="", by="Ans")
    assert Switch(data).is_on
