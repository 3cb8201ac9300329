"""Command `check`: print every problem of a corpus, and with --deep what the matcher sees in it."""

import argparse
from itertools import groupby
from typing import Any

from assistant.cache import model_for
from assistant.commands.options import add_corpus_option, corpus_from
from assistant.decision import PromiseReport
from assistant.inspection import ADVICE, inspect
from corpus import Corpus


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("check", help="controleer een corpus en meld elk probleem")
    add_corpus_option(parser)
    parser.add_argument(
        "--deep",
        action="store_true",
        help="zoek ook naar overlap, dunne vragen, formuleringen die op een ander lijken en "
        "antwoorden die lastig lezen",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the corpus and say what it holds; every problem goes to stderr, exit code 1."""
    corpus = corpus_from(args)
    phrasings = sum(1 for _ in corpus.labelled_phrasings())
    print(
        f"{corpus.title}: {_count(len(corpus.entries), 'vraag', 'vragen')}, "
        f"{_count(len(corpus.gaps), 'bekend gat', 'bekende gaten')}, "
        f"{_count(phrasings, 'formulering', 'formuleringen')}, "
        f"{_count(len(corpus.training), 'vrij gestelde vraag', 'vrij gestelde vragen')}, "
        f"versie {corpus.version}. Geen problemen gevonden."
    )
    print(promise_sentence(model_for(corpus).promise))
    if args.deep:
        _print_findings(corpus)
    return 0


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def promise_sentence(promise: PromiseReport) -> str:
    """Say in Dutch which promise the labelled questions can carry."""
    promised = f"hooguit {promise.promised:.0%} fout van wat we meteen tonen"
    if promise.kept:
        return (
            f"De belofte '{promised}' is te dragen: {promise.wrong_among_shown:.0%} gemeten, "
            f"met 95 % zekerheid hooguit {promise.bound:.0%}, op {promise.shown} getoonde "
            f"antwoorden van {promise.labelled} gelabelde vragen. Van de vragen die in de FAQ "
            f"staan, wordt {promise.answered_right:.0%} meteen goed beantwoord."
        )
    return (
        f"De belofte '{promised}' is met {promise.labelled} gelabelde vragen niet te dragen. "
        f"Er zijn ongeveer {promise.needed} meer nodig. "
        "Tot dan tonen we keuzes in plaats van één antwoord."
    )


def _print_findings(corpus: Corpus) -> None:
    findings = inspect(corpus)
    for subject, found in groupby(findings, key=lambda finding: finding.subject):
        lines = list(found)
        print(f"\n{subject.capitalize()} ({len(lines)})\n{ADVICE[subject]}")
        for finding in lines:
            print(f"  {finding.target}: {finding.message}")
    if not findings:
        print("Niets opvallends gevonden.")
