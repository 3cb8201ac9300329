"""The commands of docs/own-faq.md lead from a Word document to a served chat page."""

import re
import shlex
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from running_server import serving

from assistant.cli import main
from corpus import load_corpus

TEXT = (Path(__file__).parents[1] / "docs" / "own-faq.md").read_text("utf-8")
NOT_HERE = ("serve", "moderator")
"""The first is tried below; the second asks for a password, see tests/web/storage."""


def commands() -> list[list[str]]:
    blocks = re.findall(r"^```\n(.*?)^```", TEXT, re.S | re.M)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def word_document(path: Path) -> None:
    made = Document()
    made.add_heading("Afval in Voorbeeldstad", 0)
    made.add_paragraph("Deze antwoorden gelden vanaf januari. Ze komen van de afdeling Afval.")
    made.add_heading("Aan huis", 1)
    made.add_heading("Wanneer komt de wagen langs?", 2)
    made.add_paragraph("Om de week op dinsdag. Zet je container voor half acht buiten.")
    made.add_heading("Als je container stuk is", 2)
    made.add_paragraph("Bel ons. We brengen binnen een week een andere.")
    made.add_heading("Tot slot", 1)
    made.add_paragraph("Nog vragen? Mail naar afval@voorbeeldstad.example.")
    made.save(str(path))


def test_its_commands_work_in_the_order_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    word_document(tmp_path / "afval.docx")
    tried = [command for command in commands() if command[0] not in NOT_HERE]
    assert [command[0] for command in tried][:4] == ["new", "import", "import", "check"]
    for command in tried:
        assert main(command) == 0, (command, capsys.readouterr().err)
    corpus = load_corpus(tmp_path / "mijn-faq")
    assert [e.question for e in corpus.entries if not e.is_practical] == [
        "Wanneer komt de wagen langs?",
        "Als je container stuk is",
    ]
    assert [contact.url for contact in corpus.contacts] == ["mailto:afval@voorbeeldstad.example"]
    said = capsys.readouterr().out
    assert "Deze kop eindigt niet op een vraagteken" in said
    serve = next(command for command in commands() if command[0] == "serve")
    assert serve == ["serve", "--corpus", "mijn-faq"]
    data = tmp_path / "data"
    with serving(tmp_path / "mijn-faq", data) as server, closing(server.connect()) as site:
        site.request("GET", "/vragen")
        page = site.getresponse().read().decode("utf-8")
    assert "Afval in Voorbeeldstad" in page
    assert "Wanneer komt de wagen langs?" in page
