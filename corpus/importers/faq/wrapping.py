"""Tell which lines belong to one paragraph: by their end, start, look and place."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus.importers.faq.lines import BULLET, Line, is_broken, is_full, is_marked
from corpus.importers.faq.signals import (
    LEADER,
    is_address,
    is_labelled,
    is_practical_name,
    is_question,
    is_title,
    sentence_count,
    starts_as_question,
)

_TERMINAL: Final = (".", "!", "?", ":", ";", "…")


def questions_stand_apart(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line follows the questions of this document, as a rule."""
    apart = glued = 0
    for line, following in pairwise(lines):
        if not is_question(line.text) or following.text.endswith("?"):
            continue
        apart += following.space > 0
        glued += following.space == 0
    return apart > glued


def continues(
    so_far: str, previous: Line, line: Line, *, apart: bool, following: Line | None = None
) -> bool:
    """Tell whether a line goes on with the paragraph before it.

    `apart` says that questions stand apart in this document; `following` is the line behind.
    """
    lower = line.text[0].islower()
    broken = is_broken(previous, line)
    if _looks_different(previous, line):
        return False
    if line.space and not (line.page_start and (lower or broken) and not _ends(previous)):
        return False
    if is_marked(line.text) and not (lower and _looks_wrapped(previous, line)):
        return False
    if broken:
        return True
    if is_question(so_far):
        return apart and is_full(previous, line) and not line.text.endswith("?")
    if _starts_apart(previous, line):
        return False
    return lower or _runs_on(so_far, previous, line, apart=apart, following=following)


def _looks_different(previous: Line, line: Line) -> bool:
    """Tell whether the type differs; in titles the size tells, bold or not."""
    looks = [(item.level, item.bold and item.level == 0) for item in (previous, line)]
    return looks[0] != looks[1]


def _starts_apart(previous: Line, line: Line) -> bool:
    """Tell whether a line stands alone by what it is or by what is before it."""
    if previous.text.endswith((":", ";")) and not is_full(previous, line):
        return True
    if _ends(previous) and line.indent > previous.indent:
        return True  # the first line of a paragraph is indented
    texts = (previous.text, line.text)
    return any(is_address(text) or LEADER.search(text) for text in texts)


def _runs_on(
    so_far: str, previous: Line, line: Line, *, apart: bool, following: Line | None
) -> bool:
    """Judge a line that starts with a capital."""
    if _ends(previous) and _is_head(line, following, apart=apart):
        return False
    if is_full(previous, line):
        return True
    asks = starts_as_question(so_far) and line.text.endswith("?")
    return asks and not _ends(previous)


def _is_head(line: Line, following: Line | None, *, apart: bool) -> bool:
    """Tell whether a line that follows a full stop is a title or a question of its own."""
    text = line.text
    if is_practical_name(text) or (is_labelled(text) and is_title(text)):
        return True
    if is_question(text) and sentence_count(text) == 1:
        return not apart
    asked = following is not None and is_question(following.text)
    return asked and is_title(text) and following is not None and not is_full(line, following)


def _ends(line: Line) -> bool:
    return line.text.rstrip("\"'”’)").endswith(_TERMINAL)


def _looks_wrapped(previous: Line, line: Line) -> bool:
    """Tell whether a line that starts as a list item ("a) ", "o ") is running text after all."""
    found = BULLET.fullmatch(line.text)
    if found is not None and found["mark"] in "-–—" and not _ends(previous):
        return line.space == 0 and line.indent <= previous.indent and is_full(previous, line)
    return False
