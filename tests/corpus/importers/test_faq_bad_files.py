"""Test that a bad file gives one clear sentence, and that nothing is written."""

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from assistant.cli import main
from corpus.importers.faq import DocumentError, read_document
from corpus.importers.faq.formats import MAX_BYTES, parse

QUESTION = "Waar mag ik parkeren?\n\nOveral waar geen bord staat.\n"


def packed(members: dict[str, bytes]) -> bytes:
    """Give a zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pdf(text: str = "", *, key: str = "") -> bytes:
    """Give a PDF of one page with a line of text or only a drawing."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.drawString(100, 700, text)
    canvas.save()
    if not key:
        return stream.getvalue()
    writer = PdfWriter(clone_from=PdfReader(stream))
    writer.encrypt(key, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
BAD = {
    "empty": (b"", "faq.txt", "is leeg"),
    "blank": (b" \n\n\t", "faq.md", "is leeg"),
    "scan": (pdf(), "faq.pdf", "geen tekst, alleen beeld"),
    "locked": (pdf("Waar?", key="geheim"), "faq.pdf", "wachtwoord"),
    "broken pdf": (b"%PDF-1.7\n%%EOF", "faq.pdf", "beschadigd"),
    "cut pdf": (pdf("Waar mag ik parkeren?")[:400], "faq.pdf", "beschadigd"),
    "no question": (b"Vandaag was het mooi weer.\n\nMorgen ook.\n", "faq.txt", "geen vraag"),
    "no question in headings": (b"# Notulen\n\nWe begonnen.\n", "faq.md", "geen vraag"),
    "no question in word": (packed({"word/document.xml": b"<w/>"}), "faq.docx", "Word-document"),
    "bytes": (bytes(range(256)) * 40, "faq.txt", "geen tekst"),
    "odd letters": ("こんにちは世界".encode("shift_jis") * 9, "faq.txt", "codering"),
    "cut utf-16": (b"\xff\xfeW\x00a\x00a", "faq.txt", "codering"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "faq.docx", "afbeelding"),
    "text named docx": (QUESTION.encode(), "faq.docx", "geen (heel) bestand"),
    "text named pdf": (QUESTION.encode(), "faq.pdf", "geen (heel) bestand"),
    "zip": (packed({"a.txt": b"Waar?"}), "faq.docx", "ingepakt"),
    "zip bomb": (packed({"word/document.xml": b"0" * 40_000_000}), "faq.docx", "pakt uit"),
    "entity bomb": (packed({"word/document.xml": ENTITIES}), "faq.docx", "entiteiten"),
    "entity bomb in xlsx": (packed({"xl/workbook.xml": ENTITIES}), "f.xlsx", "entiteiten"),
    "broken zip": (packed({"word/document.xml": b"x" * 999})[:60], "faq.docx", "beschadigd"),
    "old word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "faq.doc", "oude Office"),
    "locked word": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "faq.docx",
        "wachtwoord",
    ),
    "slides": (packed({"ppt/presentation.xml": b"<p/>"}), "faq.pptx", "PowerPoint"),
    "rtf": (b"{\\rtf1 Waar?}", "faq.rtf", "RTF"),
    "broken json": (b'{"vraagwijzer": 1,', "faq.json", "JSON"),
    "deep json": (b"[" * 100_000, "faq.json", "JSON"),
    "other json": (b'{"a": [1, 2]}', "faq.json", "geen vragen"),
    "newer export": (b'{"vraagwijzer": 9, "corpus": {}}', "faq.json", "andere versie"),
    "broken export": (b'{"vraagwijzer": 1, "corpus": {"title": 3}}', "faq.json", "beschadigd"),
    "yaml": (b"nlu: [", "nlu.yml", "YAML"),
    "xml": (b"<?xml version='1.0'?><a>Waar?</a>", "faq.xml", "XML"),
    "only questions": (b"Waar?\n\nWanneer?\n\nHoe?\n", "faq.txt", "geen vraag"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_gives_one_clear_sentence(name: str) -> None:
    raw, file_name, expected = BAD[name]

    with pytest.raises(DocumentError) as caught:
        parse(raw, file_name)

    message = str(caught.value)
    assert expected in message
    assert "\n" not in message
    assert len(message) < 250


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "faq.txt"
    with large.open("wb") as stream:
        stream.truncate(200 * 2**20)

    with pytest.raises(DocumentError, match=f"200 MB; er mag hooguit {MAX_BYTES >> 20} MB in"):
        read_document(large)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path, expected in ((tmp_path / "weg.txt", "bestaat niet"), (tmp_path, "is een map")):
        with pytest.raises(DocumentError, match=expected):
            read_document(path)


def test_deeply_nested_html_is_stopped(tmp_path: Path) -> None:
    page = tmp_path / "faq.html"
    page.write_text("<html><body>" + "<div>" * 50_000 + "<h2>Waar?</h2><p>Hier.</p>")

    with pytest.raises(DocumentError, match=r"te diep|geen vraag"):
        read_document(page)


@pytest.mark.parametrize("name", ["empty", "scan", "zip bomb", "no question", "bytes"])
def test_the_command_writes_nothing_for_a_bad_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, file_name, expected = BAD[name]
    document, folder = tmp_path / file_name, tmp_path / "corpus"
    document.write_bytes(raw)

    code = main(["import", str(document), "--to", str(folder)])

    error = capsys.readouterr().err
    assert code == 1
    assert expected in error
    assert error.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [file_name]
