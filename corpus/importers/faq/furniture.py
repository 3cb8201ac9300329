"""Take page furniture out of lines: running heads, running feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.importers.faq.lines import RULE, Line, is_marked
from corpus.importers.faq.models import LeftOut
from corpus.importers.faq.signals import is_labelled, is_title

PAGE_NUMBER: Final = re.compile(
    r"(?:(?:pagina|page|pag\.?|blz\.?|p\.)\s*)?[-–—|]?\s*\d{1,4}\s*"
    r"(?:(?:/|van|of|v\.)\s*\d{1,4}\s*)?[-–—|]?",
    re.IGNORECASE,
)
_NAMED_NUMBER: Final = re.compile(
    r".{0,80}\b(?:pagina|page|pag\.?|blz\.?)\s*\d{1,4}\b(?:\s*(?:/|van|of)\s*\d{1,4})?.{0,40}",
    re.IGNORECASE,
)
_LONE_NUMBER: Final = re.compile(
    r"(?:pagina|page|pag\.?|blz\.?)\s*\d{1,4}\s*(?:(?:/|van|of)\s*\d{1,4})?", re.IGNORECASE
)
_EDGE: Final = 3
"""Lines at the top and the bottom of a page that may be furniture."""
REASON: Final = "kop- of voettekst van de pagina"


def shape(text: str) -> str:
    """Give a line with its numbers blanked, as a running head differs from page to page."""
    folded = " ".join(text.casefold().split())
    if is_labelled(text) or text.endswith((".", "?", "!", ":", ";")):
        return folded  # "Hoofdstuk 2" is a title, and what ends so is a sentence
    return re.sub(r"\d+", "#", folded)


def drop_from_pages(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[LeftOut]]:
    """Take what returns at the edge of pages out, and page numbers there."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({shape(line.text) for line in _edges(page)})
    needed = max(2, round(len(pages) * 0.4))
    if any(line.edge for page in pages for line in page):
        needed = min(needed, 3)  # in a margin, a head may change with each chapter
    repeated = {text for text, count in counts.items() if count >= needed}
    kept, dropped = [], []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        stays = []
        for place, line in enumerate(page):
            edge = id(line) in edges
            outer = line.edge or place in (0, 1, len(page) - 1, len(page) - 2)
            numbered = outer and len(pages) > 1 and PAGE_NUMBER.fullmatch(line.text)
            named = edge and _is_named_number(line.text)
            if named or numbered or (edge and _is_head(line, repeated)):
                dropped.append(line)
            else:
                stays.append(line)
        kept.append(_mark_start(stays))
    return kept, _report(dropped)


def drop_repeated(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """Take furniture out of a text that lost its page breaks: what returns beside page numbers."""
    numbers = _page_numbers(lines)
    counts = Counter(shape(line.text) for line in lines if _may_repeat(line))
    beside: Counter[str] = Counter()
    for place in numbers:
        for near in (place - 2, place - 1, place + 1, place + 2):
            if 0 <= near < len(lines):
                beside[shape(lines[near].text)] += 1
    heads = {
        text
        for text, count in counts.items()
        if count >= 2 and (beside[text] >= 2 or _cuts_sentences(text, lines, numbers))
    }
    heads |= {text for text, count in counts.items() if count >= 3 and _stands_loose(text, lines)}
    kept: list[Line] = []
    dropped: list[Line] = []
    after_furniture = False
    for place, line in enumerate(lines):
        if place in numbers or (shape(line.text) in heads and _may_repeat(line)):
            dropped.append(line)
            after_furniture = True
            continue
        kept.append(replace(line, page_start=True) if after_furniture else line)
        after_furniture = False
    return kept, _report(dropped)


def _edges(page: Sequence[Line]) -> list[Line]:
    """Give the lines where furniture may be: in the margin if that is known, else outermost."""
    if any(line.edge for line in page):
        return [line for line in page if line.edge]
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _is_head(line: Line, repeated: set[str]) -> bool:
    return shape(line.text) in repeated and not is_marked(line.text)


def _is_named_number(text: str) -> bool:
    return len(text) < 120 and _NAMED_NUMBER.fullmatch(text) is not None and "?" not in text


def _mark_start(page: Sequence[Line]) -> list[Line]:
    if not page:
        return []
    first = replace(page[0], page_start=True, space=max(1, page[0].space))
    return [first, *page[1:]]


def _may_repeat(line: Line) -> bool:
    text = line.text
    if is_marked(text) or RULE.fullmatch(text) or text.endswith(("?", ":", ".", "!", ";")):
        return False
    return len(text) >= 6


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Give the places of page numbers: named ones, and bare ones that count up."""
    named = {i for i, line in enumerate(lines) if _is_named_number(line.text)}
    if len(named) == 1:
        named = {place for place in named if _LONE_NUMBER.fullmatch(lines[place].text)}
    bare = [
        (place, int(re.findall(r"\d+", line.text)[0]))
        for place, line in enumerate(lines)
        if PAGE_NUMBER.fullmatch(line.text)
    ]
    rising = [
        bare[i][0]
        for i in range(len(bare))
        if (i > 0 and bare[i][1] == bare[i - 1][1] + 1)
        or (i + 1 < len(bare) and bare[i + 1][1] == bare[i][1] + 1)
    ]
    return named | set(rising)


def _cuts_sentences(text: str, lines: Sequence[Line], numbers: set[int]) -> bool:
    """Tell whether a repeated line stands in the middle of a sentence at least once."""
    rest = [line for place, line in enumerate(lines) if place not in numbers]
    for before, line, after in zip(rest, rest[1:], rest[2:], strict=False):
        if shape(line.text) != text or shape(after.text) == text:
            continue
        if after.text[:1].islower() and before.text[-1:].isalpha() and len(before.text) > 40:
            return True
    return False


def _stands_loose(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether a line that returns as a title would is none, and no answer to a question."""
    places = [place for place, line in enumerate(lines) if shape(line.text) == text]
    answers = sum(place > 0 and lines[place - 1].text.endswith("?") for place in places)
    titled = len(text) >= 10 and is_title(lines[places[0]].text)
    return titled and answers <= len(places) / 3


def _report(dropped: Sequence[Line]) -> list[LeftOut]:
    """Name each running head once, with how often it stood there."""
    groups: dict[str, list[Line]] = {}
    for line in dropped:
        key = "paginanummer" if PAGE_NUMBER.fullmatch(line.text) else shape(line.text)
        groups.setdefault(key, []).append(line)
    return [
        LeftOut(
            group[0].text,
            f"{'paginanummer' if key == 'paginanummer' else REASON} ({len(group)} keer)",
            group[0].number,
        )
        for key, group in groups.items()
    ]
