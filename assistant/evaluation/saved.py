"""Write a report as JSON, and read back what comparing and the gate need of it."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from assistant.evaluation.curves import reliability, risk_coverage_curve
from assistant.evaluation.groups import Group
from assistant.evaluation.measures import Figure
from assistant.evaluation.observations import Observation, Scored
from assistant.evaluation.questions import LabelledQuestion
from assistant.evaluation.report import Report
from assistant.evaluation.sample import to_sample

FORMAT: Final = 1
_DIGITS: Final = 6


class SavedReportError(ValueError):
    """Tell why a file is not a report that can be read."""


def to_json(report: Report) -> str:
    """Give the report as JSON, with all that is needed to draw and compare it again."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "about": asdict(report.about),
        "promise": asdict(report.promise),
        "groups": [asdict(group) for group in report.groups],
        "entries": [asdict(entry) for entry in report.entries],
        "gaps": [asdict(gap) for gap in report.gaps],
        "baselines": [asdict(baseline) for baseline in report.baselines],
        "learning_curve": [asdict(point) for point in report.learning],
        "learning_curve_asked": [asdict(point) for point in report.learning_asked],
        "spelling": [asdict(result) for result in report.spelling],
        **_curves(report),
        "confusions": [
            {
                "expected": pair.expected,
                "found": pair.found,
                "questions": [o.question.id for o in pair.observations],
            }
            for pair in report.confusions
        ],
        "worst_errors": [o.question.id for o in report.worst_errors],
        "questions": [_from_observation(o) for o in report.observations],
    }
    return json.dumps(_plain(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def groups_from_json(text: str) -> tuple[Group, ...]:
    """Read the figures of a saved report."""
    content = _content(text)
    try:
        return tuple(_group(item) for item in content["groups"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SavedReportError(f"onderdeel ontbreekt of klopt niet: {error}") from None


def version_from_json(text: str) -> str:
    """Read which corpus a saved report is of."""
    about = _content(text).get("about")
    return str(about.get("corpus_version", "")) if isinstance(about, dict) else ""


def observations_from_json(text: str) -> tuple[Observation, ...]:
    """Read the questions of a saved report with all that was found for them."""
    content = _content(text)
    try:
        return tuple(_to_observation(item) for item in content["questions"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SavedReportError(f"onderdeel ontbreekt of klopt niet: {error}") from None


def _content(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise SavedReportError("dit is geen JSON.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise SavedReportError("dit is geen verslag van `vraagwijzer evaluate --json`.")
    return content


def _curves(report: Report) -> dict[str, Any]:
    sample = to_sample(report.native)
    if not len(sample):
        return {"risk_coverage": [], "reliability": []}
    curve = risk_coverage_curve(sample)
    columns = (curve.threshold, curve.coverage, curve.risk, curve.answered_right)
    names = ("threshold", "coverage", "risk", "answered_right")
    return {
        "risk_coverage": [
            dict(zip(names, map(float, row), strict=True)) for row in zip(*columns, strict=True)
        ],
        "reliability": [asdict(part) for part in reliability(sample.score, sample.right)],
    }


def _from_observation(observation: Observation) -> dict[str, Any]:
    question = observation.question
    return {
        "id": question.id,
        "text": question.text,
        "set": question.set_name,
        "relevance": dict(question.relevance),
        "kind": question.kind,
        "certainty": question.certainty,
        "near": list(question.near),
        "gap": question.gap,
        "outcome": observation.outcome,
        "reply": observation.reply_kind,
        "chosen": list(observation.chosen),
        "gap_found": observation.gap_id,
        "language": observation.language,
        "ranking": [list(candidate) for candidate in observation.ranking],
        "phrasing": observation.phrasing,
        "shared_words": list(observation.shared_words),
        "seconds": observation.seconds,
    }


def _to_observation(item: Mapping[str, Any]) -> Observation:
    question = LabelledQuestion(
        str(item["id"]),
        str(item["text"]),
        str(item["set"]),
        {str(entry): int(grade) for entry, grade in item["relevance"].items()},
        str(item["kind"]),
        str(item["certainty"]),
        tuple(item["near"]),
        str(item["gap"]),
    )
    return Observation(
        question,
        tuple(Scored(str(entry), float(score)) for entry, score in item["ranking"]),
        str(item["outcome"]),
        str(item["reply"]),
        tuple(item["chosen"]),
        str(item["gap_found"]),
        str(item["language"]),
        str(item["phrasing"]),
        tuple(item["shared_words"]),
        float(item["seconds"]),
    )


def _group(item: Mapping[str, Any]) -> Group:
    figures = tuple(_figure(figure) for figure in item["figures"])
    return Group(str(item["name"]), int(item["count"]), int(item["in_scope"]), figures)


def _figure(item: Mapping[str, Any]) -> Figure:
    return Figure(
        str(item["name"]),
        _number(item["value"]),
        _number(item["low"]),
        _number(item["high"]),
        int(item["count"]),
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _plain(value: Any) -> Any:
    """Give the value with figures rounded and unknown ones (nan) as null."""
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, _DIGITS)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
