"""Find lists among the parts of a text, and write them as Markdown, nested as they were."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from corpus.importers.faq.escaping import escape
from corpus.importers.faq.lines import BULLET
from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.parts import Part
from corpus.importers.faq.signals import ends_as_question, is_title
from corpus.importers.faq.tables import Item, list_markdown

_ROMAN: Final = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def list_end(parts: Sequence[Part], start: int) -> int:
    """Give where the list that starts at `start` ends, or `start` when there is none."""
    end = start
    while end < len(parts) and _belongs(parts, start, end):
        end += 1
    if end - start == 1 and not _is_bullet(parts[start]):
        return start  # one numbered line is a title, not a list
    if all(not _is_bullet(part) for part in parts[start:end]) and _are_titles(parts, start, end):
        return start
    return end


def _belongs(parts: Sequence[Part], start: int, place: int) -> bool:
    part = parts[place]
    if not part.mark or part.first.level:
        return False
    if _is_bullet(part):
        return place > start or not (part.mark == "o" and not part.text)
    if place == start:
        return _number(part.mark) == 1 or _nested(parts, start, place)
    if ends_as_question(part.text) != ends_as_question(parts[place - 1].text):
        return False  # "1. Hoe vraag ik dit aan?" and its first step "1. Ga naar de balie."
    same = [p for p in parts[start:place] if _style(p.mark) == _style(part.mark)]
    if not same:
        return _number(part.mark) == 1
    nested = part.first.indent > same[-1].first.indent + 1
    return _number(part.mark) == (1 if nested else _number(same[-1].mark) + 1)


def _nested(parts: Sequence[Part], start: int, place: int) -> bool:
    return place > start and parts[place].first.indent > parts[start].first.indent


def _are_titles(parts: Sequence[Part], start: int, end: int) -> bool:
    """Tell whether numbered lines in a row are a section and its first question, not a list."""
    two = parts[start:end]
    return len(two) == 2 and is_title(two[0].text) and ends_as_question(two[1].text)


def list_block(parts: Sequence[Part]) -> Block:
    """Give the block of a list."""
    depths = _depths(parts)
    items = []
    counts: dict[int, int] = {}
    for part, depth in zip(parts, depths, strict=True):
        if not part.text:
            continue
        counts = {level: count for level, count in counts.items() if level <= depth}
        counts[depth] = counts.get(depth, 0) + 1
        items.append(Item(depth, _markdown_mark(part, counts[depth]), _item_text(part)))
    first = parts[0].first
    text = " ".join(part.text for part in parts)
    return Block(
        BlockKind.LIST,
        text,
        list_markdown(items),
        rows=tuple((part.text,) for part in parts if part.text),
        space=first.space,
        line=first.number,
    )


def _item_text(part: Part) -> str:
    """Keep the letter of an item: Markdown has numbers only."""
    letter = "" if _is_bullet(part) or _digits(part.mark) else f"{part.mark} "
    return f"{letter}{escape(part.text)}"


def _markdown_mark(part: Part, count: int) -> str:
    digits = _digits(part.mark)
    return f"{digits}." if digits and not _is_bullet(part) else "-"


def _depths(parts: Sequence[Part]) -> list[int]:
    """Give the depth of each item: by its indent, else by the order in which marks appear."""
    indents = sorted({part.first.indent for part in parts})
    steps = [indents[0]]
    for indent in indents[1:]:
        if indent - steps[-1] >= 1.5:
            steps.append(indent)
    if len(steps) > 1:
        return [sum(part.first.indent - step > -0.75 for step in steps) - 1 for part in parts]
    styles = [style for style, _ in groupby(_style(part.mark) for part in parts)]
    order = list(dict.fromkeys(styles))
    return [order.index(_style(part.mark)) for part in parts]


def _is_bullet(part: Part) -> bool:
    return bool(part.mark) and BULLET.fullmatch(part.mark) is not None


def _digits(mark: str) -> str:
    return "".join(character for character in mark if character.isdigit())


def _style(mark: str) -> str:
    """Give what marks of one list share: the bullet itself, or the form of its numbers."""
    if _digits(mark):
        return re.sub(r"\d+", "1", mark)
    return mark if len(mark) == 1 else re.sub(r"[a-z]+", "a", mark)


def _number(mark: str) -> int:
    digits = _digits(mark)
    if digits:
        return int(digits)
    letters = re.sub(r"[^a-z]", "", mark)
    if letters in _ROMAN:
        return _ROMAN[letters]
    return ord(letters) - ord("a") + 1 if len(letters) == 1 else 0
