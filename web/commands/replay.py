"""Command `replay`: answer kept questions again, by any version of the FAQ."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement

from assistant import Assistant, Reply
from assistant.commands import CommandError
from assistant.commands.options import corpus_from
from web.commands.published import version_named
from web.commands.storage import opened_database, settings_for_command
from web.editing.fitting import model_of
from web.editing.practice import Question, questions
from web.editing.rows import AskedRow
from web.editing.shelf import Shelf, shelf_of

_ALL: Final = 10**9


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "replay",
        help="beantwoord bewaarde vragen opnieuw, met een versie naar keuze",
        description=(
            "Schrijft per vraag één JSON-object: wat het antwoord toen was, en wat het met deze "
            "versie is. Een versie die nog niet geleerd is, wordt eerst geleerd."
        ),
    )
    parser.add_argument(
        "numbers", nargs="*", type=_number, metavar="NUMMER", help="vragen (standaard: allemaal)"
    )
    parser.add_argument(
        "--version",
        default="",
        metavar="VERSIE",
        help="nummer of naam van de versie (standaard: de versie van nu)",
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="MAP",
        help="map van het corpus (standaard: VRAAGWIJZER_CORPUS, of de meegeleverde FAQ)",
    )
    parser.add_argument(
        "--changed", action="store_true", help="alleen vragen die nu iets anders krijgen"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer the questions again and print then and now."""
    args.corpus = args.corpus or settings_for_command().corpus
    files = corpus_from(args)
    with opened_database() as database:
        shelf = shelf_of(database, args.corpus, files)
        asked = _asked(shelf, args.numbers)
        corpus = version_named(shelf, args.version)
        assistant = Assistant(corpus, model_of(database, corpus))
    replies = assistant.match([question.text for question in asked])
    for question, reply in zip(asked, replies, strict=True):
        line = _line(question, reply)
        if line["changed"] or not args.changed:
            print(json.dumps(line, ensure_ascii=False))
    return 0


def _asked(shelf: Shelf, numbers: Sequence[int]) -> list[Question]:
    wanted: ColumnElement[bool] = AskedRow.id.in_(numbers) if numbers else AskedRow.id > 0
    found = questions(shelf, wanted, _ALL)[::-1]
    missing = set(numbers) - {question.id for question in found}
    if missing:
        raise CommandError(f"vraag {min(missing)} is er niet (meer).")
    return found


def _line(question: Question, reply: Reply) -> dict[str, Any]:
    then = {
        "version": question.corpus_version,
        "kind": question.kind,
        "shown": list(question.shown),
        "gap": question.gap_id,
        "matches": [
            {"entry": name, "probability": probability} for name, probability in question.candidates
        ],
    }
    now = {
        "version": reply.corpus_version,
        "kind": reply.kind.value,
        "shown": [match.entry_id for match in reply.chosen],
        "gap": reply.gap_id,
        "matches": [
            {"entry": match.entry_id, "probability": round(match.probability, 4)}
            for match in reply.matches
        ],
    }
    changed = any(then[name] != now[name] for name in ("kind", "shown", "gap"))
    return {
        "number": question.id,
        "question": question.text,
        "asked": question.at.isoformat(),
        "then": then,
        "now": now,
        "changed": changed,
    }


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is geen nummer")
