"""Bring the questions of webinars to those of the chat page, with what moderators chose."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant import Assistant
from assistant.segmentation import MessageKind
from web.editing.asked import KEPT, asked_row
from web.editing.rows import AskedRow
from web.editing.shelf import Shelf
from web.models import CardRow, MessageRow, WebinarRow, WordingRow
from web.queue.cards import State

AT_ONCE: Final = 500
"""Questions that are taken in by one call: a page waits for it."""
_QUESTIONS: Final = tuple(kind.value for kind in MessageKind if kind.is_question)


def collect(shelf: Shelf, assistant: Assistant) -> int:
    """Take in webinars' questions that are not there yet, and renew what moderators chose.

    Gives how many were new.
    """
    with shelf.database.reading() as session:
        fresh = _fresh(session)
    replies = assistant.match([row.text for row, _ in fresh])
    with shelf.database.writing() as session:
        known = set(session.scalars(select(AskedRow.wording_id)))
        added = 0
        for (wording, card), reply in zip(fresh, replies, strict=True):
            if wording.id in known or reply.kind not in KEPT:
                continue
            added += 1
            session.add(
                asked_row(
                    shelf.source,
                    reply,
                    key=f"w{wording.id}",
                    webinar_id=wording.webinar_id,
                    wording_id=wording.id,
                    times=1 + wording.joined,
                    judged=card.entry_id,
                    at=card.created_at,
                )
            )
        session.flush()
        _renew(session, shelf)
    return added


def _fresh(session: Session) -> Sequence[tuple[WordingRow, CardRow]]:
    found = session.execute(
        select(WordingRow, CardRow)
        .join(CardRow, CardRow.id == WordingRow.card_id)
        .join(MessageRow, MessageRow.id == WordingRow.message_id)
        .outerjoin(AskedRow, AskedRow.wording_id == WordingRow.id)
        .where(
            AskedRow.id.is_(None),
            CardRow.state != State.NOISE,
            MessageRow.kind.in_(_QUESTIONS),
        )
        .order_by(WordingRow.id)
        .limit(AT_ONCE)
    )
    return [(wording, card) for wording, card in found]


def _renew(session: Session, shelf: Shelf) -> None:
    """Take over what moderators chose since, for questions that no editor has handled yet."""
    found = session.execute(
        select(AskedRow, CardRow.entry_id, WordingRow.joined)
        .join(WordingRow, WordingRow.id == AskedRow.wording_id)
        .join(CardRow, CardRow.id == WordingRow.card_id)
        .join(WebinarRow, WebinarRow.id == AskedRow.webinar_id)
        .where(AskedRow.source == shelf.source, AskedRow.handled_as == "")
    )
    for row, entry_id, joined in found:
        if row.judged != entry_id:
            row.judged = entry_id
        if row.times != 1 + joined:
            row.times = 1 + joined
