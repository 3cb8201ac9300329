"""Command `check`: print every problem of a corpus."""

import argparse
from typing import Any

from assistant.commands.options import add_corpus_option, corpus_from


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("check", help="controleer een corpus en meld elk probleem")
    add_corpus_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the corpus and say what it holds; every problem goes to stderr, exit code 1."""
    corpus = corpus_from(args)
    phrasings = sum(1 for _ in corpus.labelled_phrasings())
    print(
        f"{corpus.title}: {len(corpus.entries)} vragen, {len(corpus.gaps)} bekende gaten, "
        f"{phrasings} formuleringen, versie {corpus.version}. Geen problemen gevonden."
    )
    return 0
