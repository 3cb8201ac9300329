"""Command `purge`: delete webinars that nothing happened in, and questions kept, for too long."""

import argparse
from typing import Any

from web.commands.storage import opened_database, settings_for_command
from web.queue.webinars import Webinar
from web.retention import overdue, purge


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "purge", help="verwijder webinars waarin lang niets gebeurde, met alle teksten"
    )
    parser.add_argument(
        "--days",
        type=_days,
        metavar="DAGEN",
        help="dagen zonder activiteit (standaard: VRAAGWIJZER_RETENTION_DAYS, of 30)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="toon alleen wat er verwijderd zou worden"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Delete, or show, and say what."""
    days = settings_for_command().retention_days if args.days is None else args.days
    with opened_database() as database:
        found = (overdue if args.dry_run else purge)(database, days)
    for webinar in found.webinars:
        print(_line(webinar))
    did = "Te verwijderen" if args.dry_run else "Verwijderd"
    count = len(found.webinars)
    print(f"{did}: {count} {'webinar' if count == 1 else 'webinars'}.")
    if found.questions:
        noun = "vraag" if found.questions == 1 else "vragen"
        print(f"{did}: {found.questions} {noun} van de chatpagina.")
    if found.changes:
        noun = "oud voorstel" if found.changes == 1 else "oude voorstellen"
        print(f"{did}: {found.changes} {noun} van de redactie.")
    return 0


def _line(webinar: Webinar) -> str:
    return f"{webinar.active_at:%Y-%m-%d}  {webinar.title}"


def _days(text: str) -> int:
    if text.isdecimal() and len(text) < 6:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is geen aantal dagen")
