"""Write events and what they change, in one transaction; add events up again; take them back.

Every change to a card goes through a `Step`: it changes the rows, notes each field before and
after, and ends as one event. The webinar's row is locked meanwhile, so events are numbered without
gaps in the order in which they become visible, and no reader can miss one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from web.models import CardRow, EventRow, WebinarRow, WordingRow
from web.queue.cards import Actor, NotFound

FIELDS: Final = (
    "version",
    "state",
    "kind",
    "question",
    "asked",
    "first_time",
    "entry_id",
    "draft",
    "answer",
    "channel",
    "reason",
    "claimed_by",
    "claimed_until",
    "changed_by",
    "changed_at",
    "answered_by",
    "answered_at",
    "answered_for",
    "duplicate_of",
    "speaker_place",
    "is_hidden",
    "owner",
    "is_approved",
    "arrived",
    "created_at",
)
"""What an event can change of a card."""
_MOMENTS: Final = frozenset({"claimed_until", "changed_at", "answered_at", "created_at"})


def lock_webinar(session: Session, webinar_id: int) -> WebinarRow:
    """Give the webinar, held by this transaction: its writers come one after the other."""
    row = session.scalar(select(WebinarRow).where(WebinarRow.id == webinar_id).with_for_update())
    if row is None:
        raise NotFound(f"webinar {webinar_id}")
    return row


class Step:
    """Change cards and wordings of one webinar, and note it as one event."""

    def __init__(self, session: Session, webinar: WebinarRow, actor: Actor, now: datetime) -> None:
        self.session = session
        self.webinar = webinar
        self.actor = actor
        self.now = now
        self._cards: dict[str, dict[str, list[Any]]] = {}
        self._wordings: dict[str, list[int | None]] = {}
        self._touched: set[int] = set()

    @property
    def sequence(self) -> int:
        """Give the number that the event will have."""
        return self.webinar.last_sequence + 1

    def change(self, card: CardRow, **fields: Any) -> None:
        """Change fields of a card; what stays the same is not noted."""
        noted = self._cards.setdefault(str(card.id), {})
        for name, value in fields.items():
            before = getattr(card, name)
            if before == value:
                continue
            setattr(card, name, value)
            was = noted[name][0] if name in noted else plain(before)
            noted[name] = [was, plain(value)]

    def touch(self, card: CardRow) -> None:
        """Note that a person changed the card: it gets a new version, once a step."""
        if card.id in self._touched:
            return
        self._touched.add(card.id)
        by = self.actor.id
        self.change(card, version=card.version + 1, changed_by=by, changed_at=self.now)

    def arrive(self, card: CardRow) -> None:
        """Note a new card, with all its fields."""
        noted = {name: [None, plain(getattr(card, name))] for name in FIELDS}
        self._cards[str(card.id)] = noted

    def place(self, wording: WordingRow, card_id: int, *, is_new: bool = False) -> None:
        """Put a wording on a card."""
        before = None if is_new else wording.card_id
        wording.card_id = card_id
        self._wordings[str(wording.id)] = [before, card_id]

    def record(
        self,
        kind: str,
        card: CardRow | None = None,
        *,
        before: str = "",
        key: str = "",
        undoes: int | None = None,
    ) -> EventRow:
        """Write the event."""
        self.webinar.last_sequence += 1
        self.webinar.active_at = self.now
        event = EventRow(
            webinar_id=self.webinar.id,
            sequence=self.webinar.last_sequence,
            kind=kind,
            card_id=card.id if card else None,
            actor_id=self.actor.id,
            at=self.now,
            from_state=before,
            to_state=card.state if card else "",
            undoes=undoes,
            key=key or None,
            changes={"cards": self._cards, "wordings": self._wordings},
        )
        self.session.add(event)
        self._cards, self._wordings, self._touched = {}, {}, set()
        return event


def plain(value: Any) -> Any:
    """Give a field as JSON can hold it."""
    return value.isoformat() if isinstance(value, datetime) else value


def unplain(name: str, value: Any) -> Any:
    """Give a field back from JSON."""
    return datetime.fromisoformat(value) if name in _MOMENTS and value else value


def add_up(events: Iterable[EventRow]) -> tuple[dict[int, dict[str, Any]], dict[int, int]]:
    """Give the fields of every card, and the card of every wording, after these events."""
    cards: dict[int, dict[str, Any]] = {}
    wordings: dict[int, int] = {}
    for event in events:
        for card_id, fields in event.changes["cards"].items():
            after = {name: unplain(name, pair[1]) for name, pair in fields.items()}
            cards.setdefault(int(card_id), {}).update(after)
        for wording_id, (_, card_id) in event.changes["wordings"].items():
            wordings[int(wording_id)] = card_id
    return cards, wordings


def rebuild(session: Session, webinar_id: int) -> None:
    """Make the cards of a webinar again from its events alone."""
    rows = session.scalars(
        select(EventRow).where(EventRow.webinar_id == webinar_id).order_by(EventRow.sequence)
    )
    cards, wordings = add_up(rows)
    for card_id, fields in cards.items():
        card = session.get(CardRow, card_id)
        if card is None:
            session.add(CardRow(id=card_id, webinar_id=webinar_id, **fields))
            continue
        for name, value in fields.items():
            setattr(card, name, value)
    for wording_id, card_id in wordings.items():
        session.execute(
            update(WordingRow).where(WordingRow.id == wording_id).values(card_id=card_id)
        )


def is_current(session: Session, changes: Mapping[str, Any]) -> bool:
    """Tell whether the cards and wordings still are as these changes left them."""
    for card_id, fields in changes["cards"].items():
        card = session.get(CardRow, int(card_id))
        if card is None:
            return False
        for name, (_, after) in fields.items():
            if name not in _UNWATCHED and plain(getattr(card, name)) != after:
                return False
    return all(
        (row := session.get(WordingRow, int(wording_id))) is not None and row.card_id == card_id
        for wording_id, (_, card_id) in changes["wordings"].items()
    )


_UNWATCHED: Final = frozenset(
    {"version", "changed_by", "changed_at", "asked", "first_time", "claimed_by", "claimed_until"}
)
"""Fields that may have moved on since: taking back an action does not bring them back."""
