"""Read the dates and times of exports, in the notations that they use."""

import re
from datetime import UTC, date, datetime, time
from typing import Final

_DATE: Final = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"
    r"|(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?!\d)"
)
_TIME: Final = re.compile(
    r"(?<!\d)(?P<h>\d{1,2})[:.](?P<min>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"\s?(?P<half>[AaPp]\.?[Mm]\.?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_FOLDER_DATE: Final = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")


def parse_moment(text: str, *, month_first: bool = False) -> str | None:
    """Give ISO 8601 for a date and time, or for one of both; None when there is none in it."""
    found = _DATE.search(text)
    day = _day(found, month_first=month_first or _is_american(text, found)) if found else None
    rest = text[found.end() :].lstrip("-T, ") if found else text
    clock = parse_clock(rest)
    if day is None:
        return clock
    return f"{day.isoformat()}T{clock}" if clock else day.isoformat()


def parse_clock(text: str) -> str | None:
    """Give HH:MM:SS, with its zone where it has one, for a time of day."""
    found = _TIME.search(text)
    if found is None:
        return None
    hour = int(found["h"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "Pp" else 0)
    try:
        moment = time(hour, int(found["min"]), int(found["s"] or 0))
    except ValueError:
        return None
    zone = found["zone"] or ""
    return moment.isoformat() + ("Z" if zone in ("UTC", "GMT") else zone)


def with_date(clock: str | None, day: date | None) -> str | None:
    """Complete a time of day with the day of the webinar, if that is known."""
    if clock is None or day is None or "T" in clock:
        return clock
    return f"{day.isoformat()}T{clock}"


def date_in_name(name: str) -> date | None:
    """Give the date in a name, as Zoom writes it on its folders: `2026-02-05 10.00.00 Title`."""
    found = _FOLDER_DATE.search(name)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def from_microseconds(value: int) -> str | None:
    """Give ISO 8601 in UTC for microseconds since 1970."""
    try:
        return datetime.fromtimestamp(value / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return None


def from_offset(milliseconds: int) -> str:
    """Give the time since the start as HH:MM:SS, with a minus before what came earlier."""
    seconds = abs(milliseconds) // 1000
    sign = "-" if milliseconds < 0 else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _is_american(text: str, found: re.Match[str]) -> bool:
    """Tell whether a day/month pair is month first: with slashes and AM or PM, or day over 12."""
    if found["a"] is None:
        return False
    if int(found["b"]) > 12:
        return True
    half = _TIME.search(text, found.end())
    return found["sep"] == "/" and half is not None and half["half"] is not None


def _day(found: re.Match[str], *, month_first: bool) -> date | None:
    if found["y"]:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    else:
        day, month = int(found["a"]), int(found["b"])
        if (month_first and day <= 12) or month > 12:
            day, month = month, day
        year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        return date(year, month, day)
    except ValueError:
        return None
