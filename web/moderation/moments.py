"""Give moments as a Dutch moderator reads them: the time on the clock in the Netherlands."""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Amsterdam")
_MONTHS: Final = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_CLOCK: Final = re.compile(r"(?:^|T)(\d{1,2}):(\d\d)")


def clock(moment: datetime) -> str:
    """Give the time of a moment: '14.05'."""
    local = moment.astimezone(ZONE)
    return f"{local.hour}.{local.minute:02}"


def day(moment: datetime) -> str:
    """Give the day of a moment: '3 mei 2026'."""
    local = moment.astimezone(ZONE)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def chat_clock(time: str) -> str:
    """Give the time that a chat told: of the day, or since the start; '' when there is none.

    A chat's own clock is believed, unless it names its time zone.
    """
    try:
        parsed = datetime.fromisoformat(time)
    except ValueError:
        parsed = None
    if parsed is not None and parsed.tzinfo is not None:
        return clock(parsed)
    found = _CLOCK.search(time)
    return f"{int(found[1])}.{found[2]}" if found else ""


def parse_local(text: str) -> datetime | None:
    """Read what a date and time field gives; None when it is empty or wrong."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return parsed.replace(tzinfo=ZONE).astimezone(UTC)
    except OverflowError:  # the years 1 and 9999
        return None


def wait(seconds: float) -> str:
    """Give a length of time: '1 min 40 s'."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    if hours:
        return f"{hours} uur {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
