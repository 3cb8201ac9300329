"""Command `new`: start an empty corpus, with a comment at each field."""

import argparse
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from corpus.starting import write_start


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("new", help="begin een nieuwe, lege FAQ met uitleg erbij")
    parser.add_argument("folder", type=Path, metavar="MAP", help="map die nieuw of leeg is")
    parser.add_argument("--title", default="Mijn FAQ", metavar="NAAM", help="naam van de FAQ")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the files into a new or empty folder."""
    folder: Path = args.folder
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} bestaat al en is niet leeg. Kies een andere map.")
        write_start(folder, args.title)
    except OSError as error:
        raise CommandError(f"{folder} is niet te schrijven ({error.strerror}).") from None
    print(
        f"{folder} is klaar. Vul corpus.toml in en vervang het voorbeeld in entries/,\n"
        f"of lees je document in: vraagwijzer import BESTAND --to {folder}\n"
        f"Controleer daarna alles: vraagwijzer check --corpus {folder}"
    )
    return 0
