"""Put the questions for the speaker in the moderators' order."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.db import Database
from web.models import CardRow
from web.queue.cards import Act, Done, QueueError, State
from web.queue.log import Step, lock_webinar
from web.queue.performing import event_with_key, locked_card
from web.queue.rows import cards_of, event_of, names_of


class Turn(StrEnum):
    """Name where a question goes on the speaker's list."""

    FIRST = "first"
    EARLIER = "earlier"
    LATER = "later"


def change_turn(database: Database, act: Act, turn: Turn) -> Done:
    """Move one question on the speaker's list: to the front, or past its neighbour.

    `Done.event` is None when it was there already. Raises QueueError for a card that is not on it.
    """
    with database.writing() as session:
        card = locked_card(session, act.card_id)
        now = database.now()
        earlier = event_with_key(session, card.webinar_id, act.key)
        if earlier:
            event = event_of(earlier, names_of(session))
            return Done(cards_of(session, [card], now)[0], event, is_replay=True)
        if card.state != State.SPEAKER:
            raise QueueError("Deze vraag staat niet klaar voor de spreker.")
        line = _line(session, card.webinar_id)
        wanted = _moved(line, card, turn)
        if wanted == line:
            return Done(cards_of(session, [card], now)[0], None)
        step = Step(session, lock_webinar(session, card.webinar_id), act.actor, now)
        for place, row in enumerate(wanted, start=1):
            step.change(row, speaker_place=place)
        made = step.record("order", card, before=card.state, key=act.key)
        return Done(cards_of(session, [card], now)[0], event_of(made, names_of(session)))


def _moved(line: Sequence[CardRow], card: CardRow, turn: Turn) -> list[CardRow]:
    at = line.index(card)
    to = {Turn.FIRST: 0, Turn.EARLIER: max(0, at - 1), Turn.LATER: at + 1}[turn]
    others = [row for row in line if row is not card]
    return [*others[:to], card, *others[to:]]


def _line(session: Session, webinar_id: int) -> list[CardRow]:
    return list(
        session.scalars(
            select(CardRow)
            .where(CardRow.webinar_id == webinar_id, CardRow.state == State.SPEAKER)
            .order_by(CardRow.speaker_place, CardRow.id)
        )
    )
