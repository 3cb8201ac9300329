"""Bring footnotes of a text or a PDF to the block that refers to them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.importers.faq.models import Block, BlockKind

_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE: Final = re.compile(
    r"(?:\[(?P<square>\d{1,2})\]|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|(?P<bare>\d{1,2}))"
    r"[ \t]+(?P<text>\S.*)"
)
_LONGEST: Final = 400


def attach_footnotes(blocks: Sequence[Block]) -> list[Block]:
    """Take footnotes out of the running text and hang them on the blocks that refer to them."""
    owners: dict[int, list[str]] = {}
    notes: set[int] = set()
    for place, block in enumerate(blocks):
        found = _NOTE.fullmatch(block.text)
        if found is None or block.kind is not BlockKind.PARAGRAPH or len(block.text) > _LONGEST:
            continue
        owner = _owner(blocks, place, found)
        if owner is not None:
            owners.setdefault(owner, []).append(block.markdown)
            notes.add(place)
    return [
        replace(block, notes=(*block.notes, *owners.get(place, ())))
        for place, block in enumerate(blocks)
        if place not in notes
    ]


def _owner(blocks: Sequence[Block], place: int, note: re.Match[str]) -> int | None:
    """Find the nearest block before the note, else behind it, that refers to it."""
    reference = _reference(note)
    kinds = (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE)
    order: list[int] = [*range(place - 1, -1, -1), *range(place + 1, len(blocks))]
    for other in order:
        if blocks[other].kind in kinds and reference.search(blocks[other].text):
            return other
    return None


def _reference(note: re.Match[str]) -> re.Pattern[str]:
    if note["square"]:
        return re.compile(rf"(?<=\S)[ \t]?\[{note['square']}\]")
    number = (note["super"] or note["bare"]).translate(_SUPERSCRIPT)
    raised = number.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if note["super"]:
        return re.compile(rf"(?<=\S){raised}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
    # "elk jaar.1" or "gemeente1": a number glued to a word or to the end of a sentence.
    return re.compile(rf"(?:[a-zà-ÿ]{{2}}[.,;)]?{number}(?=[\s.,;)]|$)|(?<=\S){raised})")
