"""Command `ask`: one question, the reply for a person."""

import argparse
from typing import Any

from assistant.commands.options import add_corpus_option, corpus_from
from assistant.service import Assistant, ReplyKind


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("ask", help="stel één vraag")
    add_corpus_option(parser)
    parser.add_argument("question", metavar="VRAAG")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the reply to each question of the message."""
    corpus = corpus_from(args)
    for reply in Assistant.from_corpus(corpus).respond(args.question):
        for match in reply.chosen:
            entry = corpus.entry_by_id[match.entry_id]
            print(entry.question)
            if reply.kind is ReplyKind.ANSWER:
                print(entry.answer)
    return 0
