"""Give what the commands that measure share: which questions, and a report of them."""

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from assistant.commands import CommandError
from assistant.commands.options import corpus_from
from assistant.evaluation.loading import load_questions, shipped_sets
from assistant.evaluation.observations import observe
from assistant.evaluation.questions import LabelledQuestion, join_sets
from assistant.evaluation.report import About, Report, make_report
from assistant.evaluation.statistics import SAMPLES
from assistant.service import Assistant
from corpus import Corpus, CorpusError
from corpus.validation import known_ids


class Measured(NamedTuple):
    """Hold a report and the assistant that it is of."""

    report: Report
    assistant: Assistant


def add_question_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which questions to measure with."""
    parser.add_argument(
        "--queries",
        type=Path,
        action="append",
        metavar="TSV",
        help="vragen: id, tab, tekst; of een .csv met question en entry. "
        "Mag vaker. Zonder: de sets in evaluation/ van het corpus",
    )
    parser.add_argument(
        "--qrels",
        type=Path,
        action="append",
        metavar="TSV",
        help="labels: id, 0, antwoord, relevantie. Zonder: qrels.tsv naast de vragen",
    )
    parser.add_argument(
        "--samples",
        type=_count,
        default=SAMPLES,
        metavar="N",
        help=f"trekkingen voor de intervallen (standaard {SAMPLES})",
    )


def measure_with(args: argparse.Namespace) -> Measured:
    """Ask the assistant each question and measure its replies."""
    corpus = corpus_from(args)
    questions = questions_from(args, corpus)
    assistant = Assistant.from_corpus(corpus)
    about = About(
        corpus.title,
        corpus.version,
        version("vraagwijzer"),
        f"vraagwijzer {shlex.join(args.command_line)}",
        date.today().isoformat(),
        corpus.promise.out_of_scope_share,
        args.samples,
    )
    observations = observe(_with_progress(questions), assistant.reply)
    return Measured(make_report(about, assistant, observations), assistant)


def questions_from(args: argparse.Namespace, corpus: Corpus) -> tuple[LabelledQuestion, ...]:
    """Read every set that the options name, or else those that ship with the corpus."""
    queries: Sequence[Path] = args.queries or shipped_sets(args.corpus)
    qrels: Sequence[Path] = args.qrels or ()
    if len(qrels) > len(queries) or (qrels and not args.queries):
        raise CommandError("geef bij elke --qrels ook een --queries.")
    try:
        return join_sets(
            load_questions(path, judged, known_ids(corpus))
            for path, judged in zip_longest(queries, qrels)
        )
    except CorpusError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        raise CommandError(
            f"de vragen zijn niet te gebruiken; problemen: {len(error.problems)}."
        ) from None
    except ValueError as error:
        raise CommandError(str(error)) from None


def check_writable(*paths: Path | None) -> None:
    """Raise CommandError now when a file could not be written after minutes of measuring."""
    for path in paths:
        if path and (path.is_dir() or not path.parent.is_dir()):
            raise CommandError(f"{path} is niet te schrijven: de map bestaat niet.")


def write(path: Path, text: str) -> None:
    """Write a result, or raise CommandError."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"{path} is niet te schrijven ({error.strerror}).") from None


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError
    return count


def _with_progress(questions: Sequence[LabelledQuestion]) -> Iterator[LabelledQuestion]:
    """Yield each question, counting along when someone watches."""
    for number, question in enumerate(questions, 1):
        yield question
        if sys.stderr.isatty():
            end = "\n" if number == len(questions) else ""
            print(f"\r{number} van {len(questions)} vragen", end=end, file=sys.stderr, flush=True)
