"""Command `ask`: one message, the reply for a person at a terminal."""

import argparse
import sys
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from assistant.commands.options import add_corpus_option, corpus_from
from assistant.decision import sureness
from assistant.service import Assistant, Reply, ReplyKind
from assistant.text import MAX_QUESTION_LENGTH
from corpus import Corpus
from corpus.models import split_section

_WIDTH = 88
_STYLES = {"heading": "bold", "soft": "dim"}


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("ask", help="stel één vraag en lees het antwoord")
    add_corpus_option(parser)
    parser.add_argument("question", metavar="VRAAG", help="de vraag, tussen aanhalingstekens")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the reply to each question of the message; a fallback is a reply too, exit code 0."""
    corpus = corpus_from(args)
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    console.width = min(console.width, _WIDTH)
    question = args.question.encode("utf-8", "ignore").decode("utf-8")
    replies = Assistant.from_corpus(corpus).respond(question)
    for number, reply in enumerate(replies):
        if number:
            console.print()
        if len(replies) > 1:
            console.print(Text(f"Je vroeg: {reply.question}", _STYLES["soft"]))
        _print_reply(console, corpus, reply)
    return 0


def _print_reply(console: Console, corpus: Corpus, reply: Reply) -> None:
    if reply.kind is ReplyKind.ANSWER:
        _print_answer(console, corpus, reply)
    elif reply.kind is ReplyKind.CHOICES:
        console.print(Text("Bedoel je een van deze vragen?", _STYLES["heading"]))
        _print_questions(console, corpus, reply)
        console.print("Geen van deze?")
        _print_contacts(console, corpus)
    elif reply.kind in (ReplyKind.GAP, ReplyKind.FALLBACK):
        _print_fallback(console, corpus, reply)
    else:
        console.print(_short_text(corpus, reply))
        if reply.kind is ReplyKind.OTHER_LANGUAGE:
            _print_contacts(console, corpus)


def _print_answer(console: Console, corpus: Corpus, reply: Reply) -> None:
    entry = corpus.entry_by_id[reply.chosen[0].entry_id]
    console.print(Text(entry.question, _STYLES["heading"]))
    console.print(Text(sureness(reply.chosen[0].probability).label, _STYLES["soft"]))
    console.print()
    console.print(Markdown(entry.answer, hyperlinks=False))
    if entry.signpost:
        console.print()
        console.print(Markdown(entry.signpost, hyperlinks=False))
    console.print()
    theme = split_section(entry.section)[1]
    console.print(Text(f"Thema: {theme}. Bron: {entry.source}.", _STYLES["soft"]))


def _print_fallback(console: Console, corpus: Corpus, reply: Reply) -> None:
    console.print(Text("Deze FAQ geeft hier geen antwoord op", _STYLES["heading"]))
    gap = corpus.gap_by_id.get(reply.gap_id)
    if gap:
        console.print(Text(f"Je vraag gaat waarschijnlijk over: {gap.title}", _STYLES["soft"]))
    console.print(Markdown(gap.signpost if gap else corpus.texts.fallback, hyperlinks=False))
    _print_contacts(console, corpus)
    if reply.chosen:
        console.print()
        console.print("Deze vragen uit de FAQ komen het dichtst in de buurt:")
        _print_questions(console, corpus, reply)


def _print_questions(console: Console, corpus: Corpus, reply: Reply) -> None:
    for match in reply.chosen:
        console.print(Text(f"  - {corpus.entry_by_id[match.entry_id].question}"))


def _print_contacts(console: Console, corpus: Corpus) -> None:
    console.print()
    console.print(Text("Liever een mens?", _STYLES["heading"]))
    for contact in corpus.contacts:
        address = f" {contact.url}" if contact.url else ""
        console.print(Text(f"  - {contact.label}:{address} {contact.explanation}"))


def _short_text(corpus: Corpus, reply: Reply) -> str:
    texts = corpus.texts
    if reply.kind is ReplyKind.OTHER_LANGUAGE:
        found = texts.other_language
        both = (found.get(reply.language), found.get(corpus.language, texts.fallback))
        return "\n".join(text for text in both if text)
    return {
        ReplyKind.GREETING: texts.greeting,
        ReplyKind.THANKS: texts.thanks,
        ReplyKind.TECHNICAL: texts.technical,
        ReplyKind.NOISE: texts.noise,
        ReplyKind.EMPTY: "Je hebt nog geen vraag getypt. Typ je vraag tussen aanhalingstekens.",
        ReplyKind.TOO_LONG: f"Je vraag is te lang. Er passen {MAX_QUESTION_LENGTH} tekens in. "
        "Maak je vraag korter.",
    }[reply.kind]
