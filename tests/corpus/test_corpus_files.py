"""A corpus folder is read with every problem reported at once, and reads back as written."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import CorpusError, Query, load_corpus, save_corpus
from corpus.labels import load_labelled_set
from corpus.models import Judgment, LabelledSet, Slice

Change = Callable[[Path], None]


@pytest.fixture
def folder(corpus_folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the small corpus that a test may break."""
    copy = tmp_path / "corpus"
    shutil.copytree(corpus_folder, copy)
    return copy


def first_entry(folder: Path) -> Path:
    return sorted((folder / "entries").glob("q*.md"))[0]


def substitute(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    return [str(problem) for problem in caught.value.problems]


def add_line(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line)


BREAKS: dict[str, tuple[Change, str]] = {
    "unknown key": (
        lambda f: substitute(first_entry(f), "section:", "sectie:"),
        "onbekende sleutel 'sectie'",
    ),
    "missing field": (
        lambda f: substitute(first_entry(f), "section:", "sectie:"),
        "'section' ontbreekt",
    ),
    "wrong id": (lambda f: substitute(first_entry(f), "id: q01", "id: vraag-1"), "geen geldig id"),
    "double id": (lambda f: shutil.copy(first_entry(f), f / "entries/zz.md"), "staat ook in"),
    "empty answer": (
        lambda f: first_entry(f).write_text(
            first_entry(f).read_text(encoding="utf-8").split("\n---\n")[0] + "\n---\n\n",
            encoding="utf-8",
        ),
        "is leeg",
    ),
    "no front matter": (
        lambda f: first_entry(f).write_text("Zomaar tekst."),
        "moet beginnen met velden",
    ),
    "broken yaml": (
        lambda f: substitute(first_entry(f), "section:", "section: [open"),
        "de YAML klopt niet",
    ),
    "number in phrasings": (
        lambda f: substitute(first_entry(f), "phrasings:", "phrasings:\n  - 12"),
        "mogen alleen teksten",
    ),
    "field of another kind": (
        lambda f: substitute(first_entry(f), "section: ", "section: 3 #"),
        "moet tekst zijn",
    ),
    "double field": (
        lambda f: substitute(first_entry(f), "id: q01", "id: q01\nid: q01"),
        "staat er dubbel",
    ),
    "broken toml": (lambda f: add_line(f / "corpus.toml", "\nzomaar\n"), "de TOML klopt niet"),
    "unknown toml key": (
        lambda f: substitute(f / "corpus.toml", "title =", "kleur = 'rood'\ntitle ="),
        "onbekende sleutel 'kleur'",
    ),
    "missing toml key": (
        lambda f: substitute(f / "corpus.toml", "title =", "# title ="),
        "'title' ontbreekt",
    ),
    "promise out of range": (
        lambda f: substitute(f / "corpus.toml", "wrong_among_shown =", "wrong_among_shown = 5 #"),
        "tussen 0 en 1",
    ),
    "missing text": (
        lambda f: substitute(f / "corpus.toml", "greeting =", "# greeting ="),
        "'greeting' ontbreekt",
    ),
    "bad link": (
        lambda f: add_line(first_entry(f), "\nZie [hier](javascript:alert).\n"),
        "geen geldig adres",
    ),
    "space in link": (
        lambda f: add_line(first_entry(f), "\nZie [hier] (https://voorbeeld.nl).\n"),
        "staat een spatie",
    ),
    "not utf-8": (lambda f: first_entry(f).write_bytes(b"---\nid: q\xe9\n---\n"), "geen UTF-8"),
    "chatter of unknown kind": (
        lambda f: add_line(f / "chatter.tsv", "lof\tgoed zo\n"),
        "past niet",
    ),
    "chatter without tab": (lambda f: add_line(f / "chatter.tsv", "goed zo\n"), "kolommen"),
    "judgment of unknown query": (
        lambda f: add_line(f / "calibration/qrels.tsv", "x99\t0\tq01\t2\n"),
        "staat niet in queries",
    ),
    "judgment of unknown entry": (
        lambda f: add_line(f / "calibration/qrels.tsv", "x99\t0\tq99\t2\n"),
        "onbekend id 'q99'",
    ),
    "relevance is no number": (
        lambda f: add_line(f / "calibration/qrels.tsv", "x99\t0\tq01\tja\n"),
        "past niet",
    ),
    "no entries": (lambda f: shutil.rmtree(f / "entries"), "geen enkele vraag"),
    "no corpus.toml": (lambda f: (f / "corpus.toml").unlink(), "niet te lezen"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_problem_is_reported_in_one_sentence(folder: Path, name: str) -> None:
    change, message = BREAKS[name]
    change(folder)
    assert any(message in problem for problem in problems_of(folder))


def test_every_problem_is_reported_at_once_with_file_and_line(folder: Path) -> None:
    substitute(first_entry(folder), "section:", "sectie:")
    add_line(folder / "chatter.tsv", "lof\tgoed zo\n")
    found = problems_of(folder)
    lines = (folder / "chatter.tsv").read_text(encoding="utf-8").count("\n")
    assert any(f"{first_entry(folder)}:3: onbekende sleutel" in problem for problem in found)
    assert any(f"chatter.tsv:{lines}:" in problem for problem in found)


def test_a_phrasing_under_two_entries_is_a_problem_at_its_own_line(folder: Path) -> None:
    first, second = sorted((folder / "entries").glob("q*.md"))[:2]
    corpus = load_corpus(folder)
    substitute(second, "phrasings:", f"phrasings:\n  - {corpus.entries[0].phrasings[0]!r}")
    number = second.read_text(encoding="utf-8").split("\n").index("phrasings:") + 2
    assert any(f"{second}:{number}:" in p and "staat ook bij q01" in p for p in problems_of(folder))
    assert first.exists()


def test_a_missing_folder_says_which_option_to_use(tmp_path: Path) -> None:
    assert "--corpus" in problems_of(tmp_path / "nergens")[0]


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder: Path) -> None:
    path = first_entry(folder)
    expected = load_corpus(folder)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_corpus(folder) == expected


def test_saved_and_loaded_is_the_same(folder: Path, tmp_path: Path) -> None:
    corpus = replace(
        load_corpus(folder),
        jargon=(("ondernemingsraad", ("or", "medezeggenschap")),),
        training=LabelledSet(
            (Query("t1", "mag dat?"), Query("t2", "en nu?")),
            (Judgment("t1", "q01", 2),),
            (Slice("t1", "question", "clear", ("q02",), "", "a1"), Slice("t2", "noise")),
        ),
    )
    save_corpus(corpus, tmp_path / "nieuw")
    assert load_corpus(tmp_path / "nieuw") == corpus
    assert load_corpus(tmp_path / "nieuw").version == corpus.version


def test_saving_keeps_what_else_the_folder_holds(folder: Path) -> None:
    (folder / "evaluation").mkdir(exist_ok=True)
    (folder / "evaluation" / "notes.txt").write_text("bewaar mij")
    corpus = load_corpus(folder)
    save_corpus(replace(corpus, entries=corpus.entries[:3]), folder)
    assert (folder / "evaluation" / "notes.txt").read_text() == "bewaar mij"
    assert not [path for path in folder.parent.iterdir() if path.name.startswith(".")]


def test_saving_fewer_entries_removes_their_files(folder: Path) -> None:
    corpus = load_corpus(folder)
    kept = tuple(replace(e, related=()) for e in corpus.entries[:2])
    save_corpus(
        replace(corpus, entries=kept, calibration=LabelledSet(), training=LabelledSet()), folder
    )
    assert len(list((folder / "entries").glob("*.md"))) == 2


def test_the_version_changes_with_the_content(folder: Path) -> None:
    corpus = load_corpus(folder)
    changed = replace(corpus.entries[0], answer="Anders.")
    assert replace(corpus, entries=(changed, *corpus.entries[1:])).version != corpus.version


def test_the_version_is_the_same_wherever_the_folder_lies(
    folder: Path, corpus_folder: Path
) -> None:
    assert load_corpus(folder).version == load_corpus(corpus_folder).version


def test_a_labelled_set_reports_unknown_ids(folder: Path) -> None:
    with pytest.raises(CorpusError, match="onbekend id"):
        load_labelled_set(folder / "calibration", frozenset({"q999"}))
