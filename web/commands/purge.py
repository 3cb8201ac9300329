"""Command `purge`: delete webinars that nothing happened in, and questions kept, for too long."""

import argparse
from typing import Any

from web.commands.storage import opened_database, settings_for_command
from web.editing.asked import count_old_questions, delete_old_questions
from web.queue.retention import delete_overdue, overdue_webinars
from web.queue.webinars import Webinar


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
        found = (overdue_webinars if args.dry_run else delete_overdue)(database, days)
        count = count_old_questions if args.dry_run else delete_old_questions
        asked = count(database, days)
    for webinar in found:
        print(_line(webinar))
    did = "Te verwijderen" if args.dry_run else "Verwijderd"
    print(f"{did}: {len(found)} {'webinar' if len(found) == 1 else 'webinars'}.")
    print(f"{did}: {asked} {'vraag' if asked == 1 else 'vragen'} van de chatpagina.")
    return 0


def _line(webinar: Webinar) -> str:
    return f"{webinar.active_at:%Y-%m-%d}  {webinar.title}"


def _days(text: str) -> int:
    if text.isdecimal() and len(text) < 6:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is geen aantal dagen")
