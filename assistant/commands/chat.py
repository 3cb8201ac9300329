"""Command `chat`: one JSON object for each question found in the export of a webinar's chat."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

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
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one object a question, in the order of the messages; what was read goes to stderr."""
    corpus = corpus_from(args)
    chat = _read(args.file, args.format)
    print(chat.summary, file=sys.stderr)
    assistant = Assistant.from_corpus(corpus)
    questions = _questions(chat.messages)
    while batch := list(islice(questions, _BATCH)):
        for item in _matched(assistant, batch):
            print(json.dumps(item, ensure_ascii=False))
    return 0


def _read(path: Path, format_name: str) -> ChatImport:
    kind = None if format_name == _AUTO else ChatFormat(format_name)
    try:
        return read_chat_file(path, ImportOptions(format=kind, name=str(path)))
    except ChatImportError as error:
        raise CommandError(str(error)) from None


def _questions(messages: Iterable[Message]) -> Iterator[Asked]:
    """Yield each question of each message; private messages are not among these."""
    for message in messages:
        verdict = judge(message.text, from_host=message.from_host)
        if not verdict.kind.is_question:
            continue
        kinds = verdict.kinds or (verdict.kind,) * len(verdict.parts)
        for part, kind in zip(verdict.parts, kinds, strict=True):
            yield Asked(message, kind, redact(part))


def _matched(assistant: Assistant, batch: Sequence[Asked]) -> Iterator[dict[str, object]]:
    replies = assistant.match([asked.text for asked in batch])
    for asked, reply in zip(batch, replies, strict=True):
        matched = as_json(asked.text, reply)
        yield {
            "message": asked.message.index,
            "time": asked.message.time,
            "kind": asked.kind.value,
            "text": asked.text,
            # the same words are the same question; asking the same in other words is a group apart
            "group": fold(asked.text) or asked.text,
            "outcome": matched["outcome"],
            "matches": matched["matches"],
        }
