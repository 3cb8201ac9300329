"""Put together what the console shows: the queue, the chosen card, and the answers that may fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from web.answering import get_assistant
from web.auth import current_actor
from web.db import get_database
from web.moderation.suggestions import Suggestions, suggest
from web.queue.cards import (
    OPEN,
    Actor,
    Card,
    Conflict,
    Event,
    Filter,
    NotFound,
    Order,
    State,
    Wording,
)
from web.queue.reading import (
    count_cards,
    get_card,
    history,
    last_sequence,
    list_cards,
    list_wordings,
    present_moderators,
)
from web.queue.webinars import Webinar, get_webinar

FILTERS: Final[Mapping[Filter, str]] = {
    Filter.OPEN: "Open",
    Filter.MINE: "Van mij",
    Filter.SPEAKER: "Spreker",
    Filter.ANSWERED: "Beantwoord",
    Filter.AGAIN: "Opnieuw",
    Filter.ASIDE: "Opzij",
    Filter.NOISE: "Ruis",
}
ORDERS: Final[Mapping[Order, str]] = {
    Order.NEWEST: "Nieuwste",
    Order.MOST_ASKED: "Meest gevraagd",
    Order.OLDEST: "Langst wachtend",
}
QUEUE_LENGTH: Final = 200
"""Cards in the list at a time; filters and search bring the others."""
MAX_SEARCH: Final = 100


@dataclass(frozen=True, slots=True)
class Look:
    """Hold what a moderator looks at: a part of the queue, a search in it, a card."""

    which: Filter = Filter.OPEN
    search: str = ""
    card_id: int | None = None
    order: Order = Order.NEWEST

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Look":
        """Read it from an address or a form; what cannot be is left out."""
        which = values.get("toon", "")
        card = values.get("kaart", "")
        order = values.get("volgorde", "")
        return cls(
            Filter(which) if which in list(Filter) else Filter.OPEN,
            " ".join(values.get("zoek", "").replace("\0", "").split())[:MAX_SEARCH],
            int(card) if card.isascii() and card.isdecimal() and len(card) < 16 else None,
            Order(order) if order in list(Order) else Order.NEWEST,
        )

    def address(self, **changes: Any) -> dict[str, Any]:
        """Give the parts of an address that shows this, or this with changes."""
        shown = {"toon": self.which, "zoek": self.search, "volgorde": self.order}
        parts = {**shown, "kaart": self.card_id, **changes}
        default = {"toon": Filter.OPEN, "zoek": "", "volgorde": Order.NEWEST, "kaart": None}
        return {name: value for name, value in parts.items() if value != default.get(name)}


@dataclass(frozen=True, slots=True)
class Panel:
    """Hold the chosen card with all that stands around it."""

    card: Card
    wordings: tuple[Wording, ...]
    suggestions: Suggestions
    history: tuple[Event, ...]

    @property
    def text(self) -> str:
        """Give what stands in the text field."""
        return self.card.draft


@dataclass(frozen=True, slots=True)
class Screen:
    """Hold the whole console at one moment."""

    webinar: Webinar
    look: Look
    sequence: int
    """Number of the last event that this screen knows of."""
    cards: tuple[Card, ...]
    counts: Mapping[Filter, int]
    panel: Panel | None
    present: tuple[Actor, ...]


def screen(webinar_id: int, look: Look) -> Screen:
    """Give the console; without a chosen card it shows the first one."""
    database, actor = get_database(), current_actor()
    webinar = get_webinar(database, webinar_id)
    sequence = last_sequence(database, webinar_id)  # before the cards: what comes between is shown
    cards = list_cards(
        database,
        webinar_id,
        look.which,
        actor=actor,
        search=look.search,
        order=look.order,
        limit=QUEUE_LENGTH,
    )
    chosen = look.card_id or (cards[0].id if cards else None)
    return Screen(
        webinar=webinar,
        look=look,
        sequence=sequence,
        cards=tuple(cards),
        counts=count_cards(database, webinar_id, actor=actor),
        panel=panel(webinar_id, chosen) if chosen else None,
        present=tuple(present_moderators(database, webinar_id)),
    )


def panel(webinar_id: int, card_id: int) -> Panel:
    """Give one card; raises NotFound, also for a card of another webinar."""
    card = card_in(webinar_id, card_id)
    database = get_database()
    return Panel(
        card,
        tuple(list_wordings(database, card.id)),
        suggest(get_assistant(), card.question),
        tuple(event for event in history(database, card.id) if event.kind not in _SILENT),
    )


def card_in(webinar_id: int, card_id: int) -> Card:
    """Give a card of this webinar; raises NotFound."""
    card = get_card(get_database(), card_id)
    if card.webinar_id != webinar_id:
        raise NotFound(f"card {card_id}")
    return card


_SILENT: Final = ("touch", "draft", "grow")


@dataclass(frozen=True, slots=True)
class Versus:
    """Hold two texts word by word, each word with whether the other text lacks it."""

    mine: tuple[tuple[str, bool], ...]
    theirs: tuple[tuple[str, bool], ...]
    mine_text: str
    theirs_text: str


def versus(conflict: Conflict) -> Versus:
    """Give the text of the moderator beside the one that stands there now."""
    mine = str(conflict.yours.get("text") or "")
    theirs = conflict.theirs.answer or conflict.theirs.draft
    left, right = mine.split(), theirs.split()
    same_left: set[int] = set()
    same_right: set[int] = set()
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        same_left.update(range(block.a, block.a + block.size))
        same_right.update(range(block.b, block.b + block.size))
    return Versus(
        tuple((word, at not in same_left) for at, word in enumerate(left)),
        tuple((word, at not in same_right) for at, word in enumerate(right)),
        mine,
        theirs,
    )


def is_open(card: Card) -> bool:
    """Tell whether a card waits for an answer."""
    return card.state in OPEN


def stamp(card: Card) -> str:
    """Name what a card looks like: another stamp, and it must be shown again."""
    claimed_by = card.claim.by.id if card.claim else 0
    return f"{card.version}-{card.state}-{claimed_by}-{card.asked}"


def badge(card: Card, actor: Actor) -> tuple[str, str, str] | None:
    """Give icon, word and tone of a card's state; a new card has none: less to read."""
    if card.claim is not None:
        if card.claim.by.id == actor.id:
            return "pen", "Jij", "is-accent"
        return "lock", card.claim.by.name, "is-info"
    if card.asked_again:
        return "warn", f"Nog {card.asked_again}× gevraagd", "is-warn"
    return _BADGES.get(card.state)


_BADGES: Final[Mapping[State, tuple[str, str, str]]] = {
    State.DRAFT: ("pen", "Concept", ""),
    State.ANSWERED: ("check", "Beantwoord", "is-ok"),
    State.SPEAKER: ("speaker", "Spreker", "is-info"),
    State.POSTPONED: ("aside", "Opzij", ""),
    State.REJECTED: ("x", "Afgewezen", ""),
    State.NOISE: ("x", "Ruis", ""),
    State.DUPLICATE: ("copy", "Dubbel", ""),
}
