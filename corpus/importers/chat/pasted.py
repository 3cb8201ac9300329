"""Read pasted text: one message a line, with a time or a name before it if most lines have that."""

import re
from collections import Counter
from typing import Final

from corpus.importers.chat.models import RawChat, RawMessage
from corpus.importers.chat.people import is_name_shaped
from corpus.importers.chat.times import parse_clock

_TIMED: Final = re.compile(r"\[?(?P<clock>\d{1,2}:\d\d(?::\d\d)?)\]?\s+[-–]?\s*(?P<rest>\S.*)")
_NAMED: Final = re.compile(r"(?P<name>[^:?!.\n]{2,40}):\s+(?P<text>\S.*)")
_BULLET: Final = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+(?=\S)")


def read_pasted(text: str) -> RawChat:
    """Read each line as a message; a list's bullets and numbers are left out."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    times: list[str | None] = [None] * len(lines)
    timed = [_TIMED.fullmatch(line) for line in lines]
    if lines and sum(match is not None for match in timed) >= 0.9 * len(lines):
        times = [parse_clock(match["clock"]) if match else None for match in timed]
        lines = [match["rest"] if match else line for match, line in zip(timed, lines, strict=True)]
    names = [""] * len(lines)
    named = [_NAMED.fullmatch(line) for line in lines]
    if _are_names([match["name"] for match in named if match], len(lines)):
        names = [match["name"] if match else "" for match in named]
        lines = [match["text"] if match else line for match, line in zip(named, lines, strict=True)]
    if lines and sum(_BULLET.match(line) is not None for line in lines) >= 0.8 * len(lines):
        lines = [_BULLET.sub("", line, count=1) for line in lines]
    rows = zip(lines, times, names, strict=True)
    return RawChat(tuple(RawMessage(line, time, name) for line, time, name in rows))


def _are_names(found: list[str], lines: int) -> bool:
    """Tell whether what stands before the colons are senders: on most lines, and some again."""
    if lines < 3 or len(found) < 0.8 * lines:
        return False
    shaped = sum(is_name_shaped(name) for name in found)
    return shaped >= 0.9 * len(found) and (len(Counter(found)) < len(found) or shaped == len(found))
