"""The page on benchmarks says what was measured, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report import COLUMNS, page, picture, table
from benchmarks.systems import PEERS, Wording, best_of

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    results: dict[str, Any] = json.loads((ROOT / "benchmarks/results.json").read_text("utf-8"))
    return results


def test_page_and_picture_are_made_from_the_results(found: dict[str, Any]) -> None:
    assert (ROOT / "docs/benchmarks.md").read_text("utf-8") == page(found)
    assert (ROOT / "docs/benchmarks.svg").read_text("utf-8") == picture(found["rows"])


def test_every_system_was_measured_with_headings_and_with_all_wordings(
    found: dict[str, Any],
) -> None:
    measured = {(row["system"], row["wordings"]) for row in found["rows"]}
    assert {(name, known) for name in PEERS for known in ("headings", "all")} < measured
    assert ("Vraagwijzer", "all") in measured


def test_the_table_changes_with_a_figure(found: dict[str, Any]) -> None:
    first = {**found["rows"][0], "best_acceptable": 0.123456}
    assert table([first, *found["rows"][1:]]) != table(found["rows"])
    assert all(name in first for name, _, _ in COLUMNS)


def test_an_entry_counts_by_its_best_hit() -> None:
    assert best_of([("q02", 3), ("q01", 2), ("q02", 1)]) == [("q02", 3.0), ("q01", 2.0)]


@pytest.mark.parametrize("name", ["SQLite FTS5 unicode61", "SQLite FTS5 trigram"])
@pytest.mark.parametrize("question", ["waar laat ik 'papier'?", '"', "AND OR NOT"])
def test_a_search_takes_any_question(name: str, question: str) -> None:
    ask = PEERS[name]([Wording("q01", "oud papier"), Wording("q02", "mijn bak is vol")])
    assert [entry for entry, _ in ask(question)] in ([], ["q01"])
