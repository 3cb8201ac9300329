"""Read chats that somebody copied from a window: the panel of Zoom, the chat of Teams."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.importers.chat.models import RawChat, RawMessage
from corpus.importers.chat.people import is_name_shaped
from corpus.importers.chat.times import parse_clock, parse_moment

_CLOCK: Final = r"\d{1,2}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY: Final = (
    r"(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|gisteren|vandaag|yesterday|today|gestern|heute|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_PANEL: Final = re.compile(
    rf"(?P<name>\S.{{0,80}}?)(?:\s+(?:to|aan|an)\s+(?P<to>\S.{{0,60}}?))?\s+(?P<clock>{_CLOCK})"
)
_EVERYONE: Final = frozenset({"everyone", "iedereen", "alle", "allen"})
_MOMENT: Final = re.compile(rf"(?:{_DAY},?\s)?{_CLOCK}", re.IGNORECASE)
_BRACKETS: Final = re.compile(
    rf"\[(?P<moment>(?:{_DAY},?\s)?{_CLOCK})\]\s(?P<name>[^:\n]{{1,80}}?)(?::\s(?P<text>.*))?",
    re.IGNORECASE,
)
_TEASER: Final = re.compile(r".*(?:\bby|\bdoor|\bvon)\s(?P<name>.{1,80})")
_TEAMS_NOISE: Final = re.compile(
    r"(?:last read|laatst gelezen|zuletzt gelesen|has context menu|heeft contextmenu|"
    r",? ?has an attachment\.?|\d+ (?:like|heart|laugh|surprised|sad|angry) reactions?\.?|"
    r"(?:edited|bewerkt|bearbeitet)|(?:delivered|sent|seen) ?)",
    re.IGNORECASE,
)
_REACTIONS: Final = re.compile(r"(\d{1,4})(?: \w+ reactions?\.?)?", re.IGNORECASE)
_REPLY_DATE: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4},?\s" + _CLOCK)


@dataclass(slots=True)
class _Block:
    """Hold one message that is being read: who, when, and its lines."""

    name: str
    moment: str | None
    is_private: bool = False
    thread: int | None = None
    lines: list[str] = field(default_factory=list)


def looks_like_panel(text: str) -> bool:
    """Tell whether the text was copied from Zoom's chat panel: `NAME HH:MM AM` above each text."""
    return len(_panel_headers(text.split("\n"))) >= 2


def read_panel(text: str) -> RawChat:
    """Read a copy of Zoom's chat panel; replies stand directly below, without a blank line."""
    lines = text.split("\n")
    headers = _panel_headers(lines)
    messages: list[RawMessage] = []
    orphans: list[int] = []
    thread: int | None = None
    for number, line in enumerate(lines):
        found = headers.get(number)
        if found:
            starts_thread = number == 0 or not lines[number - 1].strip()
            thread = None if starts_thread else thread
            to = (found["to"] or "everyone").lower()
            moment = parse_clock(found["clock"])
            messages.append(
                RawMessage("", moment, found["name"], to not in _EVERYONE, thread=thread)
            )
            thread = len(messages) - 1 if thread is None else thread
        elif messages and line.strip():
            joined = f"{messages[-1].text}\n{line.strip()}".strip()
            messages[-1] = replace(messages[-1], text=joined)
        elif line.strip():
            orphans.append(number + 1)
    return RawChat(tuple(messages), tuple(orphans))


def _panel_headers(lines: list[str]) -> dict[int, re.Match[str]]:
    """Find the header lines: behind a blank line, or with a name that such a line has too."""
    found = {n: match for n, line in enumerate(lines) if (match := _PANEL.fullmatch(line.strip()))}
    filled = {n for n in found if n + 1 < len(lines) and lines[n + 1].strip()}
    sure = {
        n: found[n]
        for n in filled
        if (n == 0 or not lines[n - 1].strip()) and is_name_shaped(found[n]["name"])
    }
    names = {match["name"] for match in sure.values()}
    more = {n: found[n] for n in filled if found[n]["name"] in names or _has_half(found[n])}
    return dict(sorted((sure | more).items())) if sure else {}


def _has_half(match: re.Match[str]) -> bool:
    return match["clock"][-1] in "Mm." and is_name_shaped(match["name"])


def looks_like_teams_copy(text: str) -> bool:
    """Tell whether the text was copied from the chat of Teams, new or old."""
    lines = [line.strip() for line in text.split("\n")]
    return len(_teams_headers(lines)) >= 2


def read_teams_copy(text: str) -> RawChat:
    """Read a copy of a Teams chat: teaser, name and time above each text, reactions below."""
    lines = [line.strip() for line in text.split("\n")]
    headers = _teams_headers(lines)
    blocks: list[_Block] = []
    orphans: list[int] = []
    used = {n for header in headers.values() for n in header[2]}
    for number, line in enumerate(lines):
        if number in headers:
            name, moment, _ = headers[number]
            blocks.append(_Block(name, parse_moment(moment)))
            inline = _BRACKETS.fullmatch(line)
            if inline and inline["text"]:
                blocks[-1].lines.append(inline["text"])
        elif number in used:
            continue
        elif blocks:
            blocks[-1].lines.append(line)
        elif line and not _TEAMS_NOISE.fullmatch(line):
            orphans.append(number + 1)
    messages = tuple(_teams_message(block) for block in blocks)
    return RawChat(tuple(m for m in messages if m.text), tuple(orphans))


def _teams_headers(lines: list[str]) -> dict[int, tuple[str, str, tuple[int, ...]]]:
    """Find the messages: line of the time -> (name, time, lines of the header)."""
    found: dict[int, tuple[str, str, tuple[int, ...]]] = {}
    names: set[str] = set()
    own: list[int] = []
    for number, line in enumerate(lines):
        brackets = _BRACKETS.fullmatch(line)
        if brackets and is_name_shaped(brackets["name"]):
            found[number] = (brackets["name"], brackets["moment"], (number,))
            continue
        if not _MOMENT.fullmatch(line) or number + 1 >= len(lines):
            continue
        before = lines[number - 1] if number else ""
        if before and is_name_shaped(before) and not _REPLY_DATE.fullmatch(line):
            teaser = _TEASER.fullmatch(lines[number - 2]) if number > 1 else None
            used = [number - 1, number]
            if teaser and teaser["name"] == before:
                used.append(number - 2)
            found[number] = (before, line, tuple(used))
            names.add(before)
        elif not before or _TEAMS_NOISE.fullmatch(before):
            own.append(number)
    for number in own:  # own messages have the time before the name
        if lines[number + 1] in names:
            found[number] = (lines[number + 1], lines[number], (number, number + 1))
    return found


def _teams_message(block: _Block) -> RawMessage:
    lines = [line for line in block.lines if not _is_teaser_of_next(line)]
    while lines and not lines[-1]:
        lines.pop()
    reactions = 0
    while lines and (found := _REACTIONS.fullmatch(lines[-1])) and len(lines) > 1:
        reactions += int(found[1])
        lines.pop()
    lines = [line for line in lines if not _TEAMS_NOISE.fullmatch(line)]
    quote = ""
    if len(lines) > 2 and _REPLY_DATE.fullmatch(lines[1]):
        # a quoted reply: name, date and time, what was said there, then the text itself
        quote, lines = lines[2], lines[3:]
    text = "\n".join(line for line in lines if line).strip()
    return RawMessage(text, block.moment, block.name, quote=quote, reactions=reactions)


def _is_teaser_of_next(line: str) -> bool:
    return bool(re.fullmatch(r".{0,80}\.\.\.\s(?:by|door|von)\s.{1,80}", line))
