"""Turn the questions that the FAQ does not answer into draft entries."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from rapidfuzz.fuzz import token_set_ratio

from corpus import Corpus
from corpus.validation import fold
from web.db import Database
from web.queue.cards import Act, Actor, Card, Conflict, Filter, State, Wording
from web.queue.drafting import Edit, Returned, add_draft, edit_draft, find_draft
from web.queue.reading import get_card, list_cards, list_wordings

FORMAT: Final = "vraagwijzer-concepten"
VERSION: Final = 1
DRAFT, APPROVED = "concept", "goedgekeurd"
MOST_ENTRIES: Final = 2000
_LEFT_OUT: Final = frozenset({State.NOISE, State.DUPLICATE, State.REJECTED})


class DraftsError(ValueError):
    """Tell in one Dutch sentence why a file holds no draft entries."""


@dataclass(frozen=True, slots=True)
class DraftWording:
    """Hold one way in which it was asked."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """Hold a question that the FAQ does not answer yet; nothing of who asked it."""

    id: str
    question: str
    asked: int
    wordings: tuple[DraftWording, ...]
    answer: str = ""
    owner: str = ""
    status: str = DRAFT

    @property
    def returned(self) -> Returned:
        """Give the entry as the queue takes it back in."""
        edit = Edit(self.question, self.answer, self.owner, self.status == APPROVED)
        wordings = tuple((wording.text, wording.times) for wording in self.wordings)
        return Returned(edit, wordings, self.asked)


def unmatched_cards(database: Database, webinar_id: int, corpus: Corpus) -> list[Card]:
    """Give the cards whose answer is not an entry of the FAQ, most asked first."""
    cards = list_cards(database, webinar_id, Filter.ALL, limit=10**6)
    left = (
        card
        for card in cards
        if card.state not in _LEFT_OUT and (card.entry_id or "") not in corpus.entry_by_id
    )
    return sorted(left, key=lambda card: (-card.asked, card.id))


def draft_entries(database: Database, webinar_id: int, corpus: Corpus) -> tuple[DraftEntry, ...]:
    """Give those cards as draft entries."""
    return tuple(
        draft_entry(card, list_wordings(database, card.id))
        for card in unmatched_cards(database, webinar_id, corpus)
    )


def draft_entry(card: Card, wordings: Sequence[Wording]) -> DraftEntry:
    """Give one card as a draft entry."""
    return DraftEntry(
        id=f"k{card.id}",
        question=canonical(card.question, wordings),
        asked=card.asked,
        wordings=tuple(DraftWording(wording.text, wording.times) for wording in wordings),
        answer=card.answer or card.draft,
        owner=card.owner,
        status=APPROVED if card.is_approved else DRAFT,
    )


def canonical(question: str, wordings: Sequence[Wording]) -> str:
    """Give the most central wording, unless a moderator worded the question anew."""
    if fold(question) not in {fold(wording.text) for wording in wordings} or len(wordings) < 3:
        return question

    def closeness(wording: Wording) -> float:
        return sum(
            other.times * token_set_ratio(fold(wording.text), fold(other.text))
            for other in wordings
        )

    return max(wordings, key=lambda wording: (closeness(wording), -wording.id)).text


def to_json(drafts: Sequence[DraftEntry]) -> bytes:
    """Give draft entries as JSON; `from_json` gives the very same back."""
    content = {"format": FORMAT, "version": VERSION, "entries": [asdict(d) for d in drafts]}
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def from_json(raw: bytes) -> tuple[DraftEntry, ...]:
    """Read what `to_json` wrote; raises DraftsError."""
    try:
        content = json.loads(raw)
        if content["format"] != FORMAT or content["version"] != VERSION:
            raise DraftsError("Dit bestand hoort bij een andere versie van Vraagwijzer.")
        if len(content["entries"]) > MOST_ENTRIES:
            raise DraftsError(f"Dit bestand heeft meer dan {MOST_ENTRIES} concepten.")
        return tuple(_entry(item) for item in content["entries"])
    except DraftsError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DraftsError("Dit bestand bevat geen concepten van Vraagwijzer.") from None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Count what came of a file of draft entries."""

    added: int = 0
    changed: int = 0
    same: int = 0
    held: int = 0
    """Entries that somebody works on right now: left as they are."""

    @property
    def summary(self) -> str:
        """Tell a moderator in one sentence what was done."""
        told = f"{self.added} toegevoegd, {self.changed} gewijzigd, {self.same} waren al zo."
        if self.held:
            told += f" {self.held} overgeslagen: daar werkt nu iemand anders aan."
        return f"Concepten teruggelezen: {told}"


def take_back(
    database: Database,
    webinar_id: int,
    actor: Actor,
    drafts: Sequence[DraftEntry],
    keep: Collection[str] = (),
) -> TakenBack:
    """Bring draft entries of a file back: change what is here, add what is not."""
    tally = dict.fromkeys(("added", "changed", "same", "held"), 0)
    for draft in drafts:
        tally[_take_one_back(database, webinar_id, actor, draft, keep)] += 1
    return TakenBack(**tally)


def _take_one_back(
    database: Database,
    webinar_id: int,
    actor: Actor,
    draft: DraftEntry,
    keep: Collection[str],
) -> str:
    returned = draft.returned
    number = draft.id.removeprefix("k")
    own = int(number) if number.isascii() and number.isdecimal() and len(number) < 16 else 0
    card_id = find_draft(database, webinar_id, returned, own)
    if card_id is None:
        add_draft(database, webinar_id, actor, returned)
        return "added"
    card = get_card(database, card_id)
    if draft_entry(card, list_wordings(database, card_id)).returned.edit == returned.edit:
        return "same"
    result = edit_draft(database, Act(card_id, actor, card.version), returned.edit, keep)
    return "held" if isinstance(result, Conflict) else "changed"


def _entry(item: dict[str, Any]) -> DraftEntry:
    wordings = tuple(DraftWording(str(w["text"]), int(w["times"])) for w in item["wordings"])
    texts = {name: str(item[name]) for name in ("id", "question", "answer", "owner", "status")}
    return DraftEntry(asked=int(item["asked"]), wordings=wordings, **texts)
