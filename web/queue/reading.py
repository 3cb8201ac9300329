"""Read the queue: cards, counts, wordings, events, the speaker's list and the public page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from corpus.validation import fold
from web.db import Database
from web.models import CardRow, EventRow, ModeratorRow, WebinarRow, WordingRow
from web.queue.cards import (
    ASIDE,
    OPEN,
    Actor,
    Card,
    Channel,
    Claim,
    Event,
    Filter,
    NotFound,
    State,
    Wording,
)

FORMER = "een oud-moderator"
"""Name of whoever acted and has no account any more."""
Names = Mapping[int, str]


def list_cards(
    database: Database,
    webinar_id: int,
    which: Filter = Filter.OPEN,
    *,
    actor: Actor | None = None,
    search: str = "",
    until: int | None = None,
    limit: int = 200,
    offset: int = 0,
) -> list[Card]:
    """Give a part of the queue, newest first.

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
            wanted.order_by(CardRow.arrived.desc(), CardRow.id.desc()).limit(limit).offset(offset)
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
        rows = session.scalars(
            select(WordingRow).where(WordingRow.card_id == card_id).order_by(WordingRow.id)
        )
        groups: dict[str, list[WordingRow]] = {}
        for row in rows:
            groups.setdefault(fold(row.text), []).append(row)
    return [
        Wording(
            same[0].id,
            same[0].text,
            same[0].time,
            len(same),
            sum(row.joined for row in same),
            tuple(row.id for row in same),
        )
        for same in groups.values()
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


@dataclass(frozen=True, slots=True)
class SpokenQuestion:
    """Hold a question for the speaker: nothing about who asked or who moderates."""

    card_id: int
    question: str
    asked: int
    also: tuple[str, ...]
    """At most two other wordings."""


def speaker_questions(database: Database, webinar_id: int) -> list[SpokenQuestion]:
    """Give the questions that wait for the speaker, in the moderators' order."""
    with database.reading() as session:
        rows = session.scalars(
            select(CardRow)
            .where(CardRow.webinar_id == webinar_id, CardRow.state == State.SPEAKER)
            .order_by(CardRow.speaker_place, CardRow.id)
        ).all()
    return [
        SpokenQuestion(
            row.id,
            row.question,
            row.asked,
            tuple(
                w.text
                for w in list_wordings(database, row.id)
                if fold(w.text) != fold(row.question)
            )[:2],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """Hold a question and its answer as attendees may read it back."""

    question: str
    asked: int
    answer: str
    entry_id: str
    """Entry or gap whose answer it is; "" for the moderators' own words."""
    channel: Channel


def public_answers(database: Database, webinar_id: int) -> list[PublicAnswer]:
    """Give the answered questions of a webinar in order of asking; hidden ones are left out."""
    with database.reading() as session:
        rows = session.scalars(
            select(CardRow)
            .where(
                CardRow.webinar_id == webinar_id,
                CardRow.state == State.ANSWERED,
                CardRow.channel != Channel.LATER,
                CardRow.is_hidden.is_(False),
            )
            .order_by(CardRow.arrived, CardRow.id)
        ).all()
        return [
            PublicAnswer(r.question, r.asked, r.answer, r.entry_id or "", Channel(r.channel))
            for r in rows
        ]


def cards_of(session: Session, rows: Sequence[CardRow], now: datetime) -> list[Card]:
    """Give rows as cards, with names, and without claims that have expired."""
    names = names_of(session)
    return [_card(row, names, now) for row in rows]


def _card(row: CardRow, names: Names, now: datetime) -> Card:
    claim = None
    if row.claimed_by and row.claimed_until and row.claimed_until > now:
        claim = Claim(_actor(row.claimed_by, names), row.claimed_until)
    state = State(row.state)
    if state is State.CLAIMED and claim is None:
        state = State.NEW
    return Card(
        id=row.id,
        webinar_id=row.webinar_id,
        version=row.version,
        arrived=row.arrived,
        state=state,
        kind=row.kind,
        question=row.question,
        asked=row.asked,
        first_time=row.first_time,
        entry_id=row.entry_id,
        draft=row.draft,
        answer=row.answer,
        channel=Channel(row.channel) if row.channel else None,
        reason=row.reason,
        claim=claim,
        changed_by=_actor(row.changed_by, names) if row.changed_by else None,
        changed_at=row.changed_at,
        answered_by=_actor(row.answered_by, names) if row.answered_by else None,
        answered_at=row.answered_at,
        answered_for=row.answered_for,
        duplicate_of=row.duplicate_of,
        speaker_place=row.speaker_place,
        is_hidden=row.is_hidden,
        created_at=row.created_at,
    )


def event_of(row: EventRow, names: Names) -> Event:
    """Give a row as an event."""
    return Event(
        webinar_id=row.webinar_id,
        sequence=row.sequence,
        kind=row.kind,
        card_id=row.card_id,
        actor=_actor(row.actor_id or 0, names),
        at=row.at,
        from_state=State(row.from_state) if row.from_state else None,
        to_state=State(row.to_state) if row.to_state else None,
        undoes=row.undoes,
        card_ids=tuple(int(card_id) for card_id in row.changes["cards"]),
        changes=row.changes,
    )


def _actor(moderator_id: int, names: Names) -> Actor:
    return Actor(moderator_id, names.get(moderator_id, FORMER) if moderator_id else "")


def names_of(session: Session) -> Names:
    """Give the names of all moderators by id."""
    rows = session.execute(select(ModeratorRow.id, ModeratorRow.name))
    return {row.id: row.name for row in rows}


def _conditions(
    webinar_id: int, which: Filter, actor: Actor | None, now: datetime
) -> list[ColumnElement[bool]]:
    in_webinar = CardRow.webinar_id == webinar_id
    return [in_webinar] if which is Filter.ALL else [in_webinar, _condition(which, actor, now)]


def _condition(which: Filter, actor: Actor | None, now: datetime) -> ColumnElement[bool]:
    if which is Filter.MINE:
        mine = CardRow.claimed_by == (actor.id if actor else 0)
        return and_(mine, CardRow.claimed_until > now)
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
