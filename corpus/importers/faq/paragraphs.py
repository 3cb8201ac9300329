"""Turn the lines of a text or a PDF into blocks: titles, paragraphs, lists, tables, rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from corpus.importers.faq.escaping import escape
from corpus.importers.faq.lines import (
    BULLET,
    ENUMERATOR,
    RULE,
    Line,
    continues,
    join,
    questions_stand_apart,
    vocabulary,
)
from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.signals import ends_as_question, is_title
from corpus.importers.faq.tables import Item, list_markdown, table_markdown

_ROMAN: Final = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold the joined text of the lines that belong together."""

    text: str
    lines: tuple[Line, ...]
    mark: str = ""
    """Of a list item: its bullet or number."""

    @property
    def first(self) -> Line:
        return self.lines[0]


def to_blocks(lines: Sequence[Line]) -> list[Block]:
    """Give the blocks of a page's lines, in order."""
    parts = list(_parts(lines))
    blocks: list[Block] = []
    place = 0
    while place < len(parts):
        end = _list_end(parts, place)
        if end > place:
            blocks.append(_list(parts[place:end]))
        else:
            end = place + 1
            blocks.append(_block(parts[place]))
        place = end
    return blocks


# lines -> parts


def _parts(lines: Sequence[Line]) -> Iterator[_Part]:
    words = vocabulary(lines)
    apart = questions_stand_apart(lines)
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held, line, words, apart):
            yield _part(held, words)
            held = []
        held.append(line)
    if held:
        yield _part(held, words)


def _goes_on(held: Sequence[Line], line: Line, words: frozenset[str], apart: bool) -> bool:
    previous = held[-1]
    if line.cells or previous.cells:
        return bool(line.cells and previous.cells) and line.space < 2
    if RULE.fullmatch(previous.text):
        return False
    if RULE.fullmatch(line.text):
        return False
    if previous.text == _mark(held[0])[0] and len(held) == 1 and not line.space:
        return True  # a bullet alone on its line; its text is on the next
    so_far = join([item.text for item in held], words)
    if _mark(held[0])[0] and not line.space and line.indent > held[0].indent:
        return continues("", previous, replace(line, indent=previous.indent), apart=apart) or (
            not _mark(line)[0] and not ends_as_question(so_far)
        )
    return continues(so_far, previous, line, apart=apart)


def _part(held: Sequence[Line], words: frozenset[str]) -> _Part:
    mark, rest = _mark(held[0])
    if not mark:
        return _Part(join([line.text for line in held], words), tuple(held))
    texts = [rest, *(line.text for line in held[1:])]
    return _Part(join([text for text in texts if text], words), tuple(held), mark)


def _mark(line: Line) -> tuple[str, str]:
    """Give the bullet or number in front of a line and what follows; empty when there is none."""
    if RULE.fullmatch(line.text):
        return "", line.text
    found = BULLET.fullmatch(line.text) or ENUMERATOR.fullmatch(line.text)
    if found is None:
        return "", line.text
    rest = found["rest"] or ""
    return line.text[: len(line.text) - len(rest)].strip(), rest


# parts -> blocks


def _block(part: _Part) -> Block:
    first = part.first
    if first.cells:
        rows = tuple(line.cells for line in part.lines)
        text = " ".join(" ".join(row) for row in rows)
        escaped = tuple(tuple(escape(cell) for cell in row) for row in rows)
        return Block(
            BlockKind.TABLE,
            text,
            table_markdown(escaped),
            rows=escaped,
            space=first.space,
            line=first.number,
        )
    text = f"{part.mark} {part.text}".strip()
    if RULE.fullmatch(text) and len(part.lines) == 1:
        return Block(BlockKind.RULE, text, "", space=first.space, line=first.number)
    kind = BlockKind.HEADING if first.level else BlockKind.PARAGRAPH
    return Block(
        kind,
        text,
        escape(text),
        level=first.level,
        bold=first.bold and not first.level,
        space=first.space,
        line=first.number,
    )


def _list_end(parts: Sequence[_Part], start: int) -> int:
    """Give where the list that starts at `start` ends, or `start` when there is none."""
    end = start
    while end < len(parts) and _belongs(parts, start, end):
        end += 1
    if end - start == 1 and not _is_bullet(parts[start]):
        return start  # one numbered line is a title, not a list
    if all(not _is_bullet(part) for part in parts[start:end]) and _are_titles(parts, start, end):
        return start
    return end


def _belongs(parts: Sequence[_Part], start: int, place: int) -> bool:
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
    return _number(part.mark) in (_number(same[-1].mark) + 1, 1)


def _nested(parts: Sequence[_Part], start: int, place: int) -> bool:
    return place > start and parts[place].first.indent > parts[start].first.indent


def _are_titles(parts: Sequence[_Part], start: int, end: int) -> bool:
    """Tell whether numbered lines in a row are a section and its first question, not a list."""
    two = parts[start:end]
    return len(two) == 2 and is_title(two[0].text) and ends_as_question(two[1].text)


def _list(parts: Sequence[_Part]) -> Block:
    depths = _depths(parts)
    items = []
    counts: dict[int, int] = {}
    for part, depth in zip(parts, depths, strict=True):
        counts = {level: count for level, count in counts.items() if level <= depth}
        counts[depth] = counts.get(depth, 0) + 1
        items.append(Item(depth, _markdown_mark(part, counts[depth]), _item_text(part)))
    first = parts[0].first
    text = " ".join(part.text for part in parts)
    return Block(
        BlockKind.LIST,
        text,
        list_markdown(items),
        rows=tuple((part.text,) for part in parts),
        space=first.space,
        line=first.number,
    )


def _item_text(part: _Part) -> str:
    """Keep the letter of an item: Markdown has numbers only."""
    letter = "" if _is_bullet(part) or _digits(part.mark) else f"{part.mark} "
    return f"{letter}{escape(part.text)}"


def _markdown_mark(part: _Part, count: int) -> str:
    digits = _digits(part.mark)
    return f"{digits}." if digits and not _is_bullet(part) else "-"


def _depths(parts: Sequence[_Part]) -> list[int]:
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


def _is_bullet(part: _Part) -> bool:
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
