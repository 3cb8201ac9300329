"""Read what Zoom writes inside a message: which message it replies to, and who reacted."""

import re
from functools import cache
from typing import Final, NamedTuple

from corpus.importers.chat.emoji import is_only_emoji
from corpus.importers.chat.people import is_name_shaped
from corpus.importers.chat.zoom import zoom_words

_OPEN: Final = '["“„]'
_CLOSE: Final = '["”“]'
_DOTS: Final = r"(?:\.\.\.|…)"


class Quote(NamedTuple):
    """Hold the start of a message that is replied to, and the text of the reply itself."""

    start: str
    is_cut: bool
    text: str


class Reaction(NamedTuple):
    """Hold a reaction that stands as a message of its own: the start of its target, +1 or -1."""

    start: str
    is_cut: bool
    change: int


def _any(role: str) -> str:
    return "|".join(re.escape(word) for word in zoom_words(role))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the patterns for a quote with its text below, one with text behind, and reactions."""
    replying = rf"(?:{_any('replying')})\s+{_OPEN}"
    cut = rf"(?P<cut>{_DOTS})?{_CLOSE}"
    below = re.compile(rf"{replying}(?P<start>.*?){cut}:?[ \t]*(?:\n|$)", re.S)
    behind = re.compile(
        rf"{replying}(?P<start>[^\n]{{0,120}}?)"
        rf"(?:(?P<cut>{_DOTS}){_CLOSE}:?|{_CLOSE}:?(?=\s))[ \t]*"
    )
    reacted = re.compile(
        rf"(?:{_any('reacted')})\s+{_OPEN}(?P<start>.*?){cut}\s+"
        rf"(?:{_any('reacted_with')})\s+(?P<emoji>\S{{1,16}})",
        re.S,
    )
    removed = re.compile(
        rf"(?:{_any('removed')})\s+(?P<emoji>\S{{1,16}})\s+(?:{_any('removed_from')})\s+"
        rf"{_OPEN}(?P<start>.*?){cut}",
        re.S,
    )
    return below, behind, reacted, removed


def split_quote(text: str) -> Quote | None:
    """Part a reply into the quote and its own text; None when the message is no reply."""
    first, newline, _ = text.partition("\n")
    below, behind, _, _ = _patterns()
    found = below.match(text) if newline or first.rstrip().endswith((":", '"')) else None
    found = found or behind.match(text)
    if found is None:
        return None
    return Quote(found["start"], bool(found["cut"]), text[found.end() :].strip())


def reaction_in(text: str) -> Reaction | None:
    """Read a message that only tells that somebody reacted; None for any other message."""
    _, _, reacted, removed = _patterns()
    for pattern, change in ((reacted, 1), (removed, -1)):
        found = pattern.fullmatch(text.strip())
        if found and is_only_emoji(found["emoji"]):
            return Reaction(found["start"], bool(found["cut"]), change)
    return None


def split_reaction_lines(text: str, names: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Part a message from the lines `Name, Name2:EMOJI` below it; gives the text and those lines.

    A text may itself end in a colon and an emoji ('dank jullie wel:🙏'), so the first line is
    always text, and a line counts only when what stands before the colon are names.
    """
    lines = text.split("\n")
    end = len(lines)
    while end > 1 and _is_reaction_line(lines[end - 1], names):
        end -= 1
    return "\n".join(lines[:end]).rstrip(), tuple(lines[end:])


def reactors(line: str) -> int:
    """Count the names on a reaction line."""
    return len([name for name in line.rpartition(":")[0].split(", ") if name.strip()])


def _is_reaction_line(line: str, names: frozenset[str]) -> bool:
    people, colon, emoji = line.rpartition(":")
    if not colon or not is_only_emoji(emoji):
        return False
    parts = [part.strip() for part in people.split(", ")]
    return all(part in names or is_name_shaped(part) for part in parts)


class StartIndex:
    """Find the message that a quote belongs to, by its start; of several the last one."""

    _WIDTH: Final = 8

    def __init__(self) -> None:
        self._by_start: dict[str, list[tuple[int, str]]] = {}

    def add(self, place: int, text: str) -> None:
        """Add a message under its place."""
        plain = " ".join(text.split())
        self._by_start.setdefault(plain[: self._WIDTH], []).append((place, plain))

    def find(self, start: str, *, is_cut: bool) -> int | None:
        """Give the place of the last message that starts so, or None."""
        plain = " ".join(start.split())
        if not plain:
            return None
        bucket = self._by_start.get(plain[: self._WIDTH], [])
        if not is_cut:
            for place, text in reversed(bucket):
                if text == plain:
                    return place
        for place, text in reversed(bucket):
            if text.startswith(plain):
                return place
        return None
