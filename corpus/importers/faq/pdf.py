"""Read a PDF: where its text stands on the page tells titles, paragraphs, columns and furniture."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from corpus.importers.faq.clean import clean
from corpus.importers.faq.furniture import REASON, drop_from_pages
from corpus.importers.faq.lines import Line
from corpus.importers.faq.models import DocumentError, LeftOut
from corpus.importers.faq.paragraphs import to_blocks
from corpus.importers.faq.pdf_links import bare_text, links_of, with_links
from corpus.importers.faq.pdf_rows import Fragment, Row, rows_of, table_rows
from corpus.importers.faq.text import Blocks

_LARGER: Final = 1.08
"""Type this much larger than the running text is a title."""
_MARGIN: Final = 0.09
"""The part of a page at the top and at the bottom where furniture stands."""
_SCANNED: Final = (
    "Deze PDF bevat geen tekst, alleen beeld (een scan). Vraag om het document met tekst erin."
)


def read_pdf(raw: bytes) -> Blocks:
    """Give the blocks of a PDF."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(_open(raw))
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("Deze PDF is beschadigd en niet te lezen.") from error


def _open(raw: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(raw))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise DocumentError("Deze PDF is beveiligd met een wachtwoord. Bewaar hem zonder.")
    return reader


def _read(reader: PdfReader) -> Blocks:
    urls: list[str] = []
    pages = [_page_rows(page, urls) for page in reader.pages]
    text = "".join(row.text for rows in pages for row in rows)
    if len(text.strip()) < 20:
        raise DocumentError(_SCANNED)
    if sum(c.isalpha() or c.isspace() for c in text) < 0.5 * len(text):
        raise DocumentError("De letters van deze PDF zijn niet te lezen. Vraag om een andere.")
    look = _Look(pages)
    small = list(look.small_print(pages[0], _body(reader.pages[0]))) if len(pages) == 1 else []
    pages = [[row for row in rows if row not in small] for rows in pages]
    lines = [
        look.lines(rows, number, _body(page))
        for number, (rows, page) in enumerate(zip(pages, reader.pages, strict=True), 1)
    ]
    kept, left_out = drop_from_pages(lines)
    blocks = to_blocks([line for page in kept for line in page])
    title = str(reader.metadata.title or "") if reader.metadata else ""
    left_out += [LeftOut(bare_text(row.text), REASON, 1) for row in small]
    return Blocks([with_links(block, urls) for block in blocks], left_out, _title(title))


def _title(title: str) -> str:
    """Pass over titles that programs make up."""
    made_up = re.search(r"untitled|\.\w{3,4}$|^microsoft|^document\d*$|anonymous", title, re.I)
    return "" if made_up else clean(title).strip()


# pages -> rows


def _page_rows(page: PageObject, urls: list[str]) -> list[Row]:
    """Give the rows of a page; the addresses of its links are added to `urls`."""
    fragments: list[Fragment] = []

    def take(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        # A fragment may hold several lines when the page gives no place for each.
        for part in _plain(text).split("\n"):
            if part.strip():
                fragments.append(_fragment(part, cm, tm, font, size))

    page.extract_text(visitor_text=take)
    return rows_of(fragments, list(links_of(page, urls)))


def _body(page: PageObject) -> tuple[float, float]:
    """Give the height between which the text of a page stands, its margins left out."""
    bottom, height = float(page.mediabox.bottom), float(page.mediabox.height)
    return bottom + _MARGIN * height, bottom + (1 - _MARGIN) * height


def _plain(text: str) -> str:
    # In the fonts that every reader has, unused codes show as a bullet.
    return clean(re.sub("[\x7f\x81\x8d\x8f\x90\x9d]", "•", text))


def _fragment(text: str, cm: Any, tm: Any, font: Any, size: float) -> Fragment:
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale_x = tm[2] * cm[0] + tm[3] * cm[2]
    scale_y = tm[2] * cm[1] + tm[3] * cm[3]
    name = str(font.get("/BaseFont", "")) if font else ""
    bold = re.search(r"bold|black|heavy|semibold|demi", name, re.IGNORECASE) is not None
    return Fragment(text, x, y, round(size * (scale_x**2 + scale_y**2) ** 0.5, 1) or 1, bold)


# rows -> lines


class _Look:
    """Know what is usual in the document: its type size, its leading, its margin."""

    def __init__(self, pages: Sequence[Sequence[Row]]) -> None:
        rows = [row for page in pages for row in page]
        sizes: Counter[float] = Counter()
        for row in rows:
            sizes[row.size] += len(row.text)
        self._size = max(sizes, key=lambda size: (sizes[size], -size))
        larger = sorted({s for s in sizes if s > _LARGER * self._size}, reverse=True)
        self._levels = {size: level for level, size in enumerate(larger, 1)}
        self._leading = self._usual_leading(pages)

    def _usual_leading(self, pages: Sequence[Sequence[Row]]) -> float:
        steps: Counter[float] = Counter()
        for page in pages:
            for above, below in pairwise(page):
                if above.size == below.size and 0 < above.y - below.y < 3 * above.size:
                    steps[round((above.y - below.y) / above.size, 1)] += 1
        if not steps:
            return 1.2
        # The smallest step that is common: wider ones part paragraphs.
        common = [step for step, count in steps.items() if count >= 0.25 * max(steps.values())]
        return min(common)

    def small_print(self, rows: Sequence[Row], body: tuple[float, float]) -> Iterator[Row]:
        """Give what stands small in the margin of a lone page; footnotes start with a number."""
        for row in rows:
            in_margin = not body[0] <= row.y <= body[1]
            if in_margin and row.size < 0.9 * self._size and row.text[:1] not in "¹²³[123456789":
                yield row

    def lines(self, rows: Sequence[Row], number: int, body: tuple[float, float]) -> list[Line]:
        """Give the lines of a page, of which the text stands between two heights."""
        tables = table_rows(rows)
        margins = self._margins(rows)
        found = []
        for place, row in enumerate(rows):
            above = rows[place - 1] if place else None
            unit = 0.5 * row.size
            limit = max((m for x, m in margins if abs(x - row.x) < 60), default=row.right)
            cells = tuple(bare_text(f.text) for f in row.fragments) if place in tables else ()
            found.append(
                Line(
                    row.text,
                    number,
                    self._space(above, row),
                    indent=row.x / self._size,
                    width=(row.right - row.x) / unit,
                    limit=(limit - row.x) / unit,
                    page_start=above is None or row.y > above.y + row.size,
                    level=self._levels.get(row.size, 0),
                    bold=row.bold,
                    cells=cells,
                    edge=not body[0] <= row.y <= body[1],
                )
            )
        return _with_bullets(found)

    def _space(self, above: Row | None, row: Row) -> int:
        if above is None:
            return 1
        step = (above.y - row.y) / max(above.size, row.size)
        if step < 0 or step > 2.2 * self._leading:
            return 2 if step > 0 else 1
        return int(step > 1.22 * self._leading)

    def _margins(self, rows: Sequence[Row]) -> list[tuple[float, float]]:
        """Give (left, right) of each column: how far its rows reach."""
        rights: dict[float, list[float]] = {}
        for row in rows:
            if row.size == self._size:
                left = next((x for x in rights if abs(x - row.x) < 60), row.x)
                rights.setdefault(left, []).append(row.right)
        return [(left, sorted(ends)[int(0.95 * (len(ends) - 1))]) for left, ends in rights.items()]


def _with_bullets(lines: Sequence[Line]) -> list[Line]:
    """Give list items a bullet when the page draws theirs as a picture: only their indent shows."""
    if any(line.text[:1] in "•▪◦●○■" for line in lines) or not lines:
        return list(lines)
    body = [line for line in lines if not line.level]
    if not body:
        return list(lines)
    usual = Counter(round(line.indent) for line in body).most_common(1)[0][0]
    found = []
    for place, line in enumerate(lines):
        deep = line.indent - usual
        above = lines[place - 1] if place else None
        starts = line.text[:1].isalnum() and 1.5 <= deep <= 12 and not line.cells
        follows = above is not None and above.indent == line.indent and line.space == 0
        wraps = follows and above is not None and above.width > 0.8 * above.limit
        if starts and not line.level and not line.bold and not wraps:
            line = replace(line, text=f"• {line.text}")
        found.append(line)
    return found
