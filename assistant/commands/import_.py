"""Command `import`: turn an FAQ document into a corpus folder, with a preview and a comparison."""

import argparse
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "import",
        help="maak van een document met vragen en antwoorden een FAQ, of werk die bij",
        description=(
            "Leest Word, PDF, HTML, Markdown, tekst, Excel, CSV, JSON en exports van QnA Maker en "
            "Rasa. Bekijk eerst met --dry-run wat er herkend is."
        ),
    )
    parser.add_argument("file", type=Path, metavar="BESTAND", help="het document")
    parser.add_argument(
        "--to", type=Path, required=True, metavar="MAP", help="map van de FAQ; mag nieuw zijn"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="laat zien wat er zou gebeuren en schrijf niets"
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="neem onzekere paren over: behandel ze als dezelfde vraag",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, compare, and write unless only a preview is asked or a pair is unsure."""
    # The readers of Word, PDF and Excel take long to load, and no other command needs them.
    from assistant.commands.importing import import_document

    return import_document(args)
