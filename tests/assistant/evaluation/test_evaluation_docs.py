import argparse
import json
import re
from pathlib import Path

import pytest

from assistant.commands import compare, crossvalidate, evaluate, gate
from assistant.evaluation.baselines import BASELINES
from assistant.evaluation.datasets import LABEL_COLUMNS, TEXT_COLUMNS
from assistant.evaluation.gate import read_baseline
from assistant.evaluation.measures import FOREIGN_MEASURES, MEASURES, ece_at_share, wrong_at_share
from assistant.evaluation.saved import to_json
from assistant.evaluation.wording import MEASURE_WORDING, measure_wording

PAGE = (Path(__file__).parents[3] / "docs" / "evaluation.md").read_text(encoding="utf-8")
ALL_MEASURES = [*MEASURES, *FOREIGN_MEASURES, wrong_at_share(0.6), ece_at_share(0.6)]


@pytest.mark.parametrize("measure", ALL_MEASURES, ids=lambda measure: measure.name)
def test_each_measure_is_explained_to_evaluators_and_to_editors(measure):
    assert re.search(rf"^\|[^|]*{re.escape(measure.name)}[ ,|]", PAGE, re.MULTILINE)
    assert measure_wording(measure.name).meaning


def test_no_measure_is_explained_that_does_not_exist():
    assert set(MEASURE_WORDING) == {m.name for m in ALL_MEASURES[:-2]} | {"shown a wrong answer"}


@pytest.mark.parametrize("command", [evaluate, compare, gate, crossvalidate])
def test_each_option_is_documented(command):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    (name, added), *_ = parser._subparsers._group_actions[0].choices.items()
    options = [text for action in added._actions for text in action.option_strings]

    assert f"vraagwijzer {name}" in PAGE
    assert [o for o in options if o.startswith("--") and o not in PAGE and o != "--help"] == []


def test_baselines_and_columns_are_documented():
    assert all(f"| {baseline.name} |" in PAGE for baseline in BASELINES)
    assert all(f"`{column}`" in PAGE for column in (*TEXT_COLUMNS, *LABEL_COLUMNS))


def test_the_parts_of_the_json_report_are_documented(report):
    assert [part for part in json.loads(to_json(report)) if f"`{part}`" not in PAGE] == []


def test_the_baseline_in_the_docs_can_be_read(tmp_path):
    path = tmp_path / "baseline.json"
    path.write_text(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1], encoding="utf-8")

    names = {measure.name for measure in ALL_MEASURES}
    assert {check.figure for check in read_baseline(path).checks} <= names
