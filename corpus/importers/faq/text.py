"""Read a plain text, also one that came out of a PDF or a mail."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.importers.faq.furniture import drop_from_pages, drop_repeated
from corpus.importers.faq.lines import Line
from corpus.importers.faq.models import Block, LeftOut
from corpus.importers.faq.paragraphs import to_blocks

_LONGEST_WRAPPED: Final = 140
"""Characters; a longer line is a paragraph of its own, in a text that is not wrapped."""
_UNDERLINE: Final = re.compile(r"={3,}|-{3,}|~{3,}")
_PIPES: Final = re.compile(r"\|?[^|]+(?:\|[^|]*)+\|?")
_PIPE_RULE: Final = re.compile(r"[|\s:+=-]+")


class Blocks(NamedTuple):
    """Hold the blocks of a document, and what its reader already left out."""

    blocks: list[Block]
    left_out: list[LeftOut]
    title: str = ""


def read_text(text: str) -> Blocks:
    """Give the blocks of a plain text."""
    pages = [_page(page, start) for page, start in _pages(text)]
    left_out: list[LeftOut] = []
    if len(pages) > 1:
        pages, left_out = drop_from_pages(pages)
    lines = [line for page in pages for line in page]
    if len(pages) <= 1:
        lines, left_out = drop_repeated(lines)
    return Blocks(to_blocks(_with_limits(_single_spaced(lines))), left_out)


def _pages(text: str) -> list[tuple[str, int]]:
    found, start = [], 1
    for page in text.split("\f"):
        found.append((page, start))
        start += page.count("\n")
    return [(page, start) for page, start in found if page.strip()]


def _page(text: str, start: int) -> list[Line]:
    lines: list[Line] = []
    space = 0
    for number, raw in enumerate(text.split("\n"), start):
        bare = raw.strip()
        if not bare:
            space += 1
            continue
        underlined = lines and space == 0 and _is_underline(bare, lines[-1])
        if underlined:
            lines[-1] = replace(lines[-1], level=1 if bare[0] == "=" else 2)
            continue
        lines.append(_line(raw, bare, number, space))
        space = 0
    return _with_cells(lines)


def _line(raw: str, bare: str, number: int, space: int) -> Line:
    expanded = raw.expandtabs(4).rstrip()
    indent = len(expanded) - len(expanded.lstrip())
    return Line(bare, number, space, indent=indent, width=len(bare))


def _is_underline(bare: str, previous: Line) -> bool:
    """Tell whether a row of dashes underlines the line before it; a longer one is a rule."""
    return (
        _UNDERLINE.fullmatch(bare) is not None
        and not _UNDERLINE.fullmatch(previous.text)
        and abs(len(bare) - len(previous.text)) <= max(3, len(previous.text) // 4)
    )


def _with_cells(lines: Sequence[Line]) -> list[Line]:
    """Find rows of tables: lines in a row with as many tabs or pipes."""
    cells = [_cells(line.text) for line in lines]
    found = []
    for place, line in enumerate(lines):
        mine = cells[place]
        near = [cells[i] for i in (place - 1, place + 1) if 0 <= i < len(lines)]
        is_row = len(mine) > 1 and any(len(other) == len(mine) for other in near)
        if is_row and not any(mine):
            continue  # the line between the head and the body of a pipe table
        found.append(replace(line, cells=mine) if is_row else line)
    return found


def _cells(text: str) -> tuple[str, ...]:
    if "\t" in text:
        return tuple(" ".join(cell.split()) for cell in re.split(r"[ ]*\t[ ]*", text))
    if not _PIPES.fullmatch(text):
        return ()
    inner = text.strip().strip("|").split("|")
    if _PIPE_RULE.fullmatch(text):
        return ("",) * len(inner)
    return tuple(" ".join(cell.split()) for cell in inner)


def _single_spaced(lines: Sequence[Line]) -> list[Line]:
    """Undo double spacing: a blank line behind each line, also in the middle of sentences."""
    pairs = list(pairwise(lines))
    inside = sum(b.space > 0 and b.text[0].islower() and a.text[-1:].isalpha() for a, b in pairs)
    if not pairs or inside < 0.25 * len(pairs):
        return list(lines)
    usual = min((b.space for _, b in pairs if b.text[0].islower()), default=1)
    return [replace(line, space=max(0, line.space - usual)) for line in lines]


def _with_limits(lines: Sequence[Line]) -> list[Line]:
    """Give each line the width at which its text was wrapped, when it was."""
    limit = _wrap_width(lines)
    unwrapped = _unwrapped_runs(lines, limit)
    return [
        replace(line, limit=0 if place in unwrapped else limit) for place, line in enumerate(lines)
    ]


def _wrap_width(lines: Sequence[Line]) -> float:
    """Give the width of a wrapped text, or 0: there, sentences run on over the end of lines."""
    glued = [(a, b) for a, b in pairwise(lines) if b.space == 0 and not (a.cells or b.cells)]
    wrapped = [a.width for a, b in glued if b.text[0].islower() and a.width <= _LONGEST_WRAPPED]
    if len(wrapped) < 3 or len(wrapped) < 0.15 * len(glued):
        return 0
    return sorted(wrapped)[int(len(wrapped) * 0.95) - (len(wrapped) >= 20)]


def _unwrapped_runs(lines: Sequence[Line], limit: float) -> set[int]:
    """Find lines in a stretch, between blank lines, where a paragraph is one long line."""
    found: set[int] = set()
    start = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and lines[place].space == 0:
            continue
        stretch = lines[start:place]
        if any(line.width > max(limit * 1.3, 100) for line in stretch):
            found.update(range(start, place))
        start = place
    return found
