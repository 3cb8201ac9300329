"""Command `match`: one JSON object for each line that is read."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from assistant.commands import CommandError
from assistant.commands.options import add_corpus_option, corpus_from
from assistant.service import Assistant, Reply

_BATCH = 256
"""Lines matched at once: memory stays the same however long the file is."""
_LINE_LIMIT = 64 * 1024
"""Bytes of a line that are read; the rest of a longer line is passed over."""
_SHOWN = 5
_encode = json.JSONEncoder(ensure_ascii=False).encode


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "match", help="match elke regel van een bestand; uitvoer is JSON"
    )
    add_corpus_option(parser)
    parser.add_argument("file", nargs="?", default="-", metavar="BESTAND", help="of - voor invoer")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one object a line, in the order of the lines."""
    with _open(args.file) as stream:
        assistant = Assistant.from_corpus(corpus_from(args))
        lines = _lines(stream)
        while batch := list(islice(lines, _BATCH)):
            for text, reply in zip(batch, assistant.match(batch), strict=True):
                print(_encode(as_json(text, reply)))
            sys.stdout.flush()
    return 0


def as_json(text: str, reply: Reply) -> dict[str, object]:
    """Give the object that is printed for a question and its reply."""
    faq = [match for match in reply.matches if match.entry_id.startswith("q")][:3]
    shown = [m for n, m in enumerate(reply.matches) if n < _SHOWN or m in faq]
    return {
        "question": text,
        "outcome": reply.outcome.value,
        "matches": [{"entry": m.entry_id, "probability": round(m.probability, 6)} for m in shown],
    }


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"{name} is niet te lezen ({error.strerror}).") from None


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield each line as text; what is no UTF-8 becomes a blank line, so the order stays."""
    while raw := stream.readline(_LINE_LIMIT):
        if not raw.endswith(b"\n"):
            _skip_rest(stream, raw)
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield ""


def _skip_rest(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_LINE_LIMIT)
