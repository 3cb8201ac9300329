"""Turn the fragments of a PDF page into rows of text in reading order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from corpus.importers.faq.lines import BULLET, ENUMERATOR

_SAME_ROW: Final = 0.4
"""Part of the type size by which two fragments of one row may differ in height."""
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]{}‘’ /-·")
_WIDE: Final = frozenset("mwMW@%—…&")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LINK: Final = "\ue000{place}\ue001{label}\ue002"
"""How a link stands in a row until its block is Markdown."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Hold a run of text in one font, as the page draws it."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a link's rectangle on the page, and its number in the document."""

    number: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row of text: its fragments from left to right."""

    fragments: tuple[Fragment, ...]
    text: str = ""

    @property
    def x(self) -> float:
        return self.fragments[0].x

    @property
    def y(self) -> float:
        return self.fragments[0].y

    @property
    def size(self) -> float:
        """Give the size of most of its text."""
        sizes: Counter[float] = Counter()
        for fragment in self.fragments:
            sizes[fragment.size] += len(fragment.text.strip())
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        filled = [f for f in self.fragments if any(c.isalnum() for c in f.text)]
        return bool(filled) and all(fragment.bold for fragment in filled)

    @property
    def right(self) -> float:
        last = self.fragments[-1]
        return last.x + width_of(last.text.rstrip(), last.size)


def width_of(text: str, size: float) -> float:
    """Estimate how wide a text is; close enough to tell a full line from a short one."""
    ems = 0.0
    for character in text:
        if character in _NARROW:
            ems += 0.29
        elif character in _WIDE:
            ems += 0.85
        else:
            ems += 0.66 if character.isupper() else 0.53
    return ems * size


def rows_of(fragments: Sequence[Fragment], links: Sequence[Link]) -> list[Row]:
    """Give the rows of a page in reading order, column by column."""
    rows: list[list[Fragment]] = []
    for fragment in fragments:
        if rows and _same_row(rows[-1], fragment):
            rows[-1].append(fragment)
        elif fragment.text.strip():
            rows.append([fragment])
    ordered = _in_order([Row(tuple(_one_bullet(row))) for row in rows])
    return [replace(row, text=_text(row, links)) for row in ordered]


def _same_row(row: Sequence[Fragment], fragment: Fragment) -> bool:
    larger = max(row[0].size, fragment.size)
    raised = fragment.size < 0.8 * row[0].size  # the number of a footnote
    reach = (0.6 if raised else _SAME_ROW) * larger
    return abs(fragment.y - row[0].y) < reach and fragment.x >= row[-1].x


def _one_bullet(row: list[Fragment]) -> list[Fragment]:
    """Keep the innermost bullet where a nested list draws one for each of its depths."""
    while len(row) > 2 and all(BULLET.fullmatch(f.text.strip()) for f in row[:2]):
        row = row[1:]
    return row


# reading order


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """Trust the order in which the page is drawn, unless it jumps about or mixes two columns."""
    gutter = _gutter(rows)
    if gutter:
        return [*_side(rows, gutter, left=True), *_side(rows, gutter, left=False)]
    jumps = sum(b.y > a.y + 2 * a.size for a, b in pairwise(rows))
    if jumps > 3 and jumps > 0.1 * len(rows):
        return _merged(sorted(rows, key=lambda row: (-round(row.y / 3), row.x)))
    return list(rows)


def _gutter(rows: Sequence[Row]) -> float:
    """Give where the right column starts when rows run over both columns, or 0."""
    starts: Counter[int] = Counter()
    for row in rows:
        if len(row.fragments) > 1 and not _is_item(row):
            starts.update({round(fragment.x / 3) for fragment in row.fragments[1:]})
    if not starts:
        return 0
    place, count = max(starts.items(), key=lambda item: item[1])
    if count < 6 or count < 0.4 * len(rows):
        return 0
    left = [_before(row, place * 3) for row in rows]
    lengths = [len(text) for text in left if text]
    return place * 3 - 2 if lengths and sum(lengths) / len(lengths) > 22 else 0


def _before(row: Row, place: float) -> str:
    return "".join(f.text for f in row.fragments if f.x < place - 2)


def _side(rows: Sequence[Row], gutter: float, *, left: bool) -> Iterator[Row]:
    for row in rows:
        mine = tuple(f for f in row.fragments if (f.x < gutter) == left)
        if mine:
            yield Row(mine)


def _merged(rows: Sequence[Row]) -> list[Row]:
    """Join rows that turn out to be one, once they are sorted."""
    found: list[Row] = []
    for row in rows:
        if found and _same_row(found[-1].fragments, row.fragments[0]):
            found[-1] = Row((*found[-1].fragments, *row.fragments))
        else:
            found.append(row)
    return found


# text of a row


def _text(row: Row, links: Sequence[Link]) -> str:
    text = ""
    size = row.size
    for fragment in row.fragments:
        part = fragment.text
        raised = fragment.size < 0.8 * size and fragment.y > row.y + 0.1 * size
        if raised and part.strip().isdigit():
            part = part.translate(_RAISED)
        glued = text and not text.endswith(" ") and not part.startswith(" ")
        if glued and fragment.x - _end(row, fragment) > 0.6 * size:
            text += " "
        text += _linked(part, fragment, [link for link in links if _may_hold(link, fragment, row)])
    return " ".join(text.split(" ")).strip()


def _may_hold(link: Link, fragment: Fragment, row: Row) -> bool:
    """Tell whether a link is at this height, and starts here if a fragment starts where it does."""
    if not link.bottom - 2 <= fragment.y <= link.top:
        return False
    starts = any(abs(other.x - link.left) < 2 for other in row.fragments)
    return not starts or fragment.x > link.left - 2


def _end(row: Row, fragment: Fragment) -> float:
    place = row.fragments.index(fragment)
    before = row.fragments[place - 1]
    return before.x + width_of(before.text, before.size)


def _linked(text: str, fragment: Fragment, links: Sequence[Link]) -> str:
    """Wrap the words of a fragment that lie within a link's rectangle."""
    if not links:
        return text
    found = []
    for word in re.finditer(r"\S+|\s+", text):
        start = fragment.x + width_of(text[: word.start()], fragment.size)
        middle = start + width_of(word[0], fragment.size) / 2
        number = next((k.number for k in links if k.left <= middle <= k.right), None)
        if number is None or word[0].isspace():
            found.append(word[0])
        else:
            found.append(LINK.format(place=number, label=word[0]))
    return "".join(found)


# tables


def table_rows(rows: Sequence[Row]) -> set[int]:
    """Find the rows that are rows of a table: their fragments stand under one another."""
    found: set[int] = set()
    for place, (row, following) in enumerate(pairwise(rows)):
        if _aligned(row, following):
            found |= {place, place + 1}
    return found


def _aligned(row: Row, following: Row) -> bool:
    if len(row.fragments) < 2 or len(row.fragments) != len(following.fragments):
        return False
    if _is_item(row) or _is_item(following) or following.y >= row.y:
        return False
    pairs = zip(row.fragments, following.fragments, strict=True)
    return all(abs(a.x - b.x) < 0.3 * a.size for a, b in pairs)


def _is_item(row: Row) -> bool:
    head = row.fragments[0].text.strip()
    return bool(BULLET.fullmatch(head) or ENUMERATOR.fullmatch(f"{head} x"))
