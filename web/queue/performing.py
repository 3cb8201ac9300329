"""Do one action on one card in one transaction, unless somebody else was first."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.db import Database
from web.models import CardRow, EventRow
from web.queue.cards import (
    Act,
    Card,
    Conflict,
    Done,
    NotFound,
    QueueError,
    Reason,
    Result,
    State,
)
from web.queue.log import Step, lock_webinar
from web.queue.rows import cards_of, event_of, names_of

Change = Callable[[Step, CardRow], None]


class Hindered(Exception):
    """Tell, in the middle of an action, that it must not be done after all."""

    def __init__(self, reason: Reason, card: Card) -> None:
        super().__init__(reason)
        self.reason = reason
        self.card = card


def perform(
    database: Database,
    act: Act,
    kind: str,
    change: Change,
    *,
    yours: Mapping[str, Any] | None = None,
    free: Collection[Reason] = (),
    is_edit: bool = True,
) -> Result:
    """Do one action; `free` names the conflicts that do not stop it.

    `yours` is what goes into a Conflict; `is_edit` gives the card a new version.
    """
    try:
        with database.writing() as session:
            return _perform(session, database, act, kind, change, free, is_edit)
    except Hindered as hindered:  # raised out of the block above, so that nothing is kept
        return Conflict(hindered.reason, hindered.card, yours or {})


def _perform(
    session: Session,
    database: Database,
    act: Act,
    kind: str,
    change: Change,
    free: Collection[Reason],
    is_edit: bool,
) -> Done:
    card = locked_card(session, act.card_id)
    now = database.now()
    seen = cards_of(session, [card], now)[0]
    earlier = event_with_key(session, card.webinar_id, act.key)
    if earlier:
        return Done(seen, event_of(earlier, names_of(session)), is_replay=True)
    reason = in_the_way(act, seen, free)
    if reason:
        raise Hindered(reason, seen)
    if seen.state is State.DUPLICATE:
        raise QueueError("Deze vraag hoort bij een andere vraag. Haal haar eerst los.")
    step = Step(session, lock_webinar(session, card.webinar_id), act.actor, now)
    change(step, card)
    if card.state != State.SPEAKER:
        step.change(card, speaker_place=None)
    if is_edit:
        step.touch(card)
    event = step.record(kind, card, before=seen.state, key=act.key)
    return Done(cards_of(session, [card], now)[0], event_of(event, names_of(session)))


def locked_card(session: Session, card_id: int) -> CardRow:
    """Give a card as it is now, with its webinar locked; raises NotFound."""
    webinar_id = session.scalar(select(CardRow.webinar_id).where(CardRow.id == card_id))
    if webinar_id is None:
        raise NotFound(f"card {card_id}")
    lock_webinar(session, webinar_id)
    card = session.get(CardRow, card_id, populate_existing=True)
    if card is None:
        raise NotFound(f"card {card_id}")
    return card


def event_with_key(session: Session, webinar_id: int, key: str) -> EventRow | None:
    """Give the event of an action that was done earlier under this key."""
    if not key:
        return None
    wanted = select(EventRow).where(EventRow.webinar_id == webinar_id, EventRow.key == key)
    return session.scalar(wanted)


def in_the_way(act: Act, card: Card, free: Collection[Reason]) -> Reason | None:
    """Tell why an action must not be done now, if so."""
    if card.state is State.ANSWERED and Reason.ANSWERED not in free and not act.confirm:
        return Reason.ANSWERED
    if card.claim and card.claim.by.id != act.actor.id and not act.confirm:
        return Reason.CLAIMED
    if card.version != act.version and Reason.STALE not in free:
        return Reason.STALE
    return None
