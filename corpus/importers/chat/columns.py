"""Understand the columns of a table: which holds the question, which the time, which a name."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from corpus.importers.chat.models import ColumnMapping, RawMessage
from corpus.importers.chat.times import parse_moment

ROLES: Final = (
    "text",
    "time",
    "date",
    "sender",
    "email",
    "votes",
    "reactions",
    "answer",
    "status",
    "recipient",
    "private",
    "host",
    "id",
    "reply",
)
_UNITS: Final = re.compile(r"\b(?:utc|cet|cest|gmt|local|lokaal)\b")
_ANSWERED_BY: Final = re.compile(
    r"^(?:answered by|beantwoord door|beantwortet von) [^:]{1,80}:\s*", re.IGNORECASE
)
_LIVE: Final = re.compile(r"live (?:answered|beantwoord|beantwortet)", re.IGNORECASE)


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = files("corpus.importers.chat").joinpath("columns.toml").read_text("utf-8")
    data: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(text)
    return data


def plain(name: object) -> str:
    """Give a header or value in lower case, without accents, marks and units."""
    decomposed = unicodedata.normalize("NFD", str(name if name is not None else "").lower())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", " ", letters)
    return " ".join(_UNITS.sub(" ", words).split())


def values(name: str) -> frozenset[str]:
    """Give the plain values that mean something, such as `answered`."""
    return frozenset(plain(value) for value in _data()["values"][name])


@cache
def _role_by_word() -> Mapping[str, str]:
    roles = _data()["roles"]
    return {plain(word): role for role in reversed(ROLES) for word in roles[role]}


def role_of(name: object) -> str | None:
    """Give what a column or field with this name holds; None when that is not known."""
    return _role_by_word().get(plain(name))


def attendance_hits(cells: Iterable[object]) -> int:
    """Count the cells that stand in attendance reports only."""
    known = {plain(word) for word in _data()["attendance"]["columns"]}
    return sum(plain(cell) in known for cell in cells)


def is_attendance_title(cells: Sequence[object]) -> bool:
    """Tell whether a row is the title of an attendance report."""
    filled = [plain(cell) for cell in cells if plain(cell)]
    titles = {plain(word) for word in _data()["attendance"]["titles"]}
    return bool(filled) and re.sub(r"^\d+ ", "", filled[0]) in titles


def fingerprint(header: Sequence[object]) -> str:
    """Give a short name for a header row: the same words, the same name."""
    words = "\x1f".join(plain(cell) for cell in header).rstrip("\x1f")
    return sha256(words.encode()).hexdigest()[:16]


def nameless(width: int) -> str:
    """Name the tables of so many columns without a header."""
    return f"zonder-kop-{width}"


def map_columns(
    header: Sequence[object], remembered: Mapping[str, Mapping[str, int]] | None = None
) -> ColumnMapping:
    """Give the mapping of a header row: the remembered one, else by the words in it."""
    name = fingerprint(header)
    known = (remembered or {}).get(name)
    if known is not None:
        usable = {r: n for r, n in known.items() if r in ROLES and 0 <= n < len(header)}
        return ColumnMapping(name, usable)
    columns: dict[str, int] = {}
    for number, cell in enumerate(header):
        role = role_of(cell)
        if role is not None and role not in columns:
            columns[role] = number
    return ColumnMapping(name, columns)


def to_message(cells: Mapping[str, Any]) -> RawMessage | None:
    """Turn the cells of a row, by role, into a message; None when there is no text in it."""
    text = _text(cells.get("text"))
    if not text:
        return None
    day, clock = _text(cells.get("date")), _text(cells.get("time"))
    answer = _ANSWERED_BY.sub("", _text(cells.get("answer")))
    live = bool(_LIVE.fullmatch(answer))
    return RawMessage(
        text,
        parse_moment(f"{day} {clock}".strip()) or (clock or day or None),
        _text(cells.get("sender")),
        is_private=is_private(cells),
        id=_text(cells.get("id")),
        reply_to_id=_text(cells.get("reply")),
        reactions=count(cells.get("reactions")),
        votes=count(cells.get("votes")),
        answer="" if live else answer,
        is_answered=bool(answer) or plain(cells.get("status")) in values("answered"),
        from_host=plain(cells.get("host")) in values("host"),
    )


def is_private(cells: Mapping[str, Any]) -> bool:
    """Tell whether a row was not for everyone, by its recipient or its visibility."""
    recipient = cells.get("recipient")
    if recipient is not None and plain(recipient) not in values("everyone"):
        return True
    flag = cells.get("private")
    if flag is None or isinstance(flag, bool):
        return flag is True
    return plain(flag) not in values("public")


def count(value: object) -> int:
    """Give a number of votes or reactions; what is no number counts as none."""
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, list | tuple):  # reactions with, or without, the names of who gave them
        named = [item["names"] for item in value if isinstance(item, Mapping) and "names" in item]
        return sum(len(names) for names in named) + len(value) - len(named)
    found = re.match(r"\s*(\d{1,9})(?:[.,]0+)?\s*$", str(value))
    return int(found[1]) if found else 0


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):  # a nested sender: {"name": ...} or {"displayName": ...}
        names = ("displayName", "name", "text", "content", "user")
        return next((_text(value[name]) for name in names if value.get(name)), "")
    return str(value).strip()
