"""Take chat messages in: store each once, redacted; make cards of the questions in them.

redact -> judge -> store what is new -> group with the cards that ask the same -> one event a card
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.segmentation import MessageKind
from corpus.importers.chat import Message
from web.db import Database
from web.models import CardRow, MessageRow, WebinarRow, WordingRow
from web.queue.cards import MACHINE, Actor, Channel, QueueError, State
from web.queue.counting import Count, batches, counts_of
from web.queue.grouping import Asked, Grouping
from web.queue.log import Step, lock_webinar
from web.queue.messages import ReadMessage, read_message, store

Place = Callable[[Sequence[Asked]], list[int]]
_QUESTIONS: Final = frozenset(kind.value for kind in MessageKind if kind.is_question)


@dataclass(frozen=True, slots=True)
class Intake:
    """Hold what came of a number of messages."""

    added: int
    """Messages that were not there yet."""
    updated: int
    """Known messages that got other votes or reactions."""
    new_cards: tuple[int, ...]
    grown_cards: tuple[int, ...]
    """Cards that were there and are asked by more people now."""
    questions: int
    joined: int
    """'Sluit me aan' messages."""
    noise: int


def add_messages(
    database: Database,
    webinar_id: int,
    messages: Sequence[Message],
    *,
    actor: Actor = MACHINE,
    private_skipped: int = 0,
    more_private: int = 0,
    replies: Mapping[str, str] | None = None,
    keep_names: bool = False,
    grouping: Grouping | None = None,
) -> Intake:
    """Add messages to a webinar; one whose key is known already only updates its votes.

    `Message.reply_to` is an index in `messages`, as an import gives it; `replies` maps a message's
    key to that of an earlier one. `private_skipped` is the number in a whole chat, `more_private`
    adds to it. Without `grouping` only equal words share a card. Raises NotFound, and QueueError
    when the webinar is archived.
    """
    if not keep_names:
        messages = [replace(message, sender="") for message in messages]
    read = [read_message(message) for message in messages]
    grouping = grouping or Grouping()
    questions = grouping.read([asked for item in read for asked in item.parts])
    with database.writing() as session:
        webinar = lock_webinar(session, webinar_id)
        if webinar.archived_at is not None:
            raise QueueError("Dit webinar is gearchiveerd. Haal het eerst terug.")
        webinar.private_skipped = max(webinar.private_skipped, private_skipped) + more_private
        step = Step(session, webinar, actor, database.now())

        def place(asked: Sequence[Asked]) -> list[int]:
            return grouping.place(session, webinar_id, asked, questions)

        return _Taking(step, replies or {}, place).take(read)


class _Taking:
    """Take messages in within one transaction."""

    def __init__(self, step: Step, replies: Mapping[str, str], place: Place) -> None:
        self.step = step
        self.place = place
        self.replies = replies
        self.session: Session = step.session
        self.webinar: WebinarRow = step.webinar
        self.grown: dict[int, None] = {}
        """Cards whose count may have changed, in the order of the chat."""
        self.fresh: dict[int, CardRow] = {}
        self.placed: dict[int, list[WordingRow]] = {}

    def take(self, read: Sequence[ReadMessage]) -> Intake:
        """Store what is new and turn it into cards."""
        stored = store(self.step, read, self.replies)
        added = stored.added
        self.grown.update(dict.fromkeys(stored.grown))
        self._make_cards(added)
        joined = self._join([row for row, _ in added])
        self._record()
        kinds = [item.verdict.kind for _, item in added]
        return Intake(
            added=len(added),
            updated=stored.updated,
            new_cards=tuple(self.fresh),
            grown_cards=tuple(card_id for card_id in self.grown if card_id not in self.fresh),
            questions=sum(len(item.verdict.parts) for _, item in added),
            joined=joined,
            noise=sum(kind in (MessageKind.NOISE, MessageKind.STATEMENT) for kind in kinds),
        )

    def _make_cards(self, added: Sequence[tuple[MessageRow, ReadMessage]]) -> None:
        parts = [
            (row, item, place, asked)
            for row, item in added
            for place, asked in enumerate(item.parts)
        ]
        if not parts:
            return
        numbers = self.place([asked for *_, asked in parts])
        cards: dict[int, CardRow] = {}
        for (row, item, _, asked), number in zip(parts, numbers, strict=True):
            if number < 0 and number not in cards:
                cards[number] = self._card(row, item, asked)
        self.session.add_all(cards.values())
        self.session.flush()
        self.fresh = {card.id: card for card in cards.values()}
        for (row, _, place, asked), number in zip(parts, numbers, strict=True):
            card_id = cards[number].id if number < 0 else number
            self.placed.setdefault(card_id, []).append(self._wording(row, place, asked, card_id))
            self.grown[card_id] = None
        self.session.add_all(row for rows in self.placed.values() for row in rows)
        self.session.flush()

    def _card(self, row: MessageRow, item: ReadMessage, asked: Asked) -> CardRow:
        answered = item.message.is_answered and asked.kind.is_question
        state = State.NEW if asked.kind.is_question else State.NOISE
        channel = Channel.TEXT if item.message.answer else Channel.LIVE
        return CardRow(
            webinar_id=self.webinar.id,
            arrived=0,
            version=1,
            state=State.ANSWERED if answered else state,
            kind=asked.kind,
            question=asked.text,
            asked=0,
            first_time=row.time,
            draft="",
            answer=item.message.answer if answered else "",
            channel=channel if answered else "",
            reason="",
            changed_at=self.step.now,
            answered_for=1 if answered else 0,
            is_hidden=False,
            created_at=self.step.now,
        )

    def _wording(self, row: MessageRow, place: int, asked: Asked, card_id: int) -> WordingRow:
        return WordingRow(
            webinar_id=self.webinar.id,
            message_id=row.id,
            part=place,
            card_id=card_id,
            text=asked.text,
            time=row.time,
            joined=row.reactions + row.votes,
        )

    def _join(self, added: Sequence[MessageRow]) -> int:
        """Let each 'sluit me aan' count for what it answers, else for the question before it."""
        joining = [row for row in added if row.kind == MessageKind.ME_TOO]
        if not joining:
            return 0
        wordings = {row.message_id: row for rows in self.placed.values() for row in rows}
        wordings |= self._answered_by(joining)
        last = self._last_question(joining[0].id)
        for row in added:
            if row.kind in _QUESTIONS:
                last = wordings.get(row.id, last)
            elif row.kind == MessageKind.ME_TOO:
                target = wordings.get(row.reply_to_id) if row.reply_to_id else last
                self._count_in(row, target)
        return len(joining)

    def _answered_by(self, joining: Sequence[MessageRow]) -> dict[int, WordingRow]:
        """Give the last question of each message that is replied to."""
        found: dict[int, WordingRow] = {}
        for some in batches({row.reply_to_id for row in joining if row.reply_to_id}):
            rows = self.session.scalars(
                select(WordingRow).where(WordingRow.message_id.in_(some)).order_by(WordingRow.id)
            )
            found |= {row.message_id: row for row in rows}
        return found

    def _last_question(self, before: int) -> WordingRow | None:
        return self.session.scalar(
            select(WordingRow)
            .join(MessageRow, MessageRow.id == WordingRow.message_id)
            .where(
                WordingRow.webinar_id == self.webinar.id,
                WordingRow.message_id < before,
                MessageRow.kind.in_(_QUESTIONS),
            )
            .order_by(WordingRow.id.desc())
            .limit(1)
        )

    def _count_in(self, row: MessageRow, target: WordingRow | None) -> None:
        if target is not None:
            row.joins_id = target.message_id
            target.joined += 1
            self.grown[target.card_id] = None

    def _record(self) -> None:
        """Write one event for each card that is new or grew."""
        self.session.flush()
        counts = counts_of(self.session, self.grown)
        for card in self._cards(self.grown):
            for wording in self.placed.get(card.id, ()):
                self.step.place(wording, card.id, is_new=True)
            if card.id in self.fresh:
                self._arrive(card, counts[card.id])
                continue
            self.step.change(card, asked=counts[card.id].asked)
            self.step.record("grow", card, before=card.state)

    def _arrive(self, card: CardRow, count: Count) -> None:
        card.asked, card.arrived = count.asked, self.step.sequence
        self.step.arrive(card)
        self.step.record("arrive", card)

    def _cards(self, card_ids: Mapping[int, None]) -> Iterator[CardRow]:
        for some in batches(card_ids):
            rows = self.session.scalars(select(CardRow).where(CardRow.id.in_(some)))
            found = {row.id: row for row in rows}
            yield from (found[card_id] for card_id in some)
