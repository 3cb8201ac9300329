"""Give the options that several commands share."""

import argparse
import sys
from pathlib import Path

from assistant.commands import CommandError
from corpus import SHIPPED_CORPUS, Corpus, CorpusError, load_corpus


def add_corpus_option(parser: argparse.ArgumentParser) -> None:
    """Add --corpus DIR, by default the shipped corpus."""
    parser.add_argument(
        "--corpus",
        type=Path,
        default=SHIPPED_CORPUS,
        metavar="MAP",
        help="map van het corpus (standaard: de meegeleverde FAQ)",
    )


def corpus_from(args: argparse.Namespace) -> Corpus:
    """Load the corpus that the options name; raises CommandError with every problem."""
    try:
        return load_corpus(args.corpus)
    except CorpusError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        raise CommandError(
            f"het corpus in {args.corpus} is niet te gebruiken; problemen: {len(error.problems)}."
        ) from None
