"""Put the questions for the speaker in the moderators' order."""

from collections.abc import Sequence

from sqlalchemy import select

from web.db import Database
from web.models import CardRow
from web.queue.cards import Actor, Event, QueueError, State
from web.queue.log import Step, lock_webinar
from web.queue.performing import event_with_key
from web.queue.rows import event_of, names_of


def order_speaker(
    database: Database, webinar_id: int, actor: Actor, card_ids: Sequence[int], key: str = ""
) -> Event:
    """Put these cards first on the speaker's list, in this order; the others keep theirs behind.

    Ids that are not on the list (any more) are passed over. Raises NotFound, and QueueError when
    the list is empty.
    """
    with database.writing() as session:
        webinar = lock_webinar(session, webinar_id)
        earlier = event_with_key(session, webinar_id, key)
        if earlier:
            return event_of(earlier, names_of(session))
        rows = session.scalars(
            select(CardRow)
            .where(CardRow.webinar_id == webinar_id, CardRow.state == State.SPEAKER)
            .order_by(CardRow.speaker_place, CardRow.id)
        ).all()
        if not rows:
            raise QueueError("Er staan geen vragen voor de spreker.")
        wanted = {card_id: place for place, card_id in enumerate(card_ids)}
        step = Step(session, webinar, actor, database.now())
        ordered = sorted(rows, key=lambda row: wanted.get(row.id, len(wanted)))
        for place, row in enumerate(ordered, start=1):
            step.change(row, speaker_place=place)
        event = step.record("order", ordered[0], before=ordered[0].state, key=key)
        return event_of(event, names_of(session))
