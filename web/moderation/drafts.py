"""Turn the questions that the FAQ does not answer into draft entries."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from rapidfuzz.fuzz import token_set_ratio

from corpus import Corpus
from corpus.validation import fold
from web.db import Database
from web.queue.cards import Card, Filter, State, Wording
from web.queue.reading import list_cards, list_wordings

FORMAT: Final = "vraagwijzer-concepten"
VERSION: Final = 1
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
    status: str = "concept"


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
        return tuple(_entry(item) for item in content["entries"])
    except DraftsError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DraftsError("Dit bestand bevat geen concepten van Vraagwijzer.") from None


def _entry(item: dict[str, Any]) -> DraftEntry:
    wordings = tuple(DraftWording(str(w["text"]), int(w["times"])) for w in item["wordings"])
    texts = {name: str(item[name]) for name in ("id", "question", "answer", "owner", "status")}
    return DraftEntry(asked=int(item["asked"]), wordings=wordings, **texts)
