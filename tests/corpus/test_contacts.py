"""Check how [[contact]] in corpus.toml is read and written."""

import shutil
from pathlib import Path

import pytest

from corpus import SHIPPED_CORPUS, CorpusError, load_corpus
from corpus.files import save_corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "corpus"
    shutil.copytree(SHIPPED_CORPUS, copy, ignore=shutil.ignore_patterns("evaluation"))
    return copy


def replace(folder: Path, old: str, new: str) -> None:
    path = folder / "corpus.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_contact_needs_no_address(folder: Path) -> None:
    contacts = {contact.label: contact for contact in load_corpus(folder).contacts}
    assert contacts["Je leidinggevende"].url == ""
    assert contacts["A&O-fonds Provincies"].url == "https://aenoprovincies.nl/contact/"


def test_contact_without_address_is_written_without_one(folder: Path) -> None:
    save_corpus(load_corpus(folder), folder)
    assert 'url = ""' not in (folder / "corpus.toml").read_text(encoding="utf-8")
    assert load_corpus(folder).contacts == load_corpus(SHIPPED_CORPUS).contacts


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('label = "Je leidinggevende"\n', "", "'label' en 'explanation' nodig"),
        ('url = "https://aenoprovincies.nl/contact/"', 'url = ""', "'url' is leeg"),
        ('url = "https://aenoprovincies.nl/contact/"', "url = 7", "'url' is leeg of geen tekst"),
        ('url = "https://aenoprovincies.nl/contact/"', 'url = "contact"', "geen geldig adres"),
    ],
)
def test_wrong_contact_is_one_problem(folder: Path, old: str, new: str, expected: str) -> None:
    replace(folder, old, new)
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    (problem,) = caught.value.problems
    assert expected in problem.message
    assert problem.path.name == "corpus.toml"
