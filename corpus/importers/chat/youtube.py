"""Read the live chat of a YouTube stream, as yt-dlp saves it: one JSON object a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from corpus.importers.chat.models import RawChat, RawMessage
from corpus.importers.chat.times import from_microseconds, from_offset

_MARK: Final = '"replayChatItemAction"'
_MESSAGES: Final = ("liveChatTextMessageRenderer", "liveChatPaidMessageRenderer")
_HOST_BADGES: Final = frozenset({"OWNER", "MODERATOR"})


def looks_like_youtube(text: str) -> bool:
    """Tell whether the text holds lines of a live chat."""
    return _MARK in text[:20_000] or '"addChatItemAction"' in text[:20_000]


def read_youtube(text: str) -> RawChat:
    """Read the text and paid messages; announcements, memberships and stickers are passed over."""
    messages: list[RawMessage] = []
    orphans: list[int] = []
    skipped = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            orphans.append(number)
            continue
        found = list(_items(row)) if isinstance(row, dict) else []
        read = [message for item, offset in found if (message := _message(item, offset))]
        messages += read
        skipped += len(found) - len(read)
    return RawChat(tuple(messages), tuple(orphans), skipped=skipped)


def _items(row: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], int | None]]:
    """Yield each chat item of a line, with its offset in milliseconds."""
    replay = _table(row.get("replayChatItemAction")) or row
    offset = _number(replay.get("videoOffsetTimeMsec"))
    actions = replay.get("actions")
    for action in actions if isinstance(actions, list) else [replay]:
        item = _table(_table(_table(action).get("addChatItemAction")).get("item"))
        if item:
            yield item, offset


def _message(item: Mapping[str, Any], offset: int | None) -> RawMessage | None:
    for name in _MESSAGES:
        renderer = _table(item.get(name))
        if not renderer:
            continue
        text = "".join(_runs(_table(renderer.get("message"))))
        if not text.strip():
            return None
        stamp = _number(renderer.get("timestampUsec"))
        moment = from_microseconds(stamp) if stamp is not None else None
        if moment is None and offset is not None:
            moment = from_offset(offset)
        return RawMessage(
            text.strip(),
            moment,
            str(_table(renderer.get("authorName")).get("simpleText") or ""),
            id=str(renderer.get("id") or ""),
            from_host=_has_host_badge(renderer.get("authorBadges")),
        )
    return None


def _runs(message: Mapping[str, Any]) -> Iterator[str]:
    runs = message.get("runs")
    for run in runs if isinstance(runs, list) else []:
        run = _table(run)
        emoji = _table(run.get("emoji"))
        if isinstance(run.get("text"), str):
            yield run["text"]
        elif emoji:
            yield _emoji(emoji)
    if isinstance(message.get("simpleText"), str):
        yield message["simpleText"]


def _emoji(emoji: Mapping[str, Any]) -> str:
    """Give a standard emoji itself, and a channel's own as its shortcut."""
    code = str(emoji.get("emojiId") or "")
    if code and len(code) < 12 and not code.isascii():
        return code
    shortcuts = emoji.get("shortcuts")
    return f" {shortcuts[0]} " if isinstance(shortcuts, list) and shortcuts else ""


def _has_host_badge(badges: object) -> bool:
    for badge in badges if isinstance(badges, list) else []:
        renderer = _table(_table(badge).get("liveChatAuthorBadgeRenderer"))
        if _table(renderer.get("icon")).get("iconType") in _HOST_BADGES:
            return True
    return False


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
