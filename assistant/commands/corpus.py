"""Command `corpus`: work on a corpus as a whole; `corpus export` writes it as a file or a folder.

What was published on the website is kept by a package above this one, which announces how to get
it as an entry point of the group `vraagwijzer.corpora`.
"""

import argparse
import os
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from assistant.commands.options import add_corpus_option, corpus_from
from corpus import Corpus, save_corpus


def add_parser(subparsers: Any) -> None:
    """Add the command, with its own commands, to the command line."""
    parser = subparsers.add_parser("corpus", help="werk met een FAQ als geheel")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    export = commands.add_parser(
        "export",
        help="schrijf de FAQ als één bestand, of als map",
        description=(
            "Een map is een corpus: met --published zet je daarin wat op de website gepubliceerd "
            "is, zodat je de wijzigingen als bestanden kunt nalezen. JSON houdt alles vast. Excel, "
            "CSV en Markdown houden de vragen vast: om te lezen, aan te passen en weer in te lezen "
            "met vraagwijzer import."
        ),
    )
    add_corpus_option(export)
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="BESTAND",
        help="eindigt op .json, .xlsx, .csv of .md; zonder zo'n einde is het een map",
    )
    export.add_argument(
        "--published",
        nargs="?",
        const="",
        metavar="VERSIE",
        help="neem wat gepubliceerd is in plaats van de bestanden: de laatste versie, of deze",
    )
    export.set_defaults(run=run_export)


def run_export(args: argparse.Namespace) -> int:
    """Write the corpus in the format that the file name asks for."""
    from corpus.exporting import FORMATS, ExportError, export_corpus  # Excel takes long to load

    target: Path = args.to
    format = target.suffix.casefold().removeprefix(".")
    if not format or target.is_dir():
        return _export_folder(args, target)
    if format not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise CommandError(f"{target.name} zegt niet welk formaat je wilt. Kies uit {known}.")
    corpus = _corpus(args)
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


def _export_folder(args: argparse.Namespace, target: Path) -> int:
    """Write the corpus as a folder; what else the folder holds stays."""
    corpus = _corpus(args)
    try:
        save_corpus(corpus, target)
    except OSError as error:
        raise CommandError(f"{target} is niet te schrijven ({error.strerror}).") from None
    print(f"{len(corpus.entries)} vragen geschreven in de map {target} (versie {corpus.version}).")
    return 0


def _corpus(args: argparse.Namespace) -> Corpus:
    """Give the corpus of the files, or the one that was published."""
    corpus = corpus_from(args)
    if args.published is None:
        return corpus
    for point in entry_points(group="vraagwijzer.corpora", name="published"):
        found: Corpus = point.load()(args.corpus, corpus, args.published)
        return found
    raise CommandError("gepubliceerde versies zijn er alleen met de website erbij.")
