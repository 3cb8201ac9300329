from pathlib import Path

import pytest

from assistant.evaluation.loading import load_questions, set_name, shipped_sets
from corpus import SHIPPED_CORPUS, CorpusError

IDS = frozenset({"q01", "q02", "q03"})


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def problems(queries: Path, qrels: Path | None = None) -> str:
    with pytest.raises(CorpusError) as caught:
        load_questions(queries, qrels, IDS)
    return str(caught.value)


def test_trec_files_are_joined_with_the_slices_beside_them(tmp_path):
    queries = write(tmp_path / "queries.tsv", "a\tHoe?\nb\tWie?\n")
    write(tmp_path / "slices.tsv", "query_id\tkind\na\tshort\n")
    qrels = write(tmp_path / "elders.tsv", "a\t0\tq01\t2\na\t0\tq02\t1\n")

    first, second = load_questions(queries, qrels, IDS)

    assert (first.label, first.acceptable, first.kind) == ("q01", {"q01", "q02"}, "short")
    assert not second.in_scope


def test_judgments_are_sought_beside_the_queries(tmp_path):
    queries = write(tmp_path / "queries.tsv", "a\tHoe?\n")
    write(tmp_path / "qrels.tsv", "a\t0\tq01\t2\n")

    assert load_questions(queries, None, IDS)[0].label == "q01"


@pytest.mark.parametrize(
    "text",
    ["question,entry\nHoe dan?,q01 q03\nWie?,\n", "entry;question\nq01 q03;Hoe dan?\n;Wie?\n"],
)
def test_csv_holds_questions_with_their_entries(tmp_path, text):
    first, second = load_questions(write(tmp_path / "eigen.csv", text), None, IDS)

    assert (first.text, first.label, first.acceptable) == ("Hoe dan?", "q01", {"q01", "q03"})
    assert (second.text, second.in_scope, second.set_name) == ("Wie?", False, "eigen")


def test_missing_files_are_named(tmp_path):
    assert "queries.tsv" in problems(tmp_path / "queries.tsv")
    queries = write(tmp_path / "queries.tsv", "a\tHoe?\n")
    assert "qrels.tsv" in problems(queries)


def test_no_question_is_a_problem(tmp_path):
    write(tmp_path / "qrels.tsv", "")

    assert "geen enkele vraag" in problems(write(tmp_path / "queries.tsv", "\n"))
    assert "geen enkele vraag" in problems(write(tmp_path / "leeg.csv", "question,entry\n"))


def test_a_column_that_is_not_there_is_a_problem(tmp_path):
    assert "'entry' ontbreekt" in problems(write(tmp_path / "x.csv", "question,label\nHoe?,q01\n"))


def test_an_entry_that_is_not_in_the_corpus_is_a_problem(tmp_path):
    found = problems(write(tmp_path / "x.csv", "question,entry\nHoe?,q99\n"))

    assert "onbekend id 'q99'" in found


def test_a_quote_that_never_ends_is_no_traceback(tmp_path):
    huge = 'question,entry\n"' + "x" * 200_000 + ",q01\n"

    assert "x.csv:1" in problems(write(tmp_path / "x.csv", huge))


@pytest.mark.parametrize(
    ("path", "name"), [("/a/proef/queries.tsv", "proef"), ("/a/proef/Q.tsv", "Q")]
)
def test_a_set_is_named_by_its_folder_or_its_file(path, name):
    assert set_name(Path(path)) == name


def test_the_sets_that_ship_are_found():
    names = [set_name(path) for path in shipped_sets(SHIPPED_CORPUS)]

    assert names == ["dev-english", "dev-natural", "dev-questions"]
