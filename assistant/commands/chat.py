"""Command `chat`: one JSON object for each question found in the export of a webinar's chat."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from assistant.clustering import QuestionGrouper
from assistant.commands import CommandError
from assistant.commands.match import as_json
from assistant.commands.options import add_corpus_option, corpus_from
from assistant.segmentation import MessageKind, judge
from assistant.service import Assistant
from corpus.importers.chat import (
    ChatFormat,
    ChatImport,
    ChatImportError,
    ImportOptions,
    Message,
    read_chat_file,
)
from corpus.importers.chat.mappings import corrected
from corpus.privacy import redact
from corpus.validation import fold

_AUTO = "auto"
_BATCH = 256
"""Questions matched at once."""


class Asked(NamedTuple):
    """Hold one question of a message, without personal data."""

    message: Message
    kind: MessageKind
    text: str


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "chat", help="vind de vragen in de chat van een webinar; uitvoer is JSON"
    )
    add_corpus_option(parser)
    parser.add_argument("file", type=Path, metavar="BESTAND", help="bewaarde chat")
    parser.add_argument(
        "--format",
        choices=[_AUTO, *(kind.value for kind in ChatFormat)],
        default=_AUTO,
        metavar="SOORT",
        help=f"soort bestand, als het niet herkend wordt: {', '.join(ChatFormat)}",
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ROL=KOLOM",
        help="kolom van een tabel, bij kop of nummer; zoals text=Inbreng of time=4",
    )
    parser.add_argument(
        "--no-header",
        action="store_true",
        help="de eerste rij van de tabel is al een bericht; wijs de kolommen aan met --column",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one object a question, in the order of the messages; what was read goes to stderr."""
    corpus = corpus_from(args)
    chat = _read(args)
    print(chat.summary, file=sys.stderr)
    assistant = Assistant.from_corpus(corpus)
    matching = _Matching(assistant)
    questions = _questions(chat.messages)
    while batch := list(islice(questions, _BATCH)):
        for item in matching.match(batch):
            print(json.dumps(item, ensure_ascii=False))
        sys.stdout.flush()
    return 0


def _read(args: argparse.Namespace) -> ChatImport:
    kind = None if args.format == _AUTO else ChatFormat(args.format)
    if kind is None and args.column:
        kind = ChatFormat.TABLE
    options = ImportOptions(format=kind, name=str(args.file))
    try:
        chat = read_chat_file(args.file, options)
        if args.column and chat.preview is not None:
            choices = dict(_choice(given) for given in args.column)
            mapping = corrected(chat.preview, choices, has_header=not args.no_header)
            mappings = {mapping.fingerprint: mapping.columns}
            chat = read_chat_file(args.file, replace(options, mappings=mappings))
    except ChatImportError as error:
        raise CommandError(str(error)) from None
    if chat.needs_columns:
        raise CommandError(
            "In deze tabel is geen kolom met vragen of berichten gevonden. Wijs hem aan, "
            "bijvoorbeeld met --column text=2."
        )
    return chat


def _choice(given: str) -> tuple[str, str]:
    role, is_given, column = given.partition("=")
    if not is_given:
        raise CommandError(f"Schrijf --column als ROL=KOLOM, zoals text=2; niet als {given!r}.")
    return role.strip(), column


def _questions(messages: Iterable[Message]) -> Iterator[Asked]:
    """Yield each question of each message; private messages are not among these."""
    for message in messages:
        verdict = judge(message.text, from_host=message.from_host)
        if not verdict.kind.is_question:
            continue
        kinds = verdict.kinds or (verdict.kind,) * len(verdict.parts)
        for part, kind in zip(verdict.parts, kinds, strict=True):
            yield Asked(message, kind, redact(part))


class _Matching:
    """Match and group the questions of one chat, in order."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._grouper = QuestionGrouper(assistant.reader)
        self._name_of: dict[int, str] = {}

    def match(self, batch: Sequence[Asked]) -> Iterator[dict[str, object]]:
        """Yield the object of each question."""
        texts = [asked.text for asked in batch]
        groups = self._grouper.add(texts)
        for asked, group, reply in zip(batch, groups, self._assistant.match(texts), strict=True):
            matched = as_json(asked.text, reply)
            yield {
                "message": asked.message.index,
                "time": asked.message.time,
                "kind": asked.kind.value,
                "text": asked.text,
                # the words of its first question: the same in a longer save of the chat
                "group": self._name_of.setdefault(group, fold(asked.text) or asked.text),
                "outcome": matched["outcome"],
                "matches": matched["matches"],
            }
