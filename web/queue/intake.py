"""Take chat messages in: store each once, redacted; make cards of the questions in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.segmentation import MessageKind, Verdict, judge
from corpus.importers.chat import Message
from web.db import Database
from web.models import CardRow, MessageRow, WebinarRow, WordingRow
from web.queue.cards import MACHINE, Actor, State
from web.queue.grouping import group
from web.queue.log import Step, lock_webinar
from web.queue.texts import stored_text


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
    """Hold a message, redacted, with what it is."""

    message: Message
    verdict: Verdict


def add_messages(
    database: Database,
    webinar_id: int,
    messages: Sequence[Message],
    *,
    actor: Actor = MACHINE,
    private_skipped: int = 0,
) -> Intake:
    """Add messages to a webinar; one whose key is known already only updates its votes.

    Raises NotFound. `Message.reply_to` is an index in `messages`, as an import gives it.
    """
    read = [_read(message) for message in messages]
    with database.writing() as session:
        webinar = lock_webinar(session, webinar_id)
        webinar.private_skipped = max(webinar.private_skipped, private_skipped)
        return _Taking(session, webinar, actor, database).take(read)


def _read(message: Message) -> _Read:
    message = replace(message, text=stored_text(message.text), sender="", answer="")
    return _Read(message, judge(message.text))


class _Taking:
    """Take messages in within one transaction."""

    def __init__(
        self, session: Session, webinar: WebinarRow, actor: Actor, database: Database
    ) -> None:
        self.session = session
        self.webinar = webinar
        self.actor = actor
        self.now = database.now()
        self.grown: dict[int, None] = {}
        self.fresh: list[int] = []

    def take(self, read: Sequence[_Read]) -> Intake:
        """Store what is new and turn it into cards."""
        known = self._known(read)
        rows: list[MessageRow] = []
        added: list[tuple[MessageRow, _Read]] = []
        updated = 0
        for item in read:
            row = known.get(item.message.key)
            if row is None:
                row = self._add(item, rows)
                known[item.message.key] = row
                added.append((row, item))
            elif (row.reactions, row.votes) != (item.message.reactions, item.message.votes):
                updated += self._update(row, item.message)
            rows.append(row)
        self.session.flush()
        self._make_cards(added)
        joined = [(r, i) for r, i in added if i.verdict.kind is MessageKind.ME_TOO]
        for row, _item in joined:
            self._join(row)
        self._record_growth()
        return Intake(
            added=len(added),
            updated=updated,
            new_cards=tuple(self.fresh),
            grown_cards=tuple(card for card in self.grown if card not in self.fresh),
            questions=sum(len(item.verdict.parts) for _, item in added),
            joined=len(joined),
            noise=sum(
                item.verdict.kind in (MessageKind.NOISE, MessageKind.STATEMENT) for _, item in added
            ),
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

    def _add(self, item: _Read, before: Sequence[MessageRow]) -> MessageRow:
        message = item.message
        target = message.reply_to
        row = MessageRow(
            webinar_id=self.webinar.id,
            key=message.key,
            text=message.text,
            time=message.time or "",
            kind=item.verdict.kind,
            reply_to_id=None,
            joins_id=None,
            author=message.author,
            reactions=message.reactions,
            votes=message.votes,
            from_host=message.from_host,
            created_at=self.now,
        )
        self.session.add(row)
        self.session.flush()
        if target is not None and 0 <= target < len(before):
            row.reply_to_id = before[target].id
        return row

    def _update(self, row: MessageRow, message: Message) -> bool:
        more = message.reactions + message.votes - row.reactions - row.votes
        row.reactions, row.votes = message.reactions, message.votes
        wordings = self.session.scalars(select(WordingRow).where(WordingRow.message_id == row.id))
        for wording in wordings:
            wording.joined += more
            self.grown[wording.card_id] = None
        return True

    def _make_cards(self, added: Sequence[tuple[MessageRow, _Read]]) -> None:
        parts = [
            (row, item, place, text)
            for row, item in added
            for place, text in enumerate(_parts(item))
        ]
        cards: dict[int, CardRow] = {}
        numbers = group(self._wordings(), [text for *_, text in parts]) if parts else []
        steps: dict[int, Step] = {}
        for (row, item, place, text), number in zip(parts, numbers, strict=True):
            step = None
            if number < 0 and number not in cards:
                cards[number] = self._card(row, item, text)
                self.fresh.append(cards[number].id)
            card_id = cards[number].id if number < 0 else number
            wording = WordingRow(
                webinar_id=self.webinar.id,
                message_id=row.id,
                part=place,
                card_id=card_id,
                text=text,
                time=row.time,
                joined=row.reactions + row.votes,
            )
            self.session.add(wording)
            self.session.flush()
            step = steps.setdefault(card_id, self._step())
            step.place(wording, card_id, is_new=True)
            self.grown[card_id] = None
        self._steps = steps

    def _wordings(self) -> dict[int, list[str]]:
        rows = self.session.execute(
            select(WordingRow.card_id, WordingRow.text).where(
                WordingRow.webinar_id == self.webinar.id
            )
        )
        found: dict[int, list[str]] = {}
        for card_id, text in rows:
            found.setdefault(card_id, []).append(text)
        return found

    def _card(self, row: MessageRow, item: _Read, text: str) -> CardRow:
        is_question = item.verdict.kind.is_question and not row.from_host
        card = CardRow(
            webinar_id=self.webinar.id,
            arrived=self.webinar.last_sequence + 1,
            version=1,
            state=State.NEW if is_question else State.NOISE,
            kind=item.verdict.kind,
            question=text,
            asked=0,
            first_time=row.time,
            draft="",
            answer="",
            channel="",
            reason="",
            changed_at=self.now,
            is_hidden=False,
            created_at=self.now,
        )
        self.session.add(card)
        self.session.flush()
        return card

    def _join(self, row: MessageRow) -> None:
        """Let a 'sluit me aan' count for what it answers, else for the question before it."""
        wanted = select(WordingRow).join(CardRow, CardRow.id == WordingRow.card_id)
        if row.reply_to_id is not None:
            wanted = wanted.where(WordingRow.message_id == row.reply_to_id)
        else:
            wanted = wanted.where(
                WordingRow.webinar_id == self.webinar.id,
                WordingRow.message_id < row.id,
                CardRow.state != State.NOISE,
            )
        wording = self.session.scalar(wanted.order_by(WordingRow.id.desc()).limit(1))
        if wording is not None:
            row.joins_id = wording.message_id
            wording.joined += 1
            self.grown[wording.card_id] = None

    def _record_growth(self) -> None:
        """Write one event for each card that is new or grew."""
        for card_id in self.grown:
            card = self.session.get_one(CardRow, card_id)
            step = self._steps.get(card_id) or self._step()
            asked = count_asked(self.session, card_id)
            if card_id in self.fresh:
                card.asked, card.arrived = asked, step.sequence
                step.arrive(card)
                step.record("arrive", card)
                continue
            step.change(card, asked=asked)
            step.record("grow", card, before=card.state)

    def _step(self) -> Step:
        return Step(self.session, self.webinar, self.actor, self.now)


def count_asked(session: Session, card_id: int) -> int:
    """Give the number of people behind a card."""
    rows = session.scalars(select(WordingRow.joined).where(WordingRow.card_id == card_id)).all()
    return len(rows) + sum(rows)


def _parts(item: _Read) -> tuple[str, ...]:
    """Give the texts of a message that become wordings; noise too, so that it can be looked at."""
    if item.verdict.kind is MessageKind.ME_TOO or not item.message.text:
        return ()
    return item.verdict.parts or (item.message.text[:500],)
