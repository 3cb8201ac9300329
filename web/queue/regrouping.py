"""Merge cards that ask the same, and take apart what was put together wrongly."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from web.db import Database
from web.models import CardRow, EventRow, WordingRow
from web.queue.cards import Act, NotFound, QueueError, Reason, Result, State
from web.queue.counting import recount
from web.queue.log import Step
from web.queue.performing import Hindered, in_the_way, locked_card, perform
from web.queue.rows import cards_of
from web.queue.undoing import undo, undone_events

_FREE: Final = (Reason.ANSWERED, Reason.STALE)


def merge(database: Database, act: Act, others: Sequence[int]) -> Result:
    """Put other cards' wordings on this one: one card, one answer for all who ask it."""
    if not others or act.card_id in others:
        raise QueueError("Kies een andere vraag om mee samen te voegen.")

    def change(step: Step, card: CardRow) -> None:
        for other in others:
            _absorb(step, act, card, locked_card(step.session, other))

    yours = {"merge": tuple(others)}
    return perform(database, act, "merge", change, yours=yours, free=(Reason.ANSWERED,))


def mark_duplicate(database: Database, act: Act, of: int) -> Result:
    """Say that a card asks the same as another one: its wordings go there."""
    if of == act.card_id:
        raise QueueError("Een vraag kan niet dubbel zijn van zichzelf.")

    def change(step: Step, card: CardRow) -> None:
        _absorb(step, act, _root(step, of), card)

    yours = {"duplicate_of": of}
    return perform(database, act, "duplicate", change, yours=yours, free=(Reason.ANSWERED,))


def separate(database: Database, act: Act) -> Result:
    """Take a card off the one that it was a duplicate of: its own wordings come back."""
    with database.reading() as session:
        card = session.get(CardRow, act.card_id)
        if card is None:
            raise NotFound(f"card {act.card_id}")
        webinar_id = card.webinar_id
        undone = undone_events(session, webinar_id)
        rows = session.scalars(
            select(EventRow)
            .where(EventRow.webinar_id == webinar_id, EventRow.kind.in_(("merge", "duplicate")))
            .order_by(EventRow.sequence.desc())
        )
        made = [
            row.sequence
            for row in rows
            if row.sequence not in undone and "duplicate_of" in _changes(row, act.card_id)
        ]
    if card.state != State.DUPLICATE or not made:
        raise QueueError("Deze vraag hoort niet bij een andere vraag.")
    return undo(database, webinar_id, act.actor, made[0], act.key)


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
        recount(step, [card, fresh])
        step.arrive(fresh)

    yours = {"split": tuple(wording_ids)}
    return perform(database, act, "split", change, yours=yours, free=(Reason.ANSWERED,))


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
        answered_for=0,
        changed_by=step.actor.id,
        changed_at=step.now,
        is_hidden=False,
        created_at=card.created_at,
    )
    step.session.add(fresh)
    step.session.flush()
    return fresh


def _absorb(step: Step, act: Act, target: CardRow, source: CardRow) -> None:
    """Put a card's wordings on another card, unless somebody else works on one of them."""
    if source.webinar_id != target.webinar_id:
        raise QueueError("Deze vragen horen niet bij hetzelfde webinar.")
    if source.id == target.id or source.state == State.DUPLICATE:
        raise QueueError("Deze vragen staan al bij elkaar.")
    for card in cards_of(step.session, [source, target], step.now):
        reason = in_the_way(act, card, _FREE)
        if reason:
            raise Hindered(reason, card)
    rows = step.session.scalars(select(WordingRow).where(WordingRow.card_id == source.id))
    for row in rows.all():
        step.place(row, target.id)
    work = source.answer or source.draft
    if work and not target.draft and target.state != State.ANSWERED:  # nobody's work gets lost
        is_new = target.state == State.NEW
        step.change(target, draft=work, state=State.DRAFT if is_new else target.state)
    step.change(
        source,
        state=State.DUPLICATE,
        duplicate_of=target.id,
        speaker_place=None,
        claimed_by=None,
        claimed_until=None,
    )
    recount(step, [source, target])
    step.touch(source)
    step.touch(target)


def _root(step: Step, card_id: int) -> CardRow:
    """Give the card itself, or the one that it was merged into."""
    card = locked_card(step.session, card_id)
    while card.duplicate_of is not None:
        card = locked_card(step.session, card.duplicate_of)
    return card


def _changes(event: EventRow, card_id: int) -> dict[str, object]:
    found: dict[str, object] = event.changes["cards"].get(str(card_id), {})
    return found
