"""Run `vraagwijzer import`: read, compare, ask, write."""

import argparse
import sys
from pathlib import Path

from assistant.commands import CommandError
from assistant.commands.import_report import preview, summary, unsure_lines
from corpus.importers.faq import (
    Comparison,
    Difference,
    DocumentError,
    Recognised,
    base_for,
    compare,
    corpus_in,
    merge,
    read_document,
    write_import,
)
from corpus.models import Corpus


def import_document(args: argparse.Namespace) -> int:
    """Read, compare, and write unless only a preview is asked or a pair is unsure."""
    try:
        existing = corpus_in(args.to)
        found = _read(args.file)
        comparison = compare(found, existing)
        if args.dry_run:
            print(preview(found, comparison, is_new=existing is None))
            return 0
        return _import(args, found, comparison, existing)
    except DocumentError as error:
        raise CommandError(str(error)) from None


def _read(path: Path) -> Recognised:
    if sys.stderr.isatty():
        print(f"{path.name} wordt gelezen...", file=sys.stderr)
    return read_document(path)


def _import(
    args: argparse.Namespace,
    found: Recognised,
    comparison: Comparison,
    existing: Corpus | None,
) -> int:
    different: list[str] = []
    if not args.accept:
        if comparison.loses_most:
            raise CommandError(
                f"De meeste vragen in {args.to} staan niet in dit document. Is het wel dezelfde "
                "FAQ? Er is niets geschreven. Bekijk het met --dry-run, of neem het over met "
                "--accept."
            )
        different, unsettled = _ask(comparison)
        if unsettled:
            print(unsure_lines(unsettled), file=sys.stderr)
            raise CommandError(
                f"{len(unsettled)} onzekere paren; er is niets geschreven. Is het steeds dezelfde "
                "vraag? Herhaal de opdracht met --accept."
            )
    corpus = merge(found, comparison, base_for(found, existing), different=different)
    write_import(corpus, args.to)
    print(summary(found, comparison, corpus, args.to, is_new=existing is None))
    return 0


def _ask(comparison: Comparison) -> tuple[list[str], list[Difference]]:
    """Ask about each unsure pair on a terminal; elsewhere leave them all unsettled."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return [], list(comparison.unsure)
    different = []
    for difference in comparison.unsure:
        print(unsure_lines([difference]))
        try:
            answer = input("Is dit dezelfde vraag? [j/n] ").strip().casefold()
        except EOFError:
            raise CommandError("afgebroken; er is niets geschreven.") from None
        if not answer.startswith("j") and difference.entry is not None:
            different.append(difference.entry.id)
    return different, []
