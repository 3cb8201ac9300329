"""Read the queue: cards, counts, wordings, events, the speaker's list and the public page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, func, or_, select

from corpus.validation import fold
from web.db import Database
from web.models import CardRow, EventRow, MessageRow, WebinarRow, WordingRow
from web.queue.cards import (
    ASIDE,
    OPEN,
    Actor,
    Card,
    Channel,
    Event,
    Filter,
    NotFound,
    Order,
    State,
    Wording,
)
from web.queue.rows import cards_of, event_of, names_of


def list_cards(
    database: Database,
    webinar_id: int,
    which: Filter = Filter.OPEN,
    *,
    actor: Actor | None = None,
    search: str = "",
    order: Order = Order.NEWEST,
    until: int | None = None,
    limit: int = 200,
    offset: int = 0,
) -> list[Card]:
    """Give a part of the queue in an order; the speaker's part is in the speaker's.

    `until` leaves out cards that arrived after that event: they wait behind 'nieuwe vragen'.
    """
    with database.reading() as session:
        now = database.now()
        wanted = select(CardRow).where(*_conditions(webinar_id, which, actor, now))
        if until is not None:
            wanted = wanted.where(CardRow.arrived <= until)
        for word in search.split()[:10]:
            wanted = wanted.where(_holds(word))
        rows = session.scalars(
            wanted.order_by(*_order(which, order)).limit(limit).offset(offset)
        ).all()
        return cards_of(session, rows, now)


def count_cards(
    database: Database, webinar_id: int, *, actor: Actor | None = None, until: int | None = None
) -> dict[Filter, int]:
    """Give the number of cards behind each filter."""
    with database.reading() as session:
        now = database.now()
        counts = {}
        for which in Filter:
            wanted = (
                select(func.count())
                .select_from(CardRow)
                .where(*_conditions(webinar_id, which, actor, now))
            )
            if until is not None:
                wanted = wanted.where(CardRow.arrived <= until)
            counts[which] = session.scalar(wanted) or 0
        return counts


def count_waiting(database: Database, webinar_id: int, since: int) -> int:
    """Give the number of open cards that arrived after an event ('5 nieuwe vragen')."""
    with database.reading() as session:
        wanted = (
            select(func.count())
            .select_from(CardRow)
            .where(*_conditions(webinar_id, Filter.OPEN, None, database.now()))
            .where(CardRow.arrived > since)
        )
        return session.scalar(wanted) or 0


def get_card(database: Database, card_id: int) -> Card:
    """Give a card; raises NotFound."""
    with database.reading() as session:
        row = session.get(CardRow, card_id)
        if row is None:
            raise NotFound(f"card {card_id}")
        return cards_of(session, [row], database.now())[0]


def get_cards(database: Database, card_ids: Sequence[int]) -> list[Card]:
    """Give cards by id; what is gone is left out."""
    with database.reading() as session:
        rows = session.scalars(select(CardRow).where(CardRow.id.in_(card_ids)).order_by(CardRow.id))
        return cards_of(session, rows.all(), database.now())


def list_wordings(database: Database, card_id: int) -> list[Wording]:
    """Give the ways in which a card's question was asked, first one first, equal ones together."""
    with database.reading() as session:
        rows = session.execute(
            select(WordingRow, MessageRow.sender)
            .join(MessageRow, MessageRow.id == WordingRow.message_id)
            .where(WordingRow.card_id == card_id)
            .order_by(WordingRow.id)
        )
        groups: dict[str, list[WordingRow]] = {}
        askers: dict[str, dict[str, None]] = {}
        for row, sender in rows:
            groups.setdefault(fold(row.text), []).append(row)
            askers.setdefault(fold(row.text), {})[sender] = None
    return [
        Wording(
            same[0].id,
            same[0].text,
            same[0].time,
            len(same),
            sum(row.joined for row in same),
            tuple(row.id for row in same),
            tuple(name for name in askers[folded] if name),
        )
        for folded, same in groups.items()
    ]


def events_since(
    database: Database, webinar_id: int, sequence: int, limit: int = 500
) -> list[Event]:
    """Give the events after a number, in order; the next page starts after the last one's."""
    with database.reading() as session:
        rows = session.scalars(
            select(EventRow)
            .where(EventRow.webinar_id == webinar_id, EventRow.sequence > sequence)
            .order_by(EventRow.sequence)
            .limit(limit)
        ).all()
        names = names_of(session)
        return [event_of(row, names) for row in rows]


def last_sequence(database: Database, webinar_id: int) -> int:
    """Give the number of the last event; raises NotFound for a webinar that is not there."""
    with database.reading() as session:
        found = session.scalar(select(WebinarRow.last_sequence).where(WebinarRow.id == webinar_id))
    if found is None:
        raise NotFound(f"webinar {webinar_id}")
    return found


def history(database: Database, card_id: int) -> list[Event]:
    """Give what happened to a card: who, when, from, to."""
    with database.reading() as session:
        rows = session.scalars(
            select(EventRow)
            .where(EventRow.card_id == card_id)
            .order_by(EventRow.webinar_id, EventRow.sequence)
        ).all()
        names = names_of(session)
        return [event_of(row, names) for row in rows]


def present_moderators(database: Database, webinar_id: int) -> list[Actor]:
    """Give who holds a claim or acted in the last five minutes ('Jij en Anna modereren')."""
    with database.reading() as session:
        moment = database.now() - timedelta(minutes=5)
        wanted = select(EventRow.actor_id).where(
            EventRow.webinar_id == webinar_id, EventRow.at >= moment
        )
        ids = set(session.scalars(wanted))
        names = names_of(session)
        return sorted(
            (Actor(i, name) for i, name in names.items() if i in ids), key=lambda a: a.name
        )


def _order(which: Filter, order: Order) -> tuple[UnaryExpression[Any], ...]:
    if which is Filter.SPEAKER:
        return CardRow.speaker_place.asc(), CardRow.id.asc()
    if order is Order.OLDEST:
        return CardRow.arrived.asc(), CardRow.id.asc()
    newest = CardRow.arrived.desc(), CardRow.id.desc()
    return (CardRow.asked.desc(), *newest) if order is Order.MOST_ASKED else newest


def _conditions(
    webinar_id: int, which: Filter, actor: Actor | None, now: datetime
) -> list[ColumnElement[bool]]:
    in_webinar = CardRow.webinar_id == webinar_id
    return [in_webinar] if which is Filter.ALL else [in_webinar, _condition(which, actor, now)]


def _condition(which: Filter, actor: Actor | None, now: datetime) -> ColumnElement[bool]:
    if which is Filter.MINE:
        mine = CardRow.claimed_by == (actor.id if actor else 0)
        return and_(mine, CardRow.claimed_until > now)
    if which is Filter.AGAIN:
        return and_(
            CardRow.state == State.ANSWERED,
            CardRow.channel != Channel.LATER,
            CardRow.answered_by.is_not(None),
            CardRow.asked > CardRow.answered_for,
        )
    return CardRow.state.in_(_STATES[which])


_STATES = {
    Filter.OPEN: OPEN,
    Filter.SPEAKER: frozenset({State.SPEAKER}),
    Filter.ANSWERED: frozenset({State.ANSWERED}),
    Filter.ASIDE: ASIDE,
    Filter.NOISE: frozenset({State.NOISE}),
}


def _holds(word: str) -> ColumnElement[bool]:
    """Tell whether a card's question or one of its wordings holds a word."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    in_wording = select(WordingRow.card_id).where(WordingRow.text.ilike(pattern, escape="\\"))
    return or_(CardRow.question.ilike(pattern, escape="\\"), CardRow.id.in_(in_wording))
