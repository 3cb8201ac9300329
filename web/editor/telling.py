"""Say in plain Dutch what changes do, what versions differ in, and how figures moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from corpus import Corpus
from web.editing.changes import (
    AddEntry,
    AddGap,
    AddOutOfScope,
    AddPhrasing,
    Change,
    EditEntry,
    EditGap,
    RemoveEntry,
    RemoveGap,
)
from web.moderation.suggestions import title_of

FIELDS: Final[Mapping[str, str]] = {
    "section": "afdeling",
    "question": "vraag",
    "title": "titel",
    "short_answer": "kort antwoord",
    "answer": "antwoord",
    "source": "bron",
    "related": "verwante vragen",
    "signpost": "wegwijzer",
    "phrasings": "formuleringen",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a change in words: what happens, to what, and the text itself."""

    what: str
    about: str = ""
    text: str = ""


def tell(change: Change | None, corpus: Corpus) -> Told:
    """Say what a change does; `corpus` knows the entries that it names."""
    if isinstance(change, AddPhrasing):
        return Told("Nieuwe formulering", _title(corpus, change.target), change.phrasing)
    if isinstance(change, AddEntry):
        return Told("Nieuwe vraag", "", change.entry.question)
    if isinstance(change, AddGap):
        return Told("Nieuw bekend gat", "", change.gap.title)
    if isinstance(change, AddOutOfScope):
        return Told("Hoort er niet bij", "", change.question)
    if isinstance(change, EditEntry | EditGap):
        target = change.entry_id if isinstance(change, EditEntry) else change.gap_id
        names = [FIELDS.get(name, name) for name in change.after]
        return Told(f"Gewijzigd: {', '.join(names)}", _title(corpus, target))
    if isinstance(change, RemoveEntry):
        return Told("Vraag weggehaald", "", _title(corpus, change.entry_id))
    if isinstance(change, RemoveGap):
        return Told("Bekend gat weggehaald", "", _title(corpus, change.gap_id))
    return Told("Een hele nieuwe FAQ", "", "ingelezen uit een document")


def _title(corpus: Corpus, name: str) -> str:
    return title_of(corpus, name) or name


def percent(share: float) -> str:
    """Give a share as '93,2 %'."""
    return f"{share * 100:.1f} %".replace(".", ",")


KINDS: Final[Mapping[str, str]] = {
    "start": "Uit de bestanden",
    "publish": "Gepubliceerd",
    "roll_back": "Teruggezet",
}
"""What a publication is called."""
