"""Write docs/benchmarks.md and its picture from results.json and hot-spots.md."""

import json
import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).parent.parent / "docs"
HOT_SPOTS: Final = Path(__file__).parent / "hot-spots.md"
"""What was measured by hand, once, when the matcher was made faster."""
COLUMNS: Final = (
    ("best_acceptable", "best entry acceptable", "{:.3f}"),
    ("first_three", "first three", "{:.3f}"),
    ("auroc", "AUROC", "{:.3f}"),
    ("p50_ms", "p50 ms", "{:.2f}"),
    ("p95_ms", "p95 ms", "{:.1f}"),
    ("cpu_p50_ms", "p50 ms CPU", "{:.2f}"),
    ("batch_per_s", "batch, questions/s", "{:,.0f}"),
    ("build_s", "build s", "{:.2f}"),
    ("first_answer_s", "start to first answer s", "{:.1f}"),
    ("memory_mb", "peak memory MB", "{:.0f}"),
    ("installed_mb", "installed MB", "{:.0f}"),
)
_KNOWN: Final = {"headings": "headings only", "all": "all wordings"}
_WIDTH, _HEIGHT, _EDGE = 860, 420, 60


def write_report(results: Path) -> None:
    """Write the page and the picture."""
    found = json.loads(results.read_text("utf-8"))
    (DOCS / "benchmarks.md").write_text(page(found), "utf-8")
    (DOCS / "benchmarks.svg").write_text(picture(found["rows"]), "utf-8")


def page(found: Mapping[str, Any]) -> str:
    """Give the page in Markdown."""
    about = found["about"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    known = about["wordings"]
    return f"""# Benchmarks: beside what people would pick instead
Made by `make bench` from benchmarks/results.json and hot-spots.md; do not edit.

- Date: {about["date"]}. Command: `{about["command"]}`, rounds in turns: {about["rounds"]}; \
figures are medians of these.
- Machine: {about["machine"]}; load average before the run {about["load_before"]} (a busy machine \
lengthens all times, those by the clock most).
- Python {about["python"]}, {versions}. Corpus {about["corpus_version"]}.
- Questions: {about["in_scope"]} in scope and {about["out_of_scope"]} out of scope, of \
`dev-questions` and `dev-natural`. *Headings only*: the FAQ's own {known["headings"]} questions. \
*All wordings*: the {known["all"]:,} known wordings of FAQ entries.

![Quality against time](benchmarks.svg)

{table(found["rows"])}

## How to read it
- *Best entry acceptable* and *first three* are over questions in scope; *AUROC* tells how well \
the score of the best entry parts questions in scope from those out of scope. Vraagwijzer also \
learns from wordings of known gaps, which the others cannot use; it cleans and splits each message \
in the time given here.
- *p50 ms* and *p95 ms* are by the clock, one question at a time; *p50 ms CPU* is the processor \
time of the asking process. What PostgreSQL's own processes take is not in CPU time and memory, so \
these are left out.
- *Batch* is by the clock, all questions at once for Vraagwijzer, one after the other for the rest.
- *Build* is indexing from plain texts. Vraagwijzer loads a fitted model that ships with it; \
learning it anew is `make fit`.
- *Installed* counts the packages with all that they require. Of Vraagwijzer it is the whole \
application with its web server, corpora and importers.

{HOT_SPOTS.read_text("utf-8")}"""


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Give all systems, best quality first."""
    heads = ["system", "knows", *(title for _, title, _ in COLUMNS)]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in sorted(rows, key=lambda row: -row["best_acceptable"]):
        values = ["-" if row[n] is None else form.format(row[n]) for n, _, form in COLUMNS]
        lines.append("| " + " | ".join([row["system"], _KNOWN[row["wordings"]], *values]) + " |")
    return "\n".join(lines)


def picture(rows: Sequence[Mapping[str, Any]]) -> str:
    """Give quality against latency (logarithmic) as SVG."""
    low = math.floor(math.log10(min(row["p50_ms"] for row in rows)))
    high = math.ceil(math.log10(max(row["p50_ms"] for row in rows)))

    def place(row: Mapping[str, Any]) -> tuple[float, float]:
        across = (math.log10(row["p50_ms"]) - low) / (high - low)
        return _across(across), _up(row["best_acceptable"])

    marks = []
    for power in range(low, high + 1):
        x = _across((power - low) / (high - low))
        marks.append(f'<path d="M{x:.0f} {_up(0):.0f}V{_up(1):.0f}" stroke="#ddd"/>')
        marks.append(f'<text x="{x:.0f}" y="{_up(0) + 18:.0f}">{10.0**power:g} ms</text>')
    for tenth in range(0, 11, 2):
        y = _up(tenth / 10)
        marks.append(f'<path d="M{_EDGE} {y:.0f}H{_WIDTH - _EDGE}" stroke="#ddd"/>')
        marks.append(f'<text x="{_EDGE - 30}" y="{y + 4:.0f}">{tenth / 10:.1f}</text>')
    taken: list[tuple[float, float, float]] = []
    for row in sorted(rows, key=place):
        x, y = place(row)
        ends = x + 8 + 6 * len(row["system"])
        beside = y
        while any(a < ends and x < b and abs(beside - at) < 12 for a, b, at in taken):
            beside += 3  # labels of near points stand under each other
        taken.append((x, ends, beside))
        colour = "#b00020" if row["system"] == "Vraagwijzer" else "#15528a"
        fill = colour if row["wordings"] == "all" else "white"
        marks.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="{fill}" stroke="{colour}"/>'
            f'<text x="{x + 8:.0f}" y="{beside + 4:.0f}">{escape(row["system"])}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="11" fill="#222">\n'
        "<title>Best entry acceptable against time of one question (p50)</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>\n'
        + "\n".join(marks)
        + f'\n<text x="{_EDGE}" y="20">Best entry acceptable, against p50 of one question. '
        "Filled: all wordings; open: headings only.</text>\n</svg>\n"
    )


def _across(share: float) -> float:
    return _EDGE + share * (_WIDTH - 3 * _EDGE)


def _up(share: float) -> float:
    return _HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE)
