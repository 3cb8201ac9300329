"""Test that any upload gives a chat or one clear sentence, and never more."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.importers.chat import (
    ChatFormat,
    ChatImportError,
    ImportOptions,
    detect_format,
    parse_chat,
    read_chat,
    read_chat_file,
)
from corpus.importers.chat import reading as module

LINE = "10:00:00 From Ria to Everyone:\n\tWaar is de zaal?\n"


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Vraag", "Tijd"])
    book.active.append(["Hoe laat?", "10:00"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _entity_bomb() -> bytes:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with zipfile.ZipFile(io.BytesIO(_workbook())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet[sheet.index("<worksheet") :].replace("Hoe laat?", "&i;")
    assert "&i;" in sheet
    bomb = f"<!DOCTYPE worksheet [{entities}]>{sheet}"
    return _zip(members | {"xl/worksheets/sheet1.xml": bomb.encode()})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg"),
        (b" \n\t\n", "leeg"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "geen tekst"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "geen tekst"),
        (_workbook()[:-200], "beschadigd"),
        (_zip({"x.txt": b"hoi"}), "Excel-bestand is niet te openen"),
        (_zip({"xl/workbook.xml": b"0" * 30_000_000}), "te groot"),
        (_zip({"xl/workbook.xml": b"<kapot"}), "niet te openen"),
        (_entity_bomb(), "niet te openen|geheugen|duurt langer"),
        (b'{"value": [', "beschadigd"),
        (b'{"a":' * 100_000, "JSON"),
        (b"PK\x03\x04" + b"\x00" * 100, "beschadigd"),
    ],
)
def test_bad_upload_gives_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ChatImportError, match=words) as error:
        read_chat(data)
    assert "\n" not in str(error.value)


def test_too_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "groot.txt"
    with path.open("wb") as stream:
        stream.truncate(100 * 2**20)
    with pytest.raises(ChatImportError, match="100 MB; ingelezen wordt hoogstens 64 MB"):
        read_chat_file(path)


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "weg.txt", tmp_path):
        with pytest.raises(ChatImportError, match="niet te lezen"):
            read_chat_file(path)


def test_file_is_read_behind_limits(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(LINE, "utf-8")
    chat = read_chat_file(path)
    assert chat == parse_chat(LINE.encode(), ImportOptions())
    assert chat.summary == "Gelezen als Zoom-chat (opgeslagen): 1 bericht."


def test_slow_parser_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS", 1)
    monkeypatch.setattr(module, "MAX_MEMORY_MB", 160)
    with pytest.raises(ChatImportError, match=r"duurt langer|geheugen"):
        read_chat((LINE * 500_000).encode())


def test_given_format_wins_over_the_content() -> None:
    chat = parse_chat(LINE.encode(), ImportOptions(ChatFormat.PASTED))
    assert chat.format is ChatFormat.PASTED
    assert len(chat.messages) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_format_is_seen_in_each_encoding(encoding: str) -> None:
    text = "Vraag;Ingediend door\r\nIs één genoeg?;Zoë\r\n"
    chat = parse_chat(text.encode(encoding), ImportOptions())
    assert detect_format(text.encode(encoding)).format is ChatFormat.TABLE
    assert [m.text for m in chat.messages] == ["Is één genoeg?"]


@pytest.mark.parametrize("kind", list(ChatFormat))
@settings(max_examples=40, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_in_any_format_give_a_chat_or_a_sentence(kind: ChatFormat, data: bytes) -> None:
    try:
        chat = parse_chat(data, ImportOptions(kind))
    except ChatImportError:
        return
    assert [m.index for m in chat.messages] == list(range(len(chat.messages)))


PIECES = (
    '10:00:00|\t| From |Ria| to |Everyone|:|\n|(Privately)| : |"|Replying to |...|👍|;|,|'
    "Vraag|Tijd|[|]|{|}| AM|@Ria|27-08-2020 11:17 - |[27-08-2020 11:17:05] |by Ria|"
    "Reacted to |with|=1+1"
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES.split("|")), max_size=40))
def test_broken_mixture_of_formats_never_breaks_the_parser(pieces: list[str]) -> None:
    try:
        chat = parse_chat("".join(pieces).encode(), ImportOptions())
    except ChatImportError:
        return
    assert [m.index for m in chat.messages] == list(range(len(chat.messages)))
