"""Take actions back: every event holds what was there before."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.db import Database
from web.models import CardRow, EventRow, WordingRow
from web.queue.cards import (
    CLAIM_SECONDS,
    Actor,
    Conflict,
    Done,
    NotFound,
    QueueError,
    Reason,
    Result,
    State,
)
from web.queue.counting import recount
from web.queue.log import Step, is_current, lock_webinar, unplain
from web.queue.performing import event_with_key
from web.queue.rows import cards_of, event_of, names_of

_NEVER: Final = ("arrive", "grow", "touch")
"""Kinds that are no action of a person."""
_NOT_ASKED_BACK: Final = (*_NEVER, "claim", "release", "draft", "undo")
"""Kinds that `u` passes over; they can be taken back by number."""
_LOOK_BACK: Final = 500


def undo(
    database: Database, webinar_id: int, actor: Actor, sequence: int | None = None, key: str = ""
) -> Result:
    """Take back one event: the moderator's own last action, or the event with that number.

    An undo can be taken back by its number. Raises QueueError when there is nothing to take back.
    """
    with database.writing() as session:
        webinar = lock_webinar(session, webinar_id)
        now = database.now()
        replay = event_with_key(session, webinar_id, key)
        event = replay or _wanted(session, webinar_id, actor, sequence)
        card = session.get(CardRow, event.card_id, populate_existing=True)
        if card is None:
            raise NotFound(f"card {event.card_id}")
        if replay:
            return Done(
                cards_of(session, [card], now)[0], event_of(replay, names_of(session)), True
            )
        if not is_current(session, event.changes):
            theirs = cards_of(session, [card], now)[0]
            return Conflict(Reason.OVERTAKEN, theirs, {"undo": event.sequence})
        before = card.state
        step = Step(session, webinar, actor, now)
        _reverse(step, event.changes)
        row = step.record("undo", card, before=before, undoes=event.sequence, key=key)
        return Done(cards_of(session, [card], now)[0], event_of(row, names_of(session)))


def last_undoable(database: Database, webinar_id: int, actor: Actor) -> int | None:
    """Give the number of the event that `undo` would take back, if any."""
    with database.reading() as session:
        found = _last(session, webinar_id, actor)
        return found.sequence if found else None


def _wanted(session: Session, webinar_id: int, actor: Actor, sequence: int | None) -> EventRow:
    if sequence is None:
        found = _last(session, webinar_id, actor)
        if found is None:
            raise QueueError("Er is niets om ongedaan te maken.")
        return found
    row = session.get(EventRow, (webinar_id, sequence))
    if row is None:
        raise NotFound(f"event {sequence}")
    if row.kind in _NEVER:
        raise QueueError("Dit kun je niet ongedaan maken.")
    if sequence in undone_events(session, webinar_id, after=sequence):
        raise QueueError("Dit is al ongedaan gemaakt.")
    return row


def _last(session: Session, webinar_id: int, actor: Actor) -> EventRow | None:
    undone = undone_events(session, webinar_id)
    rows = session.scalars(
        select(EventRow)
        .where(
            EventRow.webinar_id == webinar_id,
            EventRow.actor_id == actor.id,
            EventRow.kind.not_in(_NOT_ASKED_BACK),
        )
        .order_by(EventRow.sequence.desc())
        .limit(_LOOK_BACK)
    )
    return next((row for row in rows if row.sequence not in undone), None)


def undone_events(session: Session, webinar_id: int, after: int = 0) -> set[int]:
    """Give the numbers of the events that are taken back now.

    Later ones are looked at first: an undo that was itself taken back has no effect.
    """
    rows = session.execute(
        select(EventRow.sequence, EventRow.undoes)
        .where(
            EventRow.webinar_id == webinar_id,
            EventRow.undoes.is_not(None),
            EventRow.sequence > after,
        )
        .order_by(EventRow.sequence.desc())
    )
    found: set[int] = set()
    for sequence, undoes in rows:
        if sequence not in found and undoes is not None:
            found.add(undoes)
    return found


def _reverse(step: Step, changes: Mapping[str, Any]) -> None:
    for wording_id, (before, _) in changes["wordings"].items():
        wording = step.session.get_one(WordingRow, int(wording_id))
        if before is not None:
            step.place(wording, before)
    cards = [step.session.get_one(CardRow, int(card_id)) for card_id in changes["cards"]]
    for card in cards:
        step.change(card, **_before(step, changes["cards"][str(card.id)]))
        step.touch(card)
    recount(step, cards)


def _before(step: Step, fields: Mapping[str, Any]) -> dict[str, Any]:
    if "arrived" in fields:  # the event made this card: it goes, its wordings have gone back
        return {"state": State.DUPLICATE, "claimed_by": None, "claimed_until": None}
    kept = {
        name: unplain(name, before)
        for name, (before, _) in fields.items()
        if name not in ("version", "changed_by", "changed_at", "asked", "first_time")
    }
    if kept.get("claimed_by") == step.actor.id:  # who takes back goes on where they were
        kept["claimed_until"] = step.now + timedelta(seconds=CLAIM_SECONDS)
    elif "claimed_by" in kept or "claimed_until" in kept:
        kept["claimed_by"] = kept["claimed_until"] = None
    return kept
