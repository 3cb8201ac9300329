"""Add up a webinar: what was asked and answered, how fast, and what was left."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.segmentation import MessageKind
from web.db import Database
from web.models import EventRow, MessageRow, WordingRow
from web.queue.cards import Card, Channel, Filter, State
from web.queue.reading import list_cards

_QUESTIONS = tuple(kind.value for kind in MessageKind if kind.is_question)


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold a number of cards, and how often they were asked."""

    cards: int
    asked: int


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the figures of a webinar."""

    messages: int
    people: int
    """Different senders, as far as the chat told them apart."""
    questions: Tally
    """Cards that are questions: all but noise and what was merged away."""
    states: dict[State, Tally]
    channels: dict[Channel, Tally]
    """Answered cards by how they were answered."""
    entries: dict[str, Tally]
    """Answered cards by the entry or gap that was chosen, most asked first."""
    own_words: Tally
    """Answered cards without an entry or gap."""
    answered_share: float | None
    """Share of the questions, counted by how often they were asked; None without questions."""
    seconds_p50: float | None
    """Half of the answered cards took at most this long; None when none was timed."""
    seconds_p95: float | None
    minutes: tuple[tuple[str, int], ...]
    """Questions by minute, from the first to the last, quiet minutes too: ('14:31', 9)."""
    left: tuple[Card, ...]
    """Cards without an answer, most asked first."""


def report(database: Database, webinar_id: int) -> Report:
    """Add up a webinar."""
    every = list_cards(database, webinar_id, Filter.ALL, limit=10**6)
    cards = [card for card in every if card.state not in (State.NOISE, State.DUPLICATE)]
    answered = [card for card in cards if card.state is State.ANSWERED]
    with database.reading() as session:
        messages = session.scalar(
            select(func.count()).select_from(MessageRow).where(MessageRow.webinar_id == webinar_id)
        )
        people = session.scalar(
            select(func.count(MessageRow.author.distinct())).where(
                MessageRow.webinar_id == webinar_id, MessageRow.author > 0
            )
        )
        times = _question_times(session, webinar_id)
        seconds = sorted(_seconds_to_answer(session, webinar_id, answered))
    asked = sum(card.asked for card in cards)
    chosen = Counter(card.entry_id for card in answered if card.entry_id)
    entries = {name: _tally(c for c in answered if c.entry_id == name) for name in chosen}
    return Report(
        messages=messages or 0,
        people=people or 0,
        questions=_tally(cards),
        states={s: _tally(c for c in every if c.state is s) for s in State},
        channels={ch: _tally(c for c in answered if c.channel is ch) for ch in Channel},
        entries=dict(sorted(entries.items(), key=lambda item: (-item[1].asked, item[0]))),
        own_words=_tally(card for card in answered if not card.entry_id),
        answered_share=sum(card.asked for card in answered) / asked if asked else None,
        seconds_p50=_percentile(seconds, 0.50),
        seconds_p95=_percentile(seconds, 0.95),
        minutes=_by_minute(times),
        left=tuple(
            sorted(
                (card for card in cards if card.state is not State.ANSWERED),
                key=lambda card: (-card.asked, card.id),
            )
        ),
    )


def _tally(cards: Iterable[Card]) -> Tally:
    asked = [card.asked for card in cards]
    return Tally(len(asked), sum(asked))


def _question_times(session: Session, webinar_id: int) -> list[str]:
    """Give the time of each question, as the chat tells it."""
    rows = session.scalars(
        select(WordingRow.time)
        .join(MessageRow, MessageRow.id == WordingRow.message_id)
        .where(WordingRow.webinar_id == webinar_id, MessageRow.kind.in_(_QUESTIONS))
    )
    return [time for time in rows if time]


def _seconds_to_answer(
    session: Session, webinar_id: int, answered: Sequence[Card]
) -> Iterable[float]:
    """Give the time between arrival and first answer of cards that a moderator answered."""
    wanted = {card.id: card for card in answered if card.answered_by}
    first: dict[int, datetime] = {}
    rows = session.execute(
        select(EventRow.card_id, EventRow.at)
        .where(EventRow.webinar_id == webinar_id, EventRow.kind == "answer")
        .order_by(EventRow.sequence)
    )
    for card_id, at in rows:
        if card_id in wanted:
            first.setdefault(card_id, at)
    for card_id, at in first.items():
        yield (at - wanted[card_id].created_at).total_seconds()


def _percentile(values: Sequence[float], share: float) -> float | None:
    """Give the smallest value that at least this share of the (sorted) values does not exceed."""
    return values[math.ceil(share * len(values)) - 1] if values else None


def _by_minute(times: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(minute for time in times if (minute := _minute(time)) is not None)
    if not counts:
        return ()
    whole = range(min(counts), max(counts) + 1)
    if len(whole) > 24 * 60:  # a chat of days, or a broken time: only minutes with questions
        return tuple((_clock(minute), counts[minute]) for minute in sorted(counts))
    return tuple((_clock(minute), counts[minute]) for minute in whole)


def _minute(time: str) -> int | None:
    """Give the minute of an ISO time, a time of day, or a time since the start."""
    clock = time.split("T")[-1]
    day = time.split("T")[0] if "T" in time else ""
    parts = clock.split(":")
    try:
        days = datetime.fromisoformat(day).toordinal() if day else 0
        return days * 1440 + int(parts[0]) * 60 + int(parts[1])
    except (ValueError, IndexError):
        return None


def _clock(minute: int) -> str:
    return f"{minute % 1440 // 60:02}:{minute % 60:02}"
