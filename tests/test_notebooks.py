"""The notebooks run, define nothing, and show what the shipped corpus gives."""

import ast
from pathlib import Path

import nbformat
import pytest

from corpus import SHIPPED_CORPUS, load_corpus
from tools.notebooks import FOLDER, executed

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_there_are_four_notebooks() -> None:
    names = [path.stem for path in NOTEBOOKS]
    assert names == ["01-corpus", "02-matching", "03-promise", "04-errors"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path) -> None:
    """A cell that raises fails here, with its traceback."""
    notebook = executed(path)

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not [output for output in outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_defines_nothing(path: Path) -> None:
    trees = [ast.parse(cell.source) for cell in cells(path, "code")]
    assert not [n for tree in trees for n in ast.walk(tree) if isinstance(n, DEFINITIONS)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_reads_well_where_it_is_only_shown(path: Path) -> None:
    assert len(cells(path, "markdown")) >= 5
    assert all(cell.execution_count for cell in cells(path, "code"))
    assert path.stat().st_size < 300_000


def test_stored_outputs_are_of_this_corpus() -> None:
    version = load_corpus(SHIPPED_CORPUS).version
    assert version in NOTEBOOKS[0].read_text(encoding="utf-8"), "run: make notebooks"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_question_to_measure_with_is_shown(path: Path) -> None:
    shown = path.read_text(encoding="utf-8")
    for name in ("dev-questions", "dev-natural"):
        rows = (SHIPPED_CORPUS / "evaluation" / name / "queries.tsv").read_text("utf-8")
        texts = [row.split("\t")[1] for row in rows.splitlines()]
        assert [text for text in texts if len(text) > 25 and text in shown] == []
