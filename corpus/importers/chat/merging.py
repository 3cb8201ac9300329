"""Add a longer or later save of a chat to what was imported before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.importers.chat.models import Message


@dataclass(frozen=True, slots=True)
class Merge:
    """Hold all messages after a merge, and which of them are new or have changed."""

    messages: tuple[Message, ...]
    """Those of before, in their order, then the new ones; numbered again from 0."""
    added: tuple[Message, ...]
    updated: tuple[Message, ...]
    """Known messages that got other votes, reactions or an answer."""


def merge(before: Sequence[Message], later: Sequence[Message]) -> Merge:
    """Give the messages of two saves of one chat, each message once.

    What is gone from the later save stays: a message that was answered must not disappear.
    """
    place_of = {message.key: place for place, message in enumerate(before)}
    new = [message for message in later if message.key not in place_of]
    for message in new:
        place_of[message.key] = len(place_of)
    merged = list(before)
    updated: list[int] = []
    for message in later:
        place = place_of[message.key]
        placed = _placed(message, place, later, place_of)
        if place >= len(merged):
            merged.append(placed)
        elif _counts(merged[place]) != _counts(placed):
            sender = merged[place].sender or placed.sender
            merged[place] = replace(placed, author=merged[place].author, sender=sender)
            updated.append(place)
    return Merge(
        tuple(merged),
        tuple(merged[len(before) :]),
        tuple(merged[place] for place in updated),
    )


def _counts(message: Message) -> tuple[int, int, str, bool]:
    return message.reactions, message.votes, message.answer, message.is_answered


def _placed(
    message: Message, place: int, later: Sequence[Message], place_of: dict[str, int]
) -> Message:
    """Give the message with the numbers of the merged chat."""
    target = message.reply_to
    if target is None or not 0 <= target < len(later):
        return replace(message, index=place, reply_to=None)
    return replace(message, index=place, reply_to=place_of[later[target].key])
