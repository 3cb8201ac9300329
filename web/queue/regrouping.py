"""Merge cards that ask the same, and split what was put together wrongly."""

from collections.abc import Sequence

from sqlalchemy import select

from web.db import Database
from web.models import CardRow, WordingRow
from web.queue.actions import locked_card, perform
from web.queue.cards import Act, QueueError, Result, State
from web.queue.intake import count_asked
from web.queue.log import Step


def merge(database: Database, act: Act, others: Sequence[int]) -> Result:
    """Put other cards' wordings on this one: one card, one answer for all who ask it."""
    if not others or act.card_id in others:
        raise QueueError("Kies een andere vraag om mee samen te voegen.")

    def change(step: Step, card: CardRow) -> None:
        for other in others:
            _absorb(step, card, locked_card(step.session, other))

    return perform(
        database, act, "merge", change, yours={"merge": tuple(others)}, free=("answered",)
    )


def mark_duplicate(database: Database, act: Act, of: int) -> Result:
    """Say that a card asks the same as another one: its wordings go there."""
    if of == act.card_id:
        raise QueueError("Een vraag kan niet dubbel zijn van zichzelf.")

    def change(step: Step, card: CardRow) -> None:
        _absorb(step, _root(step, of), card)

    return perform(database, act, "duplicate", change, yours={"duplicate_of": of})


def split(database: Database, act: Act, wording_ids: Sequence[int]) -> Result:
    """Make a new card of some of a card's wordings; `Done.event.card_ids` names both."""

    def change(step: Step, card: CardRow) -> None:
        rows = step.session.scalars(
            select(WordingRow).where(WordingRow.card_id == card.id).order_by(WordingRow.id)
        ).all()
        taken = [row for row in rows if row.id in wording_ids]
        if not taken or len(taken) == len(rows):
            raise QueueError("Kies één of meer formuleringen, maar niet alle.")
        fresh = _new_card(step, card, taken[0])
        for row in taken:
            step.place(row, fresh.id)
        step.session.flush()
        fresh.asked = count_asked(step.session, fresh.id)
        step.arrive(fresh)
        step.change(card, asked=count_asked(step.session, card.id))

    return perform(database, act, "split", change, yours={"split": tuple(wording_ids)})


def _new_card(step: Step, card: CardRow, wording: WordingRow) -> CardRow:
    fresh = CardRow(
        webinar_id=card.webinar_id,
        arrived=step.sequence,
        version=1,
        state=State.NEW,
        kind=card.kind,
        question=wording.text,
        asked=0,
        first_time=wording.time,
        draft="",
        answer="",
        channel="",
        reason="",
        changed_by=step.actor.id,
        changed_at=step.now,
        is_hidden=False,
        created_at=card.created_at,
    )
    step.session.add(fresh)
    step.session.flush()
    return fresh


def _absorb(step: Step, target: CardRow, source: CardRow) -> None:
    if source.webinar_id != target.webinar_id:
        raise QueueError("Deze vragen horen niet bij hetzelfde webinar.")
    if source.id == target.id or source.state == State.DUPLICATE:
        raise QueueError("Deze vragen staan al bij elkaar.")
    rows = step.session.scalars(select(WordingRow).where(WordingRow.card_id == source.id))
    for row in rows.all():
        step.place(row, target.id)
    step.session.flush()
    step.change(target, asked=count_asked(step.session, target.id))
    step.change(
        source,
        state=State.DUPLICATE,
        duplicate_of=target.id,
        asked=0,
        speaker_place=None,
        claimed_by=None,
        claimed_until=None,
    )


def _root(step: Step, card_id: int) -> CardRow:
    """Give the card itself, or the one that it was merged into."""
    card = locked_card(step.session, card_id)
    while card.duplicate_of is not None:
        card = locked_card(step.session, card.duplicate_of)
    return card
