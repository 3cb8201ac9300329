"""Know the Dutch word patterns that tell a question from other chat.

The patterns are data (data/cues.toml). Those of a clause are tried on every clause of a sentence,
those of a message on a sentence or a whole message; all on normalised text.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "data" / "cues.toml"
_PART: Final = re.compile(r"<(\w+)>")
_CLAUSE_BREAK: Final = re.compile(r"[,;:()–]\s+|\s-+\s|\s(?=(?:maar|dus|want)\s)")

Patterns = Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1024)
def message_cues(text: str) -> tuple[str, ...]:
    """Give the names of the message cues in a normalised text.

    Remembered: a message of one sentence is looked at as a whole, as a sentence and as a piece.
    """
    return tuple(name for name, pattern in patterns("message").items() if pattern.search(text))


@lru_cache(maxsize=1024)
def clause_cues(text: str) -> tuple[str, ...]:
    """Give each clause cue of a normalised sentence, with where it stood: first or later clause,
    in a sentence with or without a question mark.
    """
    return tuple(_clause_cues(text))


def _clause_cues(text: str) -> Iterator[str]:
    marked = "?" if "?" in text else "."
    for number, clause in enumerate(_CLAUSE_BREAK.split(text)):
        if not clause or not clause.strip():
            continue
        place = "later" if number else "first"
        for name, pattern in patterns("clause").items():
            if pattern.search(clause):
                yield f"{name} {place}"
                yield f"{name} {marked}"


def asks(text: str) -> bool:
    """Tell whether a normalised sentence is a question by its form alone: the rule of thumb."""
    cues = patterns("message")
    if cues["tag"].search(text) or cues["short question"].match(text):
        return False
    if cues["exclamation"].match(text) and "?" not in text:
        return False
    rule = patterns("rule")
    return bool(
        "?" in text or rule["plain question"].match(text) or rule["hidden question"].search(text)
    )


@cache
def patterns(table: str) -> Patterns:
    """Give the compiled patterns of one table of cues.toml, in its order."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    parts = {name: _joined(value) for name, value in data["parts"].items()}
    flags = re.IGNORECASE if table == "split" else re.NOFLAG
    return {
        name: re.compile(_filled(_joined(value), parts), flags)
        for name, value in data[table].items()
    }


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda found: parts[found[1]], pattern)
    return pattern
