"""Command `corpus`: work on a corpus as a whole; `corpus export` writes it as one file."""

import argparse
import os
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from assistant.commands.options import add_corpus_option, corpus_from


def add_parser(subparsers: Any) -> None:
    """Add the command, with its own commands, to the command line."""
    parser = subparsers.add_parser("corpus", help="werk met een FAQ als geheel")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    export = commands.add_parser(
        "export",
        help="schrijf de FAQ als één bestand",
        description=(
            "JSON houdt alles vast. Excel, CSV en Markdown houden de vragen vast: om te lezen, aan "
            "te passen en weer in te lezen met vraagwijzer import."
        ),
    )
    add_corpus_option(export)
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="BESTAND",
        help="eindigt op .json, .xlsx, .csv of .md",
    )
    export.set_defaults(run=run_export)


def run_export(args: argparse.Namespace) -> int:
    """Write the corpus in the format that the file name asks for."""
    from corpus.exporting import FORMATS, ExportError, export_corpus  # Excel takes long to load

    target: Path = args.to
    format = target.suffix.casefold().removeprefix(".")
    if format not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise CommandError(f"{target.name} zegt niet welk formaat je wilt. Kies uit {known}.")
    corpus = corpus_from(args)
    try:
        raw = export_corpus(corpus, format)
        beside = target.with_name(f".{target.name}.nieuw")
        beside.write_bytes(raw)
        os.replace(beside, target)
    except ExportError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{target} is niet te schrijven ({error.strerror}).") from None
    held = "alles" if format == "json" else "de vragen; kies .json om alles te bewaren"
    print(f"{len(corpus.entries)} vragen geschreven in {target}. Dit bestand bevat {held}.")
    return 0
