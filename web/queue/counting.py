"""Count who asks a card, from its wordings."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.models import CardRow, WordingRow
from web.queue.log import Step

_AT_ONCE = 500
"""Numbers in one query; databases limit them."""


class Count(NamedTuple):
    """Hold how many people ask a card, and the time of its first wording."""

    asked: int
    first_time: str


def counts_of(session: Session, card_ids: Collection[int]) -> Mapping[int, Count]:
    """Give the counts of cards; a card without wordings is asked by nobody."""
    found = dict.fromkeys(card_ids, Count(0, ""))
    for some in batches(card_ids):
        rows = session.execute(
            select(
                WordingRow.card_id,
                func.count() + func.sum(WordingRow.joined),
                func.min(WordingRow.time),
            )
            .where(WordingRow.card_id.in_(some))
            .group_by(WordingRow.card_id)
        )
        found.update((card_id, Count(int(asked), time)) for card_id, asked, time in rows)
    return found


def recount(step: Step, cards: Iterable[CardRow]) -> None:
    """Count cards again, after their wordings changed."""
    step.session.flush()
    cards = list(cards)
    counts = counts_of(step.session, [card.id for card in cards])
    for card in cards:
        asked, first_time = counts[card.id]
        step.change(card, asked=asked, first_time=first_time or card.first_time)


def batches(numbers: Iterable[int]) -> Iterable[list[int]]:
    """Give numbers in lists that fit in a query."""
    every = list(numbers)
    return (every[begin : begin + _AT_ONCE] for begin in range(0, len(every), _AT_ONCE))
