"""Command `gate`: say no when answers got worse than the baseline allows."""

import argparse
import sys
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from assistant.commands.measuring import add_question_options, measure_with
from assistant.commands.options import add_corpus_option
from assistant.evaluation.gate import (
    BaselineError,
    Verdict,
    failures,
    judge,
    read_baseline,
    renew,
    write_baseline,
)
from assistant.evaluation.groups import Group
from assistant.evaluation.saved import SavedReportError, groups_from_json, version_from_json
from assistant.evaluation.wording import decimal, group_wording


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("gate", help="stop als antwoorden slechter zijn dan afgesproken")
    add_corpus_option(parser)
    parser.add_argument(
        "--baseline", type=Path, required=True, metavar="JSON", help="ijkpunt met grenzen"
    )
    add_question_options(parser)
    parser.add_argument(
        "--report", type=Path, metavar="JSON", help="beoordeel dit verslag, meet niet opnieuw"
    )
    parser.add_argument(
        "--renew", action="store_true", help="schrijf de cijfers van nu in het ijkpunt"
    )
    parser.set_defaults(run=run, samples=0)


def run(args: argparse.Namespace) -> int:
    """Print each check; exit 1 when one does not hold."""
    try:
        baseline = read_baseline(args.baseline)
        groups, version = _measured(args)
        if args.renew:
            baseline = renew(baseline, groups, version)
            write_baseline(baseline, args.baseline)
        verdicts = judge(baseline, groups)
    except BaselineError as error:
        raise CommandError(str(error)) from None
    for verdict in verdicts:
        print(_line(verdict))
    failed = failures(verdicts)
    if failed:
        print(f"vraagwijzer: {len(failed)} van {len(verdicts)} cijfers zakken.", file=sys.stderr)
    return 1 if failed else 0


def _measured(args: argparse.Namespace) -> tuple[tuple[Group, ...], str]:
    """Give the figures of the report that is named, or of a fresh one, with its corpus version."""
    if args.report is None:
        report, _ = measure_with(args)
        return report.groups, report.about.corpus_version
    try:
        text = args.report.read_text(encoding="utf-8")
        return groups_from_json(text), version_from_json(text)
    except OSError as error:
        raise CommandError(f"{args.report} is niet te lezen ({error.strerror}).") from None
    except (SavedReportError, UnicodeDecodeError) as error:
        raise CommandError(f"{args.report}: {error}") from None


def _line(verdict: Verdict) -> str:
    check = verdict.check
    word = "goed" if verdict.passed else "ZAKT"
    reason = f"  ({verdict.reason})" if verdict.reason else ""
    return (
        f"{word}  {group_wording(check.group)}: {check.figure} {decimal(verdict.value, 3)}{reason}"
    )
