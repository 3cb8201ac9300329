"""Give the objects of the queue: cards, wordings, events, and what comes of an action."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

CLAIM_SECONDS: Final = 90
"""A claim ends after this time without activity."""


class State(StrEnum):
    """Name where a card is in the work."""

    NEW = "nieuw"
    CLAIMED = "geclaimd"
    DRAFT = "concept"
    ANSWERED = "beantwoord"
    SPEAKER = "spreker"
    POSTPONED = "uitgesteld"
    REJECTED = "afgewezen"
    NOISE = "ruis"
    DUPLICATE = "dubbel"

    @property
    def label(self) -> str:
        """Give the name that a moderator reads."""
        return _LABELS[self]


_LABELS: Mapping[State, str] = {
    State.NEW: "Nieuw",
    State.CLAIMED: "Geclaimd",
    State.DRAFT: "Concept",
    State.ANSWERED: "Beantwoord",
    State.SPEAKER: "Voor de spreker",
    State.POSTPONED: "Uitgesteld",
    State.REJECTED: "Afgewezen",
    State.NOISE: "Ruis",
    State.DUPLICATE: "Dubbel",
}
OPEN: Final = frozenset({State.NEW, State.CLAIMED, State.DRAFT})
ASIDE: Final = frozenset({State.POSTPONED, State.REJECTED})


class Channel(StrEnum):
    """Name how a card was answered."""

    TEXT = "tekst"
    LIVE = "live"
    LATER = "later"


class Filter(StrEnum):
    """Name a part of the queue."""

    OPEN = "open"
    MINE = "van-mij"
    SPEAKER = "spreker"
    ANSWERED = "beantwoord"
    AGAIN = "opnieuw"
    """Answered, and asked by more people since."""
    ASIDE = "opzij"
    NOISE = "ruis"
    ALL = "alles"


class Order(StrEnum):
    """Name an order of the queue; the speaker's part has an order of its own."""

    NEWEST = "nieuwste"
    MOST_ASKED = "meest"
    OLDEST = "oudste"


class QueueError(ValueError):
    """Tell in one Dutch sentence why an action cannot be done; a page answers 400."""


class NotFound(LookupError):
    """Tell that the webinar, card or event is not there; a page answers 404."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Say who acts; id 0 is the machine itself."""

    id: int
    name: str


MACHINE: Final = Actor(0, "")


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold who works on a card, and until when."""

    by: Actor
    until: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """Hold a question on the screen, as it is at one moment."""

    id: int
    webinar_id: int
    version: int
    """Send it back with an action, so that nobody's work is overwritten unseen."""
    arrived: int
    """Number of the event that brought it."""
    state: State
    """An expired claim is gone: such a card is new again."""
    kind: str
    """MessageKind value of what was asked: question, logistics, technical, statement, noise."""
    question: str
    asked: int
    first_time: str
    entry_id: str | None
    """Chosen entry or gap; "" for 'geen passend antwoord'; None when nobody said."""
    draft: str
    answer: str
    channel: Channel | None
    reason: str
    claim: Claim | None
    changed_by: Actor | None
    changed_at: datetime
    answered_by: Actor | None
    answered_at: datetime | None
    answered_for: int
    """How many people asked it when it was answered; `asked` may have grown since."""
    duplicate_of: int | None
    speaker_place: int | None
    is_hidden: bool
    created_at: datetime
    owner: str
    """Who writes the answer for the FAQ; may be empty."""
    is_approved: bool
    """As a draft entry: ready for the FAQ."""

    @property
    def asked_again(self) -> int:
        """Count how many people asked it since a moderator answered it."""
        is_given = self.state is State.ANSWERED and self.channel is not Channel.LATER
        return max(0, self.asked - self.answered_for) if is_given and self.answered_by else 0


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one way in which a card's question was asked, equal texts taken together."""

    id: int
    """Of its first time; give it to `split`."""
    text: str
    time: str
    times: int
    joined: int
    """'Sluit me aan', reactions and votes on top of those times."""
    ids: tuple[int, ...]
    """All of its times, for `split`."""
    askers: tuple[str, ...] = ()
    """Who asked it so; empty, unless a moderator chose to keep names."""


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one thing that happened in a webinar."""

    webinar_id: int
    sequence: int
    kind: str
    """arrive, grow, claim, release, touch, draft, answer, set_aside, noise, ..., undo."""
    card_id: int | None
    actor: Actor
    at: datetime
    from_state: State | None
    to_state: State | None
    undoes: int | None
    card_ids: tuple[int, ...]
    """Every card that changed: read these again."""
    changes: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Act:
    """Say who wants to do something to which card, and which version of it they saw."""

    card_id: int
    actor: Actor
    version: int
    key: str = ""
    """Name of this action, made by the page: sent twice, it is done once."""
    confirm: bool = False
    """Do it all the same after a Conflict was shown: that someone else claimed or answered it."""


class Reason(StrEnum):
    """Name why an action was not done."""

    STALE = "stale"
    """Somebody changed the card after the version that was seen."""
    CLAIMED = "claimed"
    """Somebody else works on it."""
    ANSWERED = "answered"
    """It is answered already."""
    OVERTAKEN = "overtaken"
    """What is to be undone was followed by something else."""


@dataclass(frozen=True, slots=True)
class Done:
    """Hold what came of an action that was done."""

    card: Card
    event: Event | None
    """None when there was nothing to do: the card was so already."""
    is_replay: bool = False
    """Whether the action was done earlier under the same key."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold both versions when an action was not done; a page answers 409 and shows them."""

    reason: Reason
    theirs: Card
    """The card as it is now."""
    yours: Mapping[str, Any]
    """What was asked to change: text, entry_id, state, ..."""

    @property
    def by(self) -> Actor | None:
        """Give who is in the way."""
        if self.reason is Reason.CLAIMED and self.theirs.claim:
            return self.theirs.claim.by
        if self.reason is Reason.ANSWERED:
            return self.theirs.answered_by
        return self.theirs.changed_by


Result = Done | Conflict
