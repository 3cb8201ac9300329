"""Command `compare`: say whether one report is really better than another, and on what."""

import argparse
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from assistant.evaluation.comparison import Change, Comparison, Difference, compare
from assistant.evaluation.observations import Observation
from assistant.evaluation.saved import SavedReportError, observations_from_json
from assistant.evaluation.wording import decimal, measure_wording

_SHOWN_CHANGES = 40


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("compare", help="vergelijk twee verslagen, vraag voor vraag")
    parser.add_argument("first", type=Path, metavar="A.json", help="eerste verslag, van evaluate")
    parser.add_argument("second", type=Path, metavar="B.json", help="tweede verslag")
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"toon elke veranderde vraag, niet de eerste {_SHOWN_CHANGES}",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each difference with its p-value or interval, then the questions that changed."""
    try:
        found = compare(_read(args.first), _read(args.second))
    except ValueError as error:
        raise CommandError(str(error)) from None
    print("\n".join(_lines(found, None if args.all else _SHOWN_CHANGES)))
    return 0


def _read(path: Path) -> tuple[Observation, ...]:
    try:
        return observations_from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} is niet te lezen ({error.strerror}).") from None
    except (SavedReportError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from None


def _lines(found: Comparison, limit: int | None) -> list[str]:
    lines = [f"{found.paired} vragen in beide verslagen."]
    if found.only_first or found.only_second:
        lines.append(
            f"Niet vergeleken: {found.only_first} alleen in het eerste, "
            f"{found.only_second} alleen in het tweede verslag."
        )
    lines += ["", *map(_difference, found.differences)]
    better = sum(change.better for change in found.changes)
    worse = sum(change.worse for change in found.changes)
    lines += ["", f"Veranderde vragen: {len(found.changes)} ({better} beter, {worse} slechter)."]
    ordered = sorted(found.changes, key=lambda c: (not c.worse, not c.better))
    lines += [line for change in ordered[:limit] for line in _change(change)]
    if limit is not None and len(ordered) > limit:
        lines.append(f"... en nog {len(ordered) - limit}; toon ze met --all.")
    return lines


def _difference(item: Difference) -> str:
    sign = "+" if item.difference >= 0 else ""
    values = f"{decimal(item.first, 3)} -> {decimal(item.second, 3)}"
    values += f" ({sign}{decimal(item.difference, 3)})"
    if item.method == "bootstrap":
        proof = f"95 %-interval {decimal(item.low, 3)} tot {decimal(item.high, 3)}"
    else:
        proof = f"beter {item.wins}, gelijk {item.ties}, slechter {item.losses}; "
        proof += f"p = {decimal(item.p_value, 4)} ({item.method})"
    return f"{item.name:<28} {values}  {proof}  {measure_wording(item.name).label}"


def _change(change: Change) -> list[str]:
    word = "beter" if change.better else "slechter" if change.worse else "anders"
    question = change.first.question
    expected = question.label or "niet in de FAQ"
    return [
        f"[{word}] {question.id}: {question.text}",
        f"    verwacht {expected}; eerst {_reply(change.first)}; nu {_reply(change.second)}",
    ]


def _reply(observation: Observation) -> str:
    return f"{observation.outcome or 'geen besluit'} {observation.best or '-'} " + decimal(
        observation.score
    )
