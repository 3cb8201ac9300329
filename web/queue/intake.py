"""Take chat messages in: store each once, redacted; make cards of the questions in them.

redact -> judge -> store what is new -> group with the cards that ask the same -> one event a card
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.segmentation import MessageKind, Verdict, judge
from corpus.importers.chat import Message
from web.db import Database
from web.models import CardRow, MessageRow, WebinarRow, WordingRow
from web.queue.cards import MACHINE, Actor, Channel, QueueError, State
from web.queue.counting import Count, batches, counts_of
from web.queue.grouping import Asked, group
from web.queue.log import Step, lock_webinar
from web.queue.texts import MAX_TIME, cut, stored_text


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


@dataclass(frozen=True, slots=True)
class _Read:
    """Hold a message, redacted and without its sender's name, with what it is."""

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
        return [Asked(text, kind) for text, kind in zip(verdict.parts, kinds, strict=True)]


def add_messages(
    database: Database,
    webinar_id: int,
    messages: Sequence[Message],
    *,
    actor: Actor = MACHINE,
    private_skipped: int = 0,
) -> Intake:
    """Add messages to a webinar; one whose key is known already only updates its votes.

    `Message.reply_to` is an index in `messages`, as an import gives it. Raises NotFound, and
    QueueError when the webinar is archived.
    """
    read = [_read(message) for message in messages]
    with database.writing() as session:
        webinar = lock_webinar(session, webinar_id)
        if webinar.archived_at is not None:
            raise QueueError("Dit webinar is gearchiveerd. Haal het eerst terug.")
        webinar.private_skipped = max(webinar.private_skipped, private_skipped)
        return _Taking(Step(session, webinar, actor, database.now())).take(read)


def _read(message: Message) -> _Read:
    message = replace(
        message,
        text=stored_text(message.text),
        answer=stored_text(message.answer),
        time=cut(message.time or "", MAX_TIME),
        key=cut(message.key, 80),
        sender="",
    )
    return _Read(message, judge(message.text, from_host=message.from_host))


class _Taking:
    """Take messages in within one transaction."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.session: Session = step.session
        self.webinar: WebinarRow = step.webinar
        self.grown: dict[int, None] = {}
        """Cards whose count may have changed, in the order of the chat."""
        self.fresh: dict[int, CardRow] = {}
        self.placed: dict[int, list[WordingRow]] = {}

    def take(self, read: Sequence[_Read]) -> Intake:
        """Store what is new and turn it into cards."""
        rows = self._known(read)
        updated = sum(self._update(rows[i.message.key], i.message) for i in read if _in(rows, i))
        added = self._add(read, rows)
        self._make_cards(added)
        joining = [row for row, item in added if item.verdict.kind is MessageKind.ME_TOO]
        for row in joining:
            self._join(row)
        self._record()
        kinds = [item.verdict.kind for _, item in added]
        return Intake(
            added=len(added),
            updated=updated,
            new_cards=tuple(self.fresh),
            grown_cards=tuple(card_id for card_id in self.grown if card_id not in self.fresh),
            questions=sum(len(item.verdict.parts) for _, item in added),
            joined=len(joining),
            noise=sum(kind in (MessageKind.NOISE, MessageKind.STATEMENT) for kind in kinds),
        )

    def _known(self, read: Sequence[_Read]) -> dict[str, MessageRow]:
        keys = [item.message.key for item in read]
        found: dict[str, MessageRow] = {}
        for begin in range(0, len(keys), 500):
            wanted = select(MessageRow).where(
                MessageRow.webinar_id == self.webinar.id,
                MessageRow.key.in_(keys[begin : begin + 500]),
            )
            found.update((row.key, row) for row in self.session.scalars(wanted))
        return found

    def _update(self, row: MessageRow, message: Message) -> bool:
        more = message.reactions + message.votes - row.reactions - row.votes
        if (row.reactions, row.votes) == (message.reactions, message.votes):
            return False
        row.reactions, row.votes = message.reactions, message.votes
        wordings = self.session.scalars(select(WordingRow).where(WordingRow.message_id == row.id))
        for wording in wordings:
            wording.joined += more
            self.grown[wording.card_id] = None
        return True

    def _add(
        self, read: Sequence[_Read], rows: dict[str, MessageRow]
    ) -> list[tuple[MessageRow, _Read]]:
        added = []
        for item in read:
            if item.message.key not in rows:
                rows[item.message.key] = self._message(item)
                added.append((rows[item.message.key], item))
        self.session.add_all(row for row, _ in added)
        self.session.flush()
        for row, item in added:
            target = item.message.reply_to
            if target is not None and 0 <= target < len(read):
                row.reply_to_id = rows[read[target].message.key].id
        return added

    def _message(self, item: _Read) -> MessageRow:
        message = item.message
        return MessageRow(
            webinar_id=self.webinar.id,
            key=message.key,
            text=message.text,
            time=message.time or "",
            kind=item.verdict.kind,
            author=message.author,
            reactions=message.reactions,
            votes=message.votes,
            from_host=message.from_host,
            created_at=self.step.now,
        )

    def _make_cards(self, added: Sequence[tuple[MessageRow, _Read]]) -> None:
        parts = [
            (row, item, place, asked)
            for row, item in added
            for place, asked in enumerate(item.parts)
        ]
        if not parts:
            return
        numbers = group(self._wordings(), [asked for *_, asked in parts])
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

    def _wordings(self) -> Mapping[int, list[Asked]]:
        """Give what is asked on each card so far."""
        rows = self.session.execute(
            select(WordingRow.card_id, WordingRow.text, CardRow.kind)
            .join(CardRow, CardRow.id == WordingRow.card_id)
            .where(WordingRow.webinar_id == self.webinar.id)
        )
        found: dict[int, list[Asked]] = {}
        for card_id, text, kind in rows:
            found.setdefault(card_id, []).append(Asked(text, MessageKind(kind)))
        return found

    def _card(self, row: MessageRow, item: _Read, asked: Asked) -> CardRow:
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

    def _join(self, row: MessageRow) -> None:
        """Let a 'sluit me aan' count for what it answers, else for the question before it."""
        wanted = select(WordingRow)
        if row.reply_to_id is not None:
            wanted = wanted.where(WordingRow.message_id == row.reply_to_id)
        else:
            wanted = wanted.join(MessageRow, MessageRow.id == WordingRow.message_id).where(
                WordingRow.webinar_id == self.webinar.id,
                WordingRow.message_id < row.id,
                MessageRow.kind.in_([kind.value for kind in MessageKind if kind.is_question]),
            )
        wording = self.session.scalar(wanted.order_by(WordingRow.id.desc()).limit(1))
        if wording is not None:
            row.joins_id = wording.message_id
            wording.joined += 1
            self.grown[wording.card_id] = None

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


def _in(rows: Mapping[str, MessageRow], item: _Read) -> bool:
    return item.message.key in rows
