"""Give what others than moderators may see: the speaker's list and the public page, no names."""

from dataclasses import dataclass

from sqlalchemy import select

from corpus.validation import fold
from web.db import Database
from web.models import CardRow
from web.queue.cards import Channel, State
from web.queue.reading import list_wordings


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
