"""Give rows of the database as the objects of the queue, with the names that belong to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.models import CardRow, EventRow, ModeratorRow
from web.queue.cards import Actor, Card, Channel, Claim, Event, State

FORMER = "een oud-moderator"
"""Name of whoever acted and has no account any more."""
Names = Mapping[int, str]


def cards_of(session: Session, rows: Sequence[CardRow], now: datetime) -> list[Card]:
    """Give rows as cards, with names, and without claims that have expired."""
    names = names_of(session)
    return [_card(row, names, now) for row in rows]


def _card(row: CardRow, names: Names, now: datetime) -> Card:
    claim = None
    if row.claimed_by and row.claimed_until and row.claimed_until > now:
        claim = Claim(actor_of(row.claimed_by, names), row.claimed_until)
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
        changed_by=actor_of(row.changed_by, names) if row.changed_by else None,
        changed_at=row.changed_at,
        answered_by=actor_of(row.answered_by, names) if row.answered_by else None,
        answered_at=row.answered_at,
        answered_for=row.answered_for,
        duplicate_of=row.duplicate_of,
        speaker_place=row.speaker_place,
        is_hidden=row.is_hidden,
        created_at=row.created_at,
        owner=row.owner,
        is_approved=row.is_approved,
    )


def event_of(row: EventRow, names: Names) -> Event:
    """Give a row as an event."""
    return Event(
        webinar_id=row.webinar_id,
        sequence=row.sequence,
        kind=row.kind,
        card_id=row.card_id,
        actor=actor_of(row.actor_id or 0, names),
        at=row.at,
        from_state=State(row.from_state) if row.from_state else None,
        to_state=State(row.to_state) if row.to_state else None,
        undoes=row.undoes,
        card_ids=tuple(int(card_id) for card_id in row.changes["cards"]),
        changes=row.changes,
    )


def actor_of(moderator_id: int, names: Names) -> Actor:
    """Give who acted; the machine has id 0 and no name."""
    return Actor(moderator_id, names.get(moderator_id, FORMER) if moderator_id else "")


def names_of(session: Session) -> Names:
    """Give the names of all moderators by id."""
    rows = session.execute(select(ModeratorRow.id, ModeratorRow.name))
    return {row.id: row.name for row in rows}
