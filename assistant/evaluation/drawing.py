"""Turn figures into charts: what to draw where, in the coordinates of an SVG picture.

Series differ by dashes and markers, not by colour, so they can be told apart in print and by
people who see few colours. The template chart.svg draws them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from assistant.evaluation.curves import reliability, risk_coverage_curve
from assistant.evaluation.learning import LearningPoint
from assistant.evaluation.report import Report
from assistant.evaluation.sample import Sample, to_sample
from assistant.evaluation.statistics import wilson_interval

WIDTH: Final = 720
LEFT, RIGHT, TOP, BOTTOM = 56, 692, 40, 360
_DASHES: Final = ("", "9 5", "2 4", "12 4 2 4", "5 3")
_MARKERS: Final = ("circle", "square", "triangle", "diamond", "cross")
_MARKER_EVERY: Final = 90
"""Least distance between markers on a curve, in units of the picture."""
_LINES: Final = 4
PERCENT_TICKS: Final = tuple((step / 5, f"{step * 20} %") for step in range(6))
LEARNING_MEASURES: Final = ("Success@1", "AUROC", "answered right at 5% wrong")


class Point(NamedTuple):
    """Hold one point of a series, with the ends of its interval where it has one."""

    x: float
    y: float
    low: float = math.nan
    high: float = math.nan

    @property
    def has_interval(self) -> bool:
        """Tell whether an interval can be drawn."""
        return not math.isnan(self.low + self.high)


@dataclass(frozen=True, slots=True)
class Series:
    """Hold one line, or loose points when `line` is off."""

    label: str
    points: tuple[Point, ...]
    dash: str = ""
    marker: str = ""
    line: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold a picture: axes from 0 to 1 in both directions, and its series."""

    id: str
    title: str
    description: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    x_ticks: Sequence[tuple[float, str]] = PERCENT_TICKS
    y_ticks: Sequence[tuple[float, str]] = field(default=PERCENT_TICKS)

    def x(self, value: float) -> float:
        """Give the place of a value on the horizontal axis."""
        return round(LEFT + value * (RIGHT - LEFT), 1)

    def y(self, value: float) -> float:
        """Give the place of a value on the vertical axis."""
        return round(BOTTOM - value * (BOTTOM - TOP), 1)

    def path(self, series: Series) -> str:
        """Give the corners of a line."""
        return " ".join(f"{self.x(p.x)},{self.y(p.y)}" for p in series.points)

    def marked(self, series: Series) -> list[Point]:
        """Give the points that get a marker: all of them, or some when they stand close."""
        found: list[Point] = []
        for point in series.points:
            if not found or not series.line or point.has_interval or self._far(found[-1], point):
                found.append(point)
        return found

    def legend_y(self, place: int) -> float:
        """Give the height of a line of the legend, below the axis."""
        return BOTTOM + 68 + place * 24

    @property
    def width(self) -> float:
        """Give the width of the whole picture."""
        return WIDTH

    @property
    def height(self) -> float:
        """Give the height of the whole picture."""
        return self.legend_y(len(self.series))

    def _far(self, first: Point, second: Point) -> bool:
        places = [(self.x(point.x), self.y(point.y)) for point in (first, second)]
        return math.dist(*places) >= _MARKER_EVERY


def risk_coverage_chart(report: Report) -> Chart:
    """Draw risk against coverage, for each set, with what the tool does now."""
    samples = set_samples(report)
    lines = [
        Series(name, _curve_points(sample), _DASHES[i % 5], _MARKERS[i % 5])
        for i, (name, sample) in enumerate(samples[:_LINES])
    ]
    now = [
        Point(float(sample.shown.mean()), float(sample.shown_wrong.sum() / sample.shown.sum()))
        for _, sample in samples[:_LINES]
        if sample.shown.any()
    ]
    if now:
        lines.append(Series("Wat Vraagwijzer nu doet", tuple(now), marker="ring", line=False))
    return Chart(
        "dekking",
        "Fout van wat je toont, bij elk aandeel dat je toont",
        "Een lijn voor elke set. Hoe lager de lijn, hoe minder fouten. De getallen staan "
        "in de tabel hieronder.",
        "Aandeel vragen dat meteen een antwoord krijgt",
        "Aandeel daarvan dat fout is",
        tuple(lines),
    )


def reliability_chart(report: Report) -> Chart:
    """Draw the share right against the probability given, with the ideal as a diagonal."""
    sample = to_sample(report.native)
    points = []
    for part in reliability(sample.score, sample.right):
        if part.count:
            interval = wilson_interval(part.correct, part.count)
            points.append(Point(part.mean_probability, part.share_correct, *interval))
    ideal = Series("Als de zekerheid precies klopt", (Point(0, 0), Point(1, 1)), "2 5")
    return Chart(
        "zekerheid",
        "Hoe zeker, en hoe vaak goed",
        "Punten op de schuine lijn zijn perfect. Een punt eronder is te zeker, een punt "
        "erboven te voorzichtig. De getallen staan in de tabel hieronder.",
        "Zekerheid die Vraagwijzer geeft",
        "Aandeel dat echt goed was",
        (Series("Gemeten, met 95 %-interval", tuple(points), "", "circle"), ideal),
    )


def learning_chart(points: Sequence[LearningPoint], labels: Sequence[str], what: str) -> Chart:
    """Draw the figures against how much there is to learn from; `labels` name the measures."""
    last = max(len(points) - 1, 1)
    places = [0.06 + 0.88 * i / last for i in range(len(points))]
    lines = []
    for i, (name, label) in enumerate(zip(LEARNING_MEASURES, labels, strict=True)):
        measured = [(x, point.figure(name)) for x, point in zip(places, points, strict=True)]
        drawn = tuple(Point(x, f.value, f.low, f.high) for x, f in measured if f is not None)
        lines.append(Series(label, drawn, _DASHES[i], _MARKERS[i]))
    ticks = [
        (x, "alle" if point.whole else str(point.size))
        for x, point in zip(places, points, strict=True)
    ]
    return Chart(
        f"leren-{what.split()[0].lower()}",
        f"{what}: wat meer ervan oplevert",
        "Een lijn voor elke maat, met 95 %-interval. De getallen staan in de tabel hieronder.",
        what,
        "Waarde",
        tuple(lines),
        ticks,
    )


def _curve_points(sample: Sample) -> tuple[Point, ...]:
    curve = risk_coverage_curve(sample)
    pairs = zip(curve.coverage, curve.risk, strict=True)
    return tuple(Point(float(coverage), float(risk)) for coverage, risk in pairs)


def set_samples(report: Report) -> list[tuple[str, Sample]]:
    """Give the sample of all questions, then of each set when there are several."""
    names = list(dict.fromkeys(o.question.set_name for o in report.native))
    found = [("Alle vragen", to_sample(report.native))]
    if len(names) > 1:
        for name in names:
            part = [o for o in report.native if o.question.set_name == name]
            found.append((name, to_sample(part)))
    return found
