"""Set two texts side by side and say which words differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_WORD: Final = re.compile(r"\S+\s*|\s+")
_LONGEST: Final = 4_000
"""Words of both texts together; longer ones are shown whole, as gone and new."""


class Part(StrEnum):
    """Name what happened to a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a run of words that stayed, went or came."""

    part: Part
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Give the pieces of both texts in reading order: what went stands before what came.

    Words are compared without the blanks behind them; what stayed has the blanks of the new text.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > _LONGEST:
        return _filled([Piece(Part.GONE, old), Piece(Part.NEW, new)])
    found: list[Piece] = []
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece(Part.SAME, "".join(after[k:m])))
        else:
            found.append(Piece(Part.GONE, "".join(before[i:j])))
            found.append(Piece(Part.NEW, "".join(after[k:m])))
    return _filled(found)


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip() for word in words]


def _filled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
