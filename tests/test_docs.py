"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from assistant.cli import build_parser
from assistant.commands.reference import reference
from corpus.labels import SLICE_COLUMNS
from corpus.reading import ENTRY_FIELDS, TEXT_FIELDS, TOML_FIELDS

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_reference_of_commands_is_fresh() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(build_parser()), "run: make docs"


def test_the_readme_stays_under_120_lines() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 120


@pytest.mark.parametrize("field", [*ENTRY_FIELDS, *TOML_FIELDS, *TEXT_FIELDS, *SLICE_COLUMNS])
def test_each_field_of_a_corpus_is_documented(field: str) -> None:
    assert f"`{field}`" in re.sub(
        r"\[\[?(\w+)\]\]?", r"\1", (ROOT / "docs/corpus-format.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_each_make_target_of_the_readme_exists() -> None:
    named = re.findall(
        r"^make (\w+)|`make (\w+)`", (ROOT / "README.md").read_text(encoding="utf-8"), re.M
    )
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert {a or b for a, b in named} <= targets


def test_every_run_time_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    [block] = re.findall(r"^dependencies = \[(.*?)^\]", project, re.S | re.M)
    reasons = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").casefold()
    names = re.findall(r'"([\w-]+)', block)
    assert [name for name in names if name.casefold() not in reasons] == []
