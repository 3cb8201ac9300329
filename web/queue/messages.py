"""Store the messages of a chat: each once, redacted, and with a name only if that was chosen."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from assistant.segmentation import MessageKind, Verdict, judge
from corpus.importers.chat import Message
from corpus.validation import fold
from web.models import MessageRow, WordingRow
from web.queue.grouping import Asked
from web.queue.log import Step
from web.queue.texts import MAX_NAME, MAX_TIME, cut, stored_text

LIVE: Final = "live:"
"""How the keys of messages begin that came in one by one, and not in the save of a chat."""


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """Hold a message, redacted, with what it is."""

    message: Message
    verdict: Verdict

    @property
    def parts(self) -> list[Asked]:
        """Give the texts that become wordings; noise too, so that it can be looked at."""
        verdict = self.verdict
        if verdict.kind is MessageKind.ME_TOO or not self.message.text:
            return []
        if not verdict.kind.is_question:
            return [Asked(self.message.text[:500], verdict.kind)]
        kinds = verdict.kinds or (verdict.kind,) * len(verdict.parts)
        answered = self.message.is_answered
        return [
            Asked(text, kind, answered) for text, kind in zip(verdict.parts, kinds, strict=True)
        ]


def read_message(message: Message) -> ReadMessage:
    """Redact a message and judge what it is."""
    message = replace(
        message,
        text=stored_text(message.text),
        answer=stored_text(message.answer),
        time=cut(message.time or "", MAX_TIME),
        key=cut(message.key, 80),
        sender=cut(stored_text(message.sender), MAX_NAME),
    )
    return ReadMessage(message, judge(message.text, from_host=message.from_host))


@dataclass(frozen=True, slots=True)
class Stored:
    """Hold which messages are new, and which cards known ones now count more for."""

    added: tuple[tuple[MessageRow, ReadMessage], ...]
    updated: int
    grown: tuple[int, ...]


def store(step: Step, read: Sequence[ReadMessage], replies: Mapping[str, str]) -> Stored:
    """Store what is new and update the votes of what is known."""
    keys = [item.message.key for item in read]
    rows = _known(step, [*keys, *replies.values()])
    _recognise_live(step, read, rows)
    known = [item.message for item in read if item.message.key in rows]
    for message in known:  # the same chat taken in again, this time with names
        rows[message.key].sender = rows[message.key].sender or message.sender
    changed = [m for m in known if _counts(rows[m.key]) != (m.reactions, m.votes)]
    grown = [
        card_id for message in changed for card_id in _update(step, rows[message.key], message)
    ]
    return Stored(tuple(_add(step, read, rows, replies)), len(changed), tuple(grown))


def _known(step: Step, keys: Sequence[str]) -> dict[str, MessageRow]:
    found: dict[str, MessageRow] = {}
    for begin in range(0, len(keys), 500):
        wanted = select(MessageRow).where(
            MessageRow.webinar_id == step.webinar.id,
            MessageRow.key.in_(keys[begin : begin + 500]),
        )
        found.update((row.key, row) for row in step.session.scalars(wanted))
    return found


def _recognise_live(step: Step, read: Sequence[ReadMessage], rows: dict[str, MessageRow]) -> None:
    """Let the saved chat's messages be those that came in live: by text, each at most once."""
    saved = [
        item.message
        for item in read
        if item.message.key not in rows and not item.message.key.startswith(LIVE)
    ]
    if not saved:
        return
    live = step.session.scalars(
        select(MessageRow)
        .where(MessageRow.webinar_id == step.webinar.id, MessageRow.key.startswith(LIVE))
        .order_by(MessageRow.id)
    )
    waiting: dict[str, deque[MessageRow]] = {}
    for row in live:
        waiting.setdefault(fold(row.text), deque()).append(row)
    for message in saved:
        same = waiting.get(fold(message.text))
        if same:
            rows[message.key] = same.popleft()


def _counts(row: MessageRow) -> tuple[int, int]:
    return row.reactions, row.votes


def _update(step: Step, row: MessageRow, message: Message) -> list[int]:
    """Take over the votes and reactions; give the cards that count for more or less now."""
    more = message.reactions + message.votes - row.reactions - row.votes
    row.reactions, row.votes = message.reactions, message.votes
    wordings = step.session.scalars(select(WordingRow).where(WordingRow.message_id == row.id)).all()
    for wording in wordings:
        wording.joined += more
    return [wording.card_id for wording in wordings]


def _add(
    step: Step,
    read: Sequence[ReadMessage],
    rows: dict[str, MessageRow],
    replies: Mapping[str, str],
) -> list[tuple[MessageRow, ReadMessage]]:
    added = []
    for item in read:
        if item.message.key not in rows:
            rows[item.message.key] = _message(step, item)
            added.append((rows[item.message.key], item))
    step.session.add_all(row for row, _ in added)
    step.session.flush()
    for row, item in added:
        target = item.message.reply_to
        key = replies.get(item.message.key, "")
        if target is not None and 0 <= target < len(read):
            key = read[target].message.key
        if key in rows:
            row.reply_to_id = rows[key].id
    return added


def _message(step: Step, item: ReadMessage) -> MessageRow:
    message = item.message
    return MessageRow(
        webinar_id=step.webinar.id,
        key=message.key,
        text=message.text,
        time=message.time or "",
        kind=item.verdict.kind,
        author=message.author,
        reactions=message.reactions,
        votes=message.votes,
        from_host=message.from_host,
        sender=message.sender,
        created_at=step.now,
    )
