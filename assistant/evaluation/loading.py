"""Read questions to measure with: TREC columns, or a CSV file of question and entry."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.evaluation.questions import LabelledQuestion, from_labelled_set
from corpus import CorpusError
from corpus.labels import read_labels, read_text
from corpus.models import Judgment, LabelledSet, Query
from corpus.validation import Problem, check_labelled_set

_COLUMNS = ("question", "entry")

_LONGEST_CELL = 131_072
"""Characters of a cell; Python's own default."""


def load_questions(
    queries: Path, qrels: Path | None, ids: frozenset[str]
) -> tuple[LabelledQuestion, ...]:
    """Read one set; raises CorpusError with every problem, unknown entries among them.

    A file that ends in .csv holds its own labels. Beside queries in TREC columns the file
    slices.tsv is read when it is there; `qrels` is qrels.tsv beside them unless given.
    """
    if queries.suffix.lower() == ".csv":
        labelled, problems = _read_csv(queries)
    else:
        labelled, problems = _read_trec(queries, qrels)
    problems += check_labelled_set(labelled, ids, queries.parent)
    if not problems and not labelled.queries:
        problems.append(Problem(queries, 1, "er staat geen enkele vraag in dit bestand."))
    if problems:
        raise CorpusError(problems)
    return from_labelled_set(labelled, set_name(queries))


def set_name(queries: Path) -> str:
    """Give the name of a set: its folder when the file has the usual name, else the file."""
    path = queries.resolve()
    return path.parent.name if path.stem == "queries" else path.stem


def shipped_sets(corpus_folder: Path) -> tuple[Path, ...]:
    """Give the queries of each evaluation set in a corpus folder, in order of name."""
    return tuple(sorted((corpus_folder / "evaluation").glob("*/queries.tsv")))


def _read_trec(queries: Path, qrels: Path | None) -> tuple[LabelledSet, list[Problem]]:
    judged = qrels or queries.with_name("qrels.tsv")
    labelled, found = read_labels(queries, judged, queries.with_name("slices.tsv"))
    problems = list(found)
    if not judged.exists():
        problems.append(Problem(judged, 1, "dit bestand bestaat niet."))
    return labelled, problems


def _read_csv(path: Path) -> tuple[LabelledSet, list[Problem]]:
    problems: list[Problem] = []
    text = read_text(path, problems)
    if text is None:
        return LabelledSet(), problems
    queries: list[Query] = []
    judgments: list[Judgment] = []
    try:
        for number, question, entries in _rows(text):
            query_id = f"{set_name(path)}-{number}"
            queries.append(Query(query_id, question))
            judgments += _judgments(query_id, entries)
    except (ValueError, csv.Error) as error:
        problems.append(Problem(path, 1, str(error)))
    return LabelledSet(tuple(queries), tuple(judgments)), problems


def _rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield number, question and entries of each row; several entries stand apart by blanks."""
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    csv.field_size_limit(_LONGEST_CELL)  # readers of other files may have widened it
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in _COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        raise ValueError(f"de kolom {missing[0]!r} ontbreekt in de eerste regel.")
    for number, row in enumerate(table, 1):
        question = (row["question"] or "").strip()
        if question:
            yield number, question, (row["entry"] or "").split()


def _judgments(query_id: str, entries: Sequence[str]) -> Iterator[Judgment]:
    for place, entry in enumerate(entries):
        yield Judgment(query_id, entry, 1 if place else 2)
