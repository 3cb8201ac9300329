"""Commands `backup` and `restore`: copy the database to a file while it is in use, and back."""

import argparse
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from web.backup import BackupError, Counts, back_up, holds_work, restore
from web.commands.storage import opened_database, settings_for_command
from web.retention import purge


def add_backup(subparsers: Any) -> None:
    """Add the command `backup` to the command line."""
    parser = subparsers.add_parser(
        "backup", help="schrijf een back-up van de database, ook terwijl de site draait"
    )
    parser.add_argument("file", type=Path, metavar="BESTAND", help="bestand om te schrijven")
    parser.set_defaults(run=run_backup)


def add_restore(subparsers: Any) -> None:
    """Add the command `restore` to the command line."""
    parser = subparsers.add_parser("restore", help="zet een back-up van de database terug")
    parser.add_argument("file", type=Path, metavar="BESTAND", help="een bestand van backup")
    parser.add_argument(
        "--replace", action="store_true", help="vervang wat er nu in de database staat"
    )
    parser.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> int:
    """Write a backup."""
    with opened_database() as database:
        try:
            counts = back_up(database, args.file)
        except BackupError as error:
            raise CommandError(str(error)) from None
    print(f"Back-up geschreven: {args.file} ({_told(counts)}).")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Put a backup back, and delete what is kept for too long by now."""
    days = settings_for_command().retention_days
    with opened_database() as database:
        if not args.replace and holds_work(database):
            raise CommandError(
                "de database is niet leeg. Wil je alles daarin vervangen? Gebruik dan --replace."
            )
        try:
            counts = restore(database, args.file)
        except BackupError as error:
            raise CommandError(str(error)) from None
        purge(database, days)
    print(f"Back-up teruggezet: {args.file} ({_told(counts)}). Iedereen meldt zich opnieuw aan.")
    return 0


def _told(counts: Counts) -> str:
    webinars = counts.rows.get("webinars", 0)
    return f"{webinars} {'webinar' if webinars == 1 else 'webinars'}, {counts.total} rijen"
