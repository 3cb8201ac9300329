"""Hold a report against a baseline: no figure may drop beyond its margin or miss its limit."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from assistant.evaluation.groups import Group
from assistant.evaluation.measures import FOREIGN_MEASURES, MEASURES

_LOWER_IS_BETTER: Final = frozenset(
    m.name for m in (*MEASURES, *FOREIGN_MEASURES) if not m.higher_is_better
)
_ROUNDING: Final = 1e-6
"""Figures are stored with six digits."""


class BaselineError(ValueError):
    """Tell why a baseline cannot be used."""


@dataclass(frozen=True, slots=True)
class Check:
    """Hold what one figure of one group must keep to.

    `value` is what it was, `margin` how much worse it may become, `limit` the floor (or, where
    lower is better, the ceiling) that it must keep whatever it was.
    """

    group: str
    figure: str
    value: float | None = None
    margin: float = 0.0
    limit: float | None = None

    @property
    def higher_is_better(self) -> bool:
        """Tell which way is better."""
        return not (self.figure in _LOWER_IS_BETTER or self.figure.startswith("wrong among shown"))


@dataclass(frozen=True, slots=True)
class Baseline:
    """Hold the checks, and the least number of questions that each group must still have."""

    checks: tuple[Check, ...]
    questions: Mapping[str, int]
    corpus_version: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold the outcome of one check; `reason` is empty when it holds."""

    check: Check
    value: float
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Tell whether the check holds."""
        return not self.reason


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raises BaselineError when it is none, or when it checks nothing."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        checks = tuple(_check(item) for item in content["checks"])
        questions = {str(name): int(count) for name, count in content["questions"].items()}
        version = str(content.get("corpus_version", ""))
    except OSError as error:
        raise BaselineError(f"{path} is niet te lezen ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise BaselineError(f"{path} is geen JSON.") from None
    except (AttributeError, KeyError, TypeError) as error:
        raise BaselineError(f"{path} is geen ijkpunt; er klopt iets niet: {error}.") from None
    if not checks:
        raise BaselineError(f"{path} noemt geen enkel cijfer om te bewaken.")
    return Baseline(checks, questions, version)


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline; the inverse of `read_baseline`."""
    content = {
        "corpus_version": baseline.corpus_version,
        "questions": dict(baseline.questions),
        "checks": [asdict(check) for check in baseline.checks],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def renew(baseline: Baseline, groups: Sequence[Group], corpus_version: str) -> Baseline:
    """Give the baseline with the values and question counts of a report; limits stay."""
    by_name = {group.name: group for group in groups}
    checks = tuple(
        replace(check, value=round(_value(check, by_name), 6)) for check in baseline.checks
    )
    watched = dict.fromkeys(check.group for check in checks)
    counts = {name: by_name[name].count for name in watched}
    return Baseline(checks, counts, corpus_version)


def judge(baseline: Baseline, groups: Sequence[Group]) -> tuple[Verdict, ...]:
    """Judge each check; raises BaselineError when questions or a whole figure are gone."""
    by_name = {group.name: group for group in groups}
    for problem in _missing(baseline, by_name):
        raise BaselineError(problem)
    return tuple(_verdict(check, _value(check, by_name)) for check in baseline.checks)


def _missing(baseline: Baseline, groups: Mapping[str, Group]) -> Iterator[str]:
    for name, count in baseline.questions.items():
        found = groups[name].count if name in groups else 0
        if found < count:
            yield f"{name!r} heeft nog {found} van de {count} vragen."


def _value(check: Check, groups: Mapping[str, Group]) -> float:
    group = groups.get(check.group)
    if group is None or not group.count:
        raise BaselineError(f"er zijn geen vragen in {check.group!r}.")
    figure = group.figure(check.figure)
    if figure is None or math.isnan(figure.value):
        raise BaselineError(f"het cijfer {check.figure!r} ontbreekt in {check.group!r}.")
    return figure.value


def _verdict(check: Check, value: float) -> Verdict:
    sign = 1 if check.higher_is_better else -1
    reasons = []
    if check.limit is not None and sign * (value - check.limit) < -_ROUNDING:
        side = "minstens" if check.higher_is_better else "hoogstens"
        reasons.append(f"moet {side} {check.limit:g} zijn")
    if check.value is not None and sign * (value - check.value) < -check.margin - _ROUNDING:
        reasons.append(f"was {check.value:g}, mag {check.margin:g} slechter worden")
    return Verdict(check, value, "; ".join(reasons))


def _check(item: Mapping[str, Any]) -> Check:
    return Check(
        str(item["group"]),
        str(item["figure"]),
        _number(item.get("value")),
        _number(item.get("margin")) or 0.0,
        _number(item.get("limit")),
    )


def _number(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} is geen getal")
    return float(value)


def failures(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Give the checks that do not hold."""
    return tuple(verdict for verdict in verdicts if not verdict.passed)
