"""`vraagwijzer chat` prints one object for each question in a saved chat."""

import json
from pathlib import Path

import pytest

from assistant.cli import main

CHAT = """\
14:00:03\t From  Sanne Proef : Goedemiddag allemaal!
14:01:10\t From  Joris Test : Waar laat ik lege batterijen? En mag een yoghurtbeker bij het plastic?
14:01:40\t From  Joris Test  to  Sanne Proef(Privately) : dit is alleen voor jou, mag dat?
14:02:00\t From  Fatma Proef : Krijgen we de slides? Mail mij op fatma@voorbeeld.nl
14:03:00\t From  Sanne Proef : dank je wel, mooi verhaal
"""


def found(path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    assert main(["chat", "--corpus", str(corpus), str(path)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


def test_each_question_becomes_an_object_with_its_place_and_matches(
    chat: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = found(chat, corpus_folder, capsys)
    assert [item["message"] for item in items[:2]] == [1, 1]
    assert items[0]["text"] == "Waar laat ik lege batterijen?"
    keys = {"message", "time", "kind", "text", "group", "outcome", "matches"}
    assert all(set(item) == keys for item in items)
    assert items[0]["matches"]


def test_private_messages_names_and_addresses_are_not_in_the_output(
    chat: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(found(chat, corpus_folder, capsys))
    assert "alleen voor jou" not in text
    assert "fatma@" not in text
    assert "Joris" not in text


def test_the_same_words_share_a_group(
    tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(CHAT + "14:05:00\t From  Bo : waar laat ik lege batterijen\n", encoding="utf-8")
    items = found(path, corpus_folder, capsys)
    same = [item["group"] for item in items if "batterijen" in item["text"]]
    assert len(same) == 2
    assert len(set(same)) == 1


def test_a_private_question_is_in_no_group_and_moves_none(
    tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def groups(chat: str) -> list[tuple[str, str]]:
        path = tmp_path / "chat.txt"
        path.write_text(chat, encoding="utf-8")
        return [(item["text"], item["group"]) for item in found(path, corpus_folder, capsys)]

    private = "14:00:01\t From  A  to  B(Privately) : waar moet ik lege batterijen laten\n"
    assert groups(private + CHAT) == groups(CHAT)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 100, b"PK\x03\x04 stuk"])
def test_a_file_that_is_no_chat_gets_one_clear_sentence(
    tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "chat.bin"
    path.write_bytes(content)
    assert main(["chat", "--corpus", str(corpus_folder), str(path)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("vraagwijzer: ")
    assert error.count("\n") == 1
