"""Command `crossvalidate`: measure the matcher on a plain labelled set, such as VaccinChatNL."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.commands import CommandError
from assistant.evaluation.crossvalidation import FOLDS, Split, classify, few, folds
from assistant.evaluation.datasets import DatasetError, LabelledTexts, read_labelled_texts
from assistant.evaluation.wording import decimal


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "crossvalidate", help="meet de matcher op een eigen bestand met tekst en label"
    )
    parser.add_argument("file", type=Path, metavar="BESTAND", help="CSV of parquet")
    parser.add_argument(
        "--test", type=Path, metavar="BESTAND", help="meet hierop, en leer alleen van het eerste"
    )
    parser.add_argument(
        "--folds",
        type=_at_least(2),
        default=FOLDS,
        metavar="N",
        help=f"verdeel het bestand in zoveel delen (standaard {FOLDS})",
    )
    parser.add_argument(
        "--examples",
        type=_at_least(1),
        metavar="N",
        help="leer van hooguit zoveel voorbeelden per label",
    )
    parser.add_argument("--text-column", default="", metavar="NAAM", help="kolom met de tekst")
    parser.add_argument("--label-column", default="", metavar="NAAM", help="kolom met het label")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print accuracy, Success@3 and macro-F1 with their intervals."""
    texts = _read(args.file, args)
    if len(set(texts.labels)) < 2 or len(texts) < args.folds:
        raise CommandError(f"{args.file} heeft te weinig teksten of labels om mee te meten.")
    found = classify(_splits(texts, args))
    labels = len(set(texts.labels))
    print(f"{len(found.truth)} teksten gemeten, {labels} labels, geleerd van {found.learnt_from}.")
    for figure in found.figures():
        low, high = decimal(figure.low, 3), decimal(figure.high, 3)
        print(f"  {figure.name:<12} {decimal(figure.value, 3)}  ({low} tot {high})")
    return 0


def _splits(texts: LabelledTexts, args: argparse.Namespace) -> Iterator[Split]:
    given = iter([Split(texts, _read(args.test, args))]) if args.test else folds(texts, args.folds)
    for train, test in given:
        yield Split(few(train, args.examples) if args.examples else train, test)


def _read(path: Path, args: argparse.Namespace) -> LabelledTexts:
    try:
        return read_labelled_texts(path, args.text_column, args.label_column)
    except DatasetError as error:
        raise CommandError(str(error)) from None


def _at_least(least: int) -> Any:
    def count(text: str) -> int:
        number = int(text)
        if number < least:
            raise ValueError
        return number

    count.__name__ = f"getal vanaf {least}"  # argparse names the type in its message
    return count
