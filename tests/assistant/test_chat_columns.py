"""`vraagwijzer chat --column` says which column of a table holds what."""

import json
from pathlib import Path

import pytest

from assistant.cli import main


def run(path: Path, corpus: Path, *options: str) -> int:
    return main(["chat", "--corpus", str(corpus), str(path), *options])


@pytest.mark.parametrize(
    ("table", "options"),
    [
        (
            "Wie;Inbreng;Wanneer\nRia;Waar laat ik lege batterijen?;10:00\n",
            ("--column", "text=inbreng", "--column", "time=3"),
        ),
        (
            "10:00;Waar laat ik lege batterijen?\n10:01;Mag glas bij het papier?\n",
            ("--no-header", "--column", "text=2", "--column", "time=1"),
        ),
    ],
)
def test_columns_are_pointed_out(
    tmp_path: Path,
    corpus_folder: Path,
    capsys: pytest.CaptureFixture[str],
    table: str,
    options: tuple[str, ...],
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(table, "utf-8")
    assert run(path, corpus_folder) == 1
    assert "--column text=2" in capsys.readouterr().err
    assert run(path, corpus_folder, *options) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["text"], first["time"]) == ("Waar laat ik lege batterijen?", "10:00:00")


@pytest.mark.parametrize("choice", ["tekst=1", "text", "text=9", "text=Bestaat niet"])
def test_an_impossible_column_gets_one_clear_sentence(
    tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str], choice: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Wie;Inbreng\nRia;Hoe laat is het?\n", "utf-8")
    assert run(path, corpus_folder, "--column", choice) == 1
    error = capsys.readouterr().err
    assert error.startswith("vraagwijzer: ")
    assert error.count("\n") == 1
