"""Give a report as one self-contained page in Dutch: no script, no request, readable in print."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.evaluation import wording
from assistant.evaluation.curves import ReliabilityBin, reliability, risk_coverage_curve
from assistant.evaluation.drawing import (
    LEARNING_MEASURES,
    Chart,
    learning_chart,
    reliability_chart,
    risk_coverage_chart,
    set_samples,
)
from assistant.evaluation.groups import ALL, Group
from assistant.evaluation.learning import LearningPoint, flat_from
from assistant.evaluation.measures import MEASURES, Figure, ranking_only
from assistant.evaluation.report import Report
from assistant.evaluation.sample import Sample, to_sample
from assistant.evaluation.statistics import Interval, wilson_interval
from corpus import Corpus

_TEMPLATES: Final = Path(__file__).parent / "templates"
_STEPS: Final = tuple(step / 10 for step in range(1, 11))
INSIDE_MEASURES: Final = (
    "Success@1",
    "Success@3",
    "answered right",
    "answered wrong",
    "answered or offered",
)
OUTSIDE_MEASURES: Final = ("out of scope answered", "out of scope offered")
BASELINE_MEASURES: Final = tuple(m.name for m in ranking_only(MEASURES))


@dataclass(frozen=True, slots=True)
class CurveRow:
    """Hold one row of the risk-coverage table: the first threshold that shows this share."""

    coverage: float
    cells: tuple[tuple[float, float, float], ...]
    """Threshold, risk and share answered right, for each set."""


@dataclass(frozen=True, slots=True)
class BinRow:
    """Hold one row of the reliability table."""

    bin: ReliabilityBin
    interval: Interval


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Hold one learning curve with its picture, and for each measure where it flattens."""

    what: str
    points: tuple[LearningPoint, ...]
    chart: Chart
    flat: tuple[LearningPoint | None, ...]


def to_html(report: Report, corpus: Corpus) -> str:
    """Give the page."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": wording.percent,
        "decimal": wording.decimal,
        "in_words": wording.measure_wording,
        "group_in_words": wording.group_wording,
        "kind_in_words": lambda kind: wording.KIND_WORDING.get(kind, kind),
        "value": lambda figure: wording.editor_text(figure.name, figure.value),
        "interval": wording.interval_text,
    }
    page = environment.get_template("report.html")
    return page.render(_context(report, corpus))


def _context(report: Report, corpus: Corpus) -> dict[str, object]:
    labels = [wording.measure_wording(name).label for name in LEARNING_MEASURES]
    titles = {entry.id: entry.question for entry in corpus.entries}
    titles |= {gap.id: gap.title for gap in corpus.gaps}
    measured = bool(report.native)
    return {
        "report": report,
        "titles": titles,
        "whole": report.group(),
        "columns": _columns(report.groups),
        "kinds": [
            g for g in report.groups if g.name.startswith("kind ") and not g.figure("refused")
        ],
        "foreign": [g for g in report.groups if g.figure("refused")],
        "risk_chart": risk_coverage_chart(report) if measured else None,
        "set_names": [name for name, _ in set_samples(report)],
        "curve_rows": curve_rows(report) if measured else (),
        "reliability_chart": reliability_chart(report) if measured else None,
        "bins": bin_rows(report),
        "learning_curves": _learning_curves(report, labels),
        "learning_measures": LEARNING_MEASURES,
        "baseline_measures": BASELINE_MEASURES,
        "baseline_names": wording.BASELINE_WORDING,
        "inside_measures": INSIDE_MEASURES,
        "outside_measures": OUTSIDE_MEASURES,
        "measure_names": _used([m.name for m in MEASURES], report.groups),
        "practical": [o for o in report.native if o.is_practical_answer],
        "has_interval": _has_interval,
    }


def _learning_curves(report: Report, labels: Sequence[str]) -> list[LearningCurve]:
    """Give both curves where they were measured, each with where it flattens."""
    curves = (
        ("Formuleringen per vraag en gat", report.learning),
        ("Vrij gestelde vragen om van te leren", report.learning_asked),
    )
    return [
        LearningCurve(
            what,
            points,
            learning_chart(points, labels, what),
            tuple(flat_from(points, name) for name in LEARNING_MEASURES),
        )
        for what, points in curves
        if len(points) > 1
    ]


def curve_rows(report: Report) -> tuple[CurveRow, ...]:
    """Give the risk-coverage curve of each set in steps of a tenth."""
    samples = [sample for _, sample in set_samples(report)]
    return tuple(
        CurveRow(step, tuple(_at_coverage(sample, step) for sample in samples)) for step in _STEPS
    )


def bin_rows(report: Report) -> tuple[BinRow, ...]:
    """Give the bins of the reliability diagram that hold questions."""
    sample = to_sample(report.native)
    bins = reliability(sample.score, sample.right)
    return tuple(BinRow(b, wilson_interval(b.correct, b.count)) for b in bins if b.count)


def _at_coverage(sample: Sample, coverage: float) -> tuple[float, float, float]:
    curve = risk_coverage_curve(sample)
    place = min(int((curve.coverage < coverage - 1e-9).sum()), len(curve.coverage) - 1)
    columns = (curve.threshold, curve.risk, curve.answered_right)
    threshold, risk, right = (float(column[place]) for column in columns)
    return threshold, risk, right


def _columns(groups: Sequence[Group]) -> list[Group]:
    """Give the groups that stand side by side: all, each set, each reading; not one set twice."""
    sets = [group for group in groups if group.name.startswith("set ")]
    several = sum("," not in group.name for group in sets) > 1
    kept = sets if several else [group for group in sets if "," in group.name]
    return [group for group in groups if group.name == ALL] + kept


def _used(names: Sequence[str], groups: Sequence[Group]) -> list[str]:
    """Keep the measures that at least one group has."""
    return [name for name in names if any(group.figure(name) for group in groups)]


def _has_interval(figure: Figure) -> bool:
    known = figure.low == figure.low and figure.high == figure.high  # nan is unlike itself
    return known and not wording.is_time(figure.name)
