"""Cut a message into pieces that ask and pieces that explain, and join what belongs together.

Pure functions; which pieces ask is decided elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.cues import patterns
from assistant.sentences import sentences, without_urls
from assistant.text import normalise


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one sentence or clause, and whether it goes on with the question before it."""

    text: str
    links: bool = False
    """It started with 'en', 'daarnaast', '2.' or the like, which was taken off."""
    depends: bool = False
    """It cannot be read without the question before it: 'Zo ja, hoe?', 'Of juist niet?'."""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one question with what explains it; `question` is the piece that asks."""

    text: str
    question: str


_BULLET: Final = re.compile(r"^\s*[-*•–]\s+")
_BRACKETS: Final = re.compile(r"\s*\((?P<inside>[^()]{3,120})\)\s*$")


def pieces(message: str) -> list[Piece]:
    """Give the pieces of a message in order; announcements, greetings and asides are left out."""
    found: list[Piece] = []
    for block, is_item in _items(message):
        for number, row in enumerate(sentences(block)):
            if row != without_urls(row) and len(without_urls(row).split()) < 3:
                continue  # 'Zie https://...' explains nothing without the address
            row = " ".join(without_urls(row).split())
            found += _clauses(_piece(row, links=is_item and number == 0))
    return [piece for piece in found if piece.text]


def _items(message: str) -> list[tuple[str, bool]]:
    """Part numbered or bulleted items; tells of each block whether it is such an item."""
    found = []
    end, is_item = 0, False
    marks = list(patterns("split")["number"].finditer(message))
    for mark in marks if len(marks) > 1 else []:
        found.append((message[end : mark.start()], is_item))
        end, is_item = mark.end(), True
    found.append((message[end:], is_item))
    lines = []
    for block, item in found:
        for line in block.split("\n"):
            lines.append((_BULLET.sub("", line), item or bool(_BULLET.match(line))))
    return [(line, item) for line, item in lines if line.strip()]


def _piece(row: str, *, links: bool) -> Piece:
    """Take off what only connects or announces."""
    if patterns("split")["announcement"].match(row) or patterns("split")["aside"].match(row):
        return Piece("")
    brackets = _BRACKETS.search(row)
    if brackets and "?" not in brackets["inside"]:
        row = row[: brackets.start()]
    depends = bool(patterns("split")["depends"].match(normalise(row)))
    head = patterns("split")["head"].match(row)
    if head:
        row, links, depends = row[head.end() :], True, False
    link = patterns("split")["link"].match(row)
    if link and not depends:
        row, links = row[link.end() :], True
    return Piece(row.strip(), links=links, depends=depends)


def _clauses(piece: Piece) -> list[Piece]:
    """Part two full questions that 'en' joins in one sentence, when both can be read alone."""
    for found in patterns("split")["conjunction"].finditer(piece.text):
        left, right = piece.text[: found.start()], piece.text[found.end() :]
        if (
            _stands_alone(left, 4)
            and _stands_alone(right, 5)
            and not patterns("split")["refers"].search(normalise(right))
        ):
            return [replace(piece, text=left), *_clauses(Piece(right, links=True))]
    return [piece]


def _stands_alone(text: str, words: int) -> bool:
    return len(text.split()) >= words and bool(
        patterns("split")["proper question"].match(normalise(text))
    )


def has_form_of_question(piece: Piece) -> bool:
    """Tell whether a piece without a question mark asks all the same: 'ik vraag me af of'."""
    return bool(
        patterns("split")["hidden question"].search(piece.text)
        or patterns("split")["proper question"].match(normalise(piece.text))
    )


def join_pieces(rows: Sequence[Piece], asking: Sequence[bool], limit: int) -> list[Part]:
    """Give one part for each piece that asks, with the pieces around it that explain it.

    What stands before a question explains it; what stands before one that starts with 'en' explains
    the question before that. A piece that depends on the question before it goes with it.
    """
    groups: list[tuple[list[Piece], Piece]] = []
    waiting: list[Piece] = []
    for piece, asks in zip(rows, asking, strict=True):
        if groups and piece.depends and not waiting:
            groups[-1][0].append(piece)
            continue
        if not asks:
            waiting.append(piece)
            continue
        if groups and piece.links:
            groups[-1][0].extend(waiting)
            waiting = []
        groups.append(([*waiting, piece], piece))
        waiting = []
    if groups:
        groups[-1][0].extend(waiting)
    return [_fitting(group, question, limit) for group, question in groups]


def _fitting(group: list[Piece], question: Piece, limit: int) -> Part:
    """Join a group; when it is too long, the pieces farthest from the question go first."""
    kept = list(group)
    while len(kept) > 1 and sum(len(piece.text) + 1 for piece in kept) > limit:
        place = kept.index(question)
        kept.pop(0 if place >= len(kept) - 1 - place else -1)
    return Part(" ".join(piece.text for piece in kept)[:limit], question.text)
