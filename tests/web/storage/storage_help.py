"""Hold what the tests of the database share besides fixtures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from corpus.importers.chat import Message
from web.accounts import Moderator
from web.db import Database
from web.queue.cards import Act, Actor, Card, Conflict, Done, Filter, Reason, Result
from web.queue.reading import get_card, list_cards
from web.queue.webinars import Webinar

PASSWORD: Final = "een heel lang wachtwoord"  # noqa: S105
QUESTIONS: Final = (
    "Waar laat ik lege batterijen?",
    "Mag een pizzadoos bij het oud papier?",
    "Wanneer wordt het glas opgehaald?",
)
Ask = Callable[..., list[Card]]


@dataclass
class Clock:
    """Tell the time that a test wants."""

    now: datetime = field(default_factory=lambda: datetime(2025, 3, 4, 14, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def actor_of(moderator: Moderator) -> Actor:
    """Give an account as the queue knows it."""
    return Actor(moderator.id, moderator.name)


def messages_of(texts: Sequence[str], prefix: str = "m") -> list[Message]:
    """Give texts as the messages of a chat."""
    return [Message(n, f"{prefix}{n}", text) for n, text in enumerate(texts)]


def seen(card: Card, actor: Actor, key: str = "", *, confirm: bool = False) -> Act:
    """Give an action on a card as it was seen."""
    return Act(card.id, actor, card.version, key, confirm)


def every_card(database: Database, webinar: Webinar) -> list[Card]:
    """Give all cards of a webinar."""
    return list_cards(database, webinar.id, Filter.ALL)


def again(database: Database, card: Card) -> Card:
    """Give a card as it is now."""
    return get_card(database, card.id)


def done(result: Result) -> Card:
    """Give the card of an action that must have been done."""
    assert isinstance(result, Done), result
    return result.card


def refused(result: Result, reason: Reason) -> Conflict:
    """Give the conflict of an action that must not have been done, for this reason."""
    assert isinstance(result, Conflict), result
    assert result.reason is reason
    return result
