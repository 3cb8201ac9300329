"""Test `vraagwijzer import`, `new` and `corpus export` as an editor uses them."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from corpus import load_corpus, save_corpus

FIRST = """Afval

Wanneer komt de wagen?

De wagen komt om de week langs, en in de zomer elke week. Zet je container voor half acht aan de
straat, met de handgreep naar de weg.

Wat kost een nieuwe container?

Een nieuwe container is gratis als de oude stuk is gegaan.

Milieustraat

Waar is de milieustraat?

De milieustraat ligt aan de Zuidkade, achter het station. Mail naar afval@voorbeeldstad.nl.
"""


def write(folder: Path, text: str, name: str = "faq.txt") -> Path:
    """Write a document."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def run(*words: object) -> int:
    """Run a command line."""
    return main([str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a corpus folder into which the first document was imported."""
    target = tmp_path / "corpus"
    assert run("import", write(tmp_path, FIRST), "--to", target) == 0
    return target


def snapshot(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_new_folder_passes_the_check(folder: Path) -> None:
    corpus = load_corpus(folder)

    assert [(e.id, e.section, e.question) for e in corpus.entries] == [
        ("q01", "Afval", "Wanneer komt de wagen?"),
        ("q02", "Afval", "Wat kost een nieuwe container?"),
        ("q03", "Milieustraat", "Waar is de milieustraat?"),
    ]
    assert run("check", "--corpus", folder) == 0


def test_settings_of_a_new_folder_explain_themselves(folder: Path) -> None:
    text = (folder / "corpus.toml").read_text("utf-8")

    for name in ("title", "subject", "source", "examples", "[promise]", "[[contact]]", "[texts]"):
        before, _, _ = text.partition(f"\n{name}")
        assert before.rsplit("\n", 1)[-1].startswith("# "), name


def test_a_preview_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = write(tmp_path, FIRST)

    assert run("import", document, "--to", tmp_path / "corpus", "--dry-run") == 0

    printed = capsys.readouterr().out
    assert "3 vragen in 2 afdelingen" in printed
    assert "Wat kost een nieuwe container?" in printed
    assert "3 korte antwoorden zijn het begin van het antwoord" in printed
    assert printed.endswith("Er is niets geschreven.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["faq.txt"]


def test_importing_again_changes_no_file(folder: Path, tmp_path: Path) -> None:
    before = snapshot(folder)

    assert run("import", tmp_path / "faq.txt", "--to", folder) == 0

    assert snapshot(folder) == before


def test_what_an_editor_made_is_kept(folder: Path, tmp_path: Path) -> None:
    settings = folder / "corpus.toml"
    settings.write_text(settings.read_text().replace('title = "', '# van mij\ntitle = "Onze '))
    page = next((folder / "entries").glob("q01-*.md"))
    mine = re.sub(r"short_answer: .*", "short_answer: Om de week.", page.read_text())
    page.write_text(mine.replace("phrasings: []", "phrasings:\n- welke dag"))
    (folder / "gaps" / "g01-gat.md").write_text(
        "---\nid: g01\ntitle: Is er werk?\n---\n\nBel ons.\n"
    )
    new = write(tmp_path, FIRST.replace("half acht", "zeven uur"), "nieuw.txt")

    assert run("import", new, "--to", folder) == 0

    corpus = load_corpus(folder)
    entry = corpus.entry_by_id["q01"]
    assert "zeven uur" in entry.answer
    assert (entry.short_answer, entry.phrasings) == ("Om de week.", ("welke dag",))
    assert [gap.title for gap in corpus.gaps] == ["Is er werk?"]
    assert "# van mij\n" in settings.read_text()


def test_a_second_document_shows_what_changes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FIRST.replace("half acht", "zeven uur").replace("Milieustraat\n\nWaar", "Straat\n\nWaar")
    new = write(
        tmp_path, f"{text}\nMag ik asbest brengen?\n\nNee, dat kan hier niet.\n", "nieuw.txt"
    )
    capsys.readouterr()

    assert run("import", new, "--to", folder, "--dry-run") == 0

    printed = capsys.readouterr().out
    assert "gewijzigd  q01  Wanneer komt de wagen?  (anders: antwoord)" in printed
    assert re.search(r"^ +\+.*zeven uur", printed, re.M)
    assert "gelijk     q02" in printed
    assert "gewijzigd  q03  Waar is de milieustraat?  (anders: afdeling; verplaatst)" in printed
    assert "nieuw      Mag ik asbest brengen?" in printed


def test_an_unsure_pair_stops_the_import_unless_it_is_accepted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FIRST.replace("Wat kost een nieuwe container?", "Wat kost een extra container?")
    text = text.replace("is gratis als de oude stuk is gegaan", "kost je veertig euro per jaar")
    new, before = write(tmp_path, text, "nieuw.txt"), snapshot(folder)

    assert run("import", new, "--to", folder) == 1
    error = capsys.readouterr().err
    assert "Wat kost een nieuwe container?" in error
    assert "1 onzekere paren; er is niets geschreven" in error
    assert snapshot(folder) == before

    assert run("import", new, "--to", folder, "--accept") == 0
    entry = load_corpus(folder).entry_by_id["q02"]
    assert entry.question == "Wat kost een extra container?"
    assert entry.phrasings == ("Wat kost een nieuwe container?",)


@pytest.mark.parametrize(
    ("answer", "ids"), [("j\n", ["q01", "q02", "q03"]), ("n\n", ["q01", "q03", "q04"])]
)
def test_an_unsure_pair_is_asked_on_a_terminal(
    answer: str, ids: list[str], folder: Path, tmp_path: Path
) -> None:
    text = FIRST.replace("Wat kost een nieuwe container?", "Wat kost een extra container?")
    text = text.replace("is gratis als de oude stuk is gegaan", "kost je veertig euro per jaar")
    new = write(tmp_path, text, "nieuw.txt")
    program = "import sys; from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", program, "import", str(new), "--to", str(folder)]

    ours, theirs = pty.openpty()
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.write(ours, answer.encode())
        code = process.wait(timeout=120)
    printed = os.read(ours, 20_000).decode()
    os.close(theirs)
    os.close(ours)

    assert code == 0
    assert "Is dit dezelfde vraag? [j/n]" in printed
    assert [entry.id for entry in load_corpus(folder).entries] == ids


def test_a_document_that_would_empty_the_corpus_is_stopped(folder: Path, tmp_path: Path) -> None:
    run("import", write(tmp_path, FIRST + "\nMag dat?\n\nJa, dat mag hier.\n"), "--to", folder)
    other = write(tmp_path, "Waar mag ik parkeren?\n\nOveral.\n\nHoe lang?\n\nKort.\n", "ander.txt")
    before = snapshot(folder)

    assert run("import", other, "--to", folder) == 1
    assert snapshot(folder) == before
    assert run("import", other, "--to", folder, "--accept") == 0
    assert len(load_corpus(folder).entries) == 2


def test_judgments_in_evaluation_follow_what_is_gone(folder: Path, tmp_path: Path) -> None:
    held = folder / "evaluation" / "eigen"
    held.mkdir(parents=True)
    (held / "queries.tsv").write_text("1\tprijs van een bak\n2\twaar is het\n")
    (held / "qrels.tsv").write_text("1\t0\tq02\t2\n2\t0\tq03\t2\n")
    text = FIRST.split("Wat kost")[0] + "Milieustraat\n" + FIRST.split("Milieustraat\n")[1]

    assert run("import", write(tmp_path, text, "nieuw.txt"), "--to", folder) == 0

    assert (held / "queries.tsv").read_text().count("\n") == 2
    assert (held / "qrels.tsv").read_text() == "2\t0\tq03\t2\n"


@pytest.mark.parametrize("content", ["niet van ons", ""])
def test_a_folder_with_something_else_is_left_alone(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "map"
    target.mkdir()
    (target / "brief.txt").write_text(content)

    assert run("import", write(tmp_path, FIRST), "--to", target) == 1

    assert "staat al iets anders" in capsys.readouterr().err
    assert [path.name for path in target.iterdir()] == ["brief.txt"]


def test_a_broken_corpus_is_left_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "corpus.toml").write_text("title = [")
    before = snapshot(folder)

    assert run("import", tmp_path / "faq.txt", "--to", folder) == 1

    assert "los die eerst op" in capsys.readouterr().err
    assert snapshot(folder) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = tmp_path / "dicht"
    locked.mkdir(mode=0o500)

    assert run("import", write(tmp_path, FIRST), "--to", locked / "corpus") == 1
    assert "niet te schrijven" in capsys.readouterr().err


def test_contact_of_the_document_takes_the_place_of_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    assert main(["new", str(folder), "--title", "Afval"]) == 0
    closing = "\n________________\n\nTot slot\n\nVragen? Mail naar afval@voorbeeldstad.nl of bel.\n"
    document = write(tmp_path, FIRST + closing)
    assert main(["import", str(document), "--to", str(folder)]) == 0
    assert [c.url for c in load_corpus(folder).contacts] == ["mailto:afval@voorbeeldstad.nl"]
    settings = (folder / "corpus.toml").read_text("utf-8")
    assert "# Wie mensen kan helpen" in settings
    own = settings.replace('label = "Contact"', 'label = "Het loket"')
    (folder / "corpus.toml").write_text(f"{own}# van mij\n", "utf-8")
    assert main(["import", str(document), "--to", str(folder)]) == 0
    assert (folder / "corpus.toml").read_text("utf-8") == f"{own}# van mij\n"


def test_contact_comes_from_the_document_or_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closing = "\n________________\n\nTot slot\n\nVragen? Mail naar afval@voorbeeldstad.nl of bel.\n"
    run("import", write(tmp_path, FIRST + closing), "--to", tmp_path / "met")
    assert "Vul in corpus.toml" not in capsys.readouterr().out
    assert load_corpus(tmp_path / "met").contacts[0].url == "mailto:afval@voorbeeldstad.nl"

    run("import", write(tmp_path, FIRST), "--to", tmp_path / "zonder")
    assert "Vul in corpus.toml nog in" in capsys.readouterr().out


# vraagwijzer new


def test_a_started_corpus_passes_the_check_and_explains_each_field(tmp_path: Path) -> None:
    target = tmp_path / "nieuw"

    assert run("new", target, "--title", 'Afval in "Stad"') == 0

    assert run("check", "--corpus", target) == 0
    assert load_corpus(target).title == 'Afval in "Stad"'
    for page in (target / "entries" / "q01-voorbeeld.md", target / "gaps" / "g01-voorbeeld.md"):
        lines = page.read_text("utf-8").split("---")[1].strip().split("\n")
        fields = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+:", line)]
        assert all(lines[number - 1].startswith("#") for number in fields)


def test_a_folder_in_use_is_not_started_anew(folder: Path) -> None:
    before = snapshot(folder)

    assert run("new", folder) == 1
    assert snapshot(folder) == before


def test_an_import_replaces_the_examples_of_a_started_corpus(tmp_path: Path) -> None:
    target = tmp_path / "nieuw"
    run("new", target, "--title", "Ons afval")

    assert run("import", write(tmp_path, FIRST), "--to", target) == 0

    corpus = load_corpus(target)
    assert corpus.title == "Ons afval"
    assert corpus.entry_by_id["q01"].question == "Wanneer komt de wagen?"
    assert len(corpus.entries) == 3
    assert corpus.gaps == ()
    assert not list((target / "entries").glob("*voorbeeld*"))


# vraagwijzer corpus export


@pytest.mark.parametrize("suffix", ["json", "xlsx", "csv", "md"])
def test_an_export_comes_back_by_import(suffix: str, folder: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / f"uit.{suffix}", tmp_path / "kopie"

    assert run("corpus", "export", "--corpus", folder, "--to", file) == 0
    assert run("import", file, "--to", copy) == 0

    assert load_corpus(copy).entries == load_corpus(folder).entries


def test_an_unknown_format_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("corpus", "export", "--corpus", folder, "--to", tmp_path / "faq.pdf") == 1
    assert ".json, .xlsx, .csv, .md" in capsys.readouterr().err


def test_an_edit_in_the_exported_document_comes_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "uit.md"
    run("corpus", "export", "--corpus", folder, "--to", file)
    edited = file.read_text("utf-8").replace("half acht", "zeven uur")
    file.write_text(edited.replace("### Wat kost een nieuwe", "### Hoe duur is een nieuwe"))

    assert run("import", file, "--to", folder) == 0

    corpus = load_corpus(folder)
    assert "zeven uur" in corpus.entry_by_id["q01"].answer
    assert corpus.entry_by_id["q02"].question == "Hoe duur is een nieuwe container?"


def test_saving_is_what_loading_gave(folder: Path) -> None:
    corpus = load_corpus(folder)
    save_corpus(corpus, folder)

    assert load_corpus(folder) == corpus
