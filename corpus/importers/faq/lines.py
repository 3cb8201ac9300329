"""Join the lines of a printed page into running text: wrapped lines, hyphens, broken links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.importers.faq.signals import (
    ANSWER_MARKER,
    BARE_ANSWER_MARKER,
    BARE_QUESTION_MARKER,
    QUESTION_MARKER,
)

_FULL: Final = 0.87
"""A line is full when the next word would bring it beyond this part of the width."""
_URL_TAIL: Final = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
_URL_HEAD: Final = re.compile(r"[a-z0-9][\w%./?=&#~+-]*(?=\s|$|[.,)])", re.IGNORECASE)
_HYPHEN_END: Final = re.compile(r"(?P<left>[^\W\d_]+(?:['’][^\W\d_]+)?)(?P<hyphen>[-‐\u00ad])$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HANGING: Final = frozenset({"en", "of", "en/of", "tot", "maar", "dan", "noch", "resp.", "c.q."})
_KEEPS_HYPHEN: Final = frozenset({"niet", "oud", "ex", "non", "anti", "pro", "semi", "quasi", "e"})
BULLET: Final = re.compile(r"(?P<mark>[•▪◦●○■□▫‣∙·➢✓✔»\-–—*+o])(?:[ \t]+(?P<rest>\S.*)|[ \t]*$)")
ENUMERATOR: Final = re.compile(r"\(?(?P<mark>\d{1,2}|[a-z]|[ivx]{2,4})[.)][ \t]+(?P<rest>\S.*)")
LONE_MARK: Final = re.compile(r"[•▪◦●○■□▫‣∙·➢✓✔»*+–-]|\(?(?:\d{1,2}|[a-z])[.)]")
"""A bullet or number alone on its line; its text is on the next."""
RULE: Final = re.compile(r"(?:[_\-=*~–—·#.][ \t]*){4,}")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a page, with what its look tells."""

    text: str
    number: int = 0
    """Its place: a line of a text, a page of a PDF."""
    space: int = 0
    """Blank lines before it."""
    indent: float = 0
    width: float = 0
    """How far it reaches, in characters."""
    limit: float = 0
    """How far lines around it may reach; 0 when lines are not wrapped."""
    page_start: bool = False
    level: int = 0
    """Of a line in larger type: 1 is the largest; 0 is the size of running text."""
    bold: bool = False
    cells: tuple[str, ...] = ()
    """When the line is a row of a table: its cells."""
    edge: bool = False
    """Whether it stands in the margin at the top or the bottom of its page."""


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Give every word that stands whole on a line; they settle what a hyphen at the end is."""
    words: set[str] = set()
    for line in lines:
        found = _WORD.findall(line.text.casefold())
        words.update(found[:-1] if line.text.endswith(("-", "‐", "\u00ad")) else found)
    return frozenset(words)


def join(texts: Sequence[str], words: frozenset[str]) -> str:
    """Give the running text of wrapped lines."""
    running = ""
    for text in texts:
        running = _attach(running, text, words) if running else text
    return " ".join(running.replace("\u00ad", "").split())


def _attach(running: str, text: str, words: frozenset[str]) -> str:
    if _continues_link(running, text):
        return running + text
    found = None if _URL_TAIL.search(running) else _HYPHEN_END.search(running)
    first = _WORD.match(text)
    if found is None or first is None:
        return f"{running} {text}"
    left, right = found["left"], first[0]
    if text.split()[0].casefold() in _HANGING:
        return f"{running} {text}"
    if found["hyphen"] == "\u00ad" or _is_broken_word(left, right, running, words):
        return running[: found.start("hyphen")] + text
    return running + text


def _is_broken_word(left: str, right: str, running: str, words: frozenset[str]) -> bool:
    """Tell whether a hyphen at the end of a line only broke the word, and belongs to no word."""
    start = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*-$", running)
    stem = start[0][:-1].casefold() if start else left.casefold()
    if f"{stem}-{right}".casefold() in words:
        return False
    if f"{stem}{right}".casefold() in words:
        return True
    if right[0].isupper() or left.isupper() or len(left) == 1 or left.casefold() in _KEEPS_HYPHEN:
        return False
    # Dutch keeps a hyphen between vowels that would be read as one: "auto-onderdeel".
    return f"{left[-1]}{right[0]}".casefold() not in {
        "aa",
        "ee",
        "ei",
        "eu",
        "oo",
        "oe",
        "uu",
        "ie",
    }


def _continues_link(running: str, text: str) -> bool:
    tail = _URL_TAIL.search(running)
    if tail is None or not _URL_HEAD.match(text):
        return False
    head = text.split()[0]
    linked = re.search(r"[/.=&?_%-]", head.rstrip(".,)")) is not None
    if tail[0].endswith(("-", "/", "_", "=", "&", "?", "%", ".")):
        return linked or (tail[0].endswith(("-", "=")) and head[0].islower())
    return "/" in head and "://" not in head


def is_broken(previous: Line, line: Line) -> bool:
    """Tell whether a word or a link runs on from one line to the next."""
    if _URL_TAIL.search(previous.text):
        return _continues_link(previous.text, line.text)
    return _HYPHEN_END.search(previous.text) is not None and line.text[0].isalpha()


def is_full(line: Line, following: Line) -> bool:
    """Tell whether a line ended because the next word did not fit."""
    if not line.limit or line.width > line.limit * 1.3:
        return False
    return line.width + 1 + len(following.text.split()[0]) > line.limit * _FULL


def is_marked(text: str) -> bool:
    """Tell whether a line starts something new by its form: a bullet, a rule, a marker."""
    return bool(
        BULLET.fullmatch(text)
        or LONE_MARK.fullmatch(text)
        or ENUMERATOR.fullmatch(text)
        or RULE.fullmatch(text)
        or QUESTION_MARKER.match(text)
        or ANSWER_MARKER.match(text)
        or BARE_QUESTION_MARKER.fullmatch(text)
        or BARE_ANSWER_MARKER.fullmatch(text)
    )
