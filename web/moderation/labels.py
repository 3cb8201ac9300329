"""Say in Dutch what happened to a card."""

from collections.abc import Mapping
from typing import Final

from web.queue.cards import Event

_WHAT: Final[Mapping[str, str]] = {
    "arrive": "Kwam binnen",
    "claim": "Geclaimd",
    "release": "Losgelaten",
    "choose": "Antwoord gekozen",
    "answer": "Beantwoord",
    "set_aside": "Opzij gezet",
    "noise": "Als ruis gemerkt",
    "again": "Nog eens beantwoord",
    "reopen": "Teruggezet bij Open",
    "speaker": "Klaargezet voor de spreker",
    "order": "Op een andere plek bij de spreker gezet",
    "rename": "Vraag gewijzigd",
    "hide": "Getoond of verborgen op de publieke pagina",
    "merge": "Samengevoegd",
    "duplicate": "Als dubbel gemerkt",
    "split": "Gesplitst",
    "move": "Formulering verplaatst",
    "edit": "Concept bewerkt",
    "undo": "Ongedaan gemaakt",
}
SAID: Final[Mapping[str, str]] = {
    "claim": "Je hebt deze vraag geclaimd.",
    "release": "Je hebt de vraag losgelaten.",
    "none": "Genoteerd: geen passend antwoord.",
    "answer": "De vraag staat bij Beantwoord.",
    "live": "De vraag is live beantwoord.",
    "later": "Het antwoord komt later. De vraag staat bij Beantwoord.",
    "again": "Het antwoord telt nu voor iedereen die het vroeg.",
    "speaker": "De vraag staat klaar voor de spreker.",
    "first": "De spreker krijgt deze vraag nu.",
    "earlier": "De vraag staat een plek hoger bij de spreker.",
    "later-turn": "De vraag staat een plek lager bij de spreker.",
    "aside": "De vraag staat bij Opzij.",
    "reject": "De vraag is afgewezen. Ze staat bij Opzij.",
    "noise": "De vraag staat bij Ruis.",
    "reopen": "De vraag staat weer bij Open.",
    "rename": "De vraag is gewijzigd.",
    "hide": "De vraag staat niet op de publieke pagina.",
    "unhide": "De vraag mag weer op de publieke pagina.",
    "duplicate": "De vragen staan nu bij elkaar.",
    "split": "De groep is gesplitst.",
    "separate": "De vraag staat weer op een eigen kaart.",
    "undo": "Dat is ongedaan gemaakt.",
}
"""What the toast says after an action; other actions say nothing."""


def event_label(event: Event) -> str:
    """Say what happened, and from which state to which when that changed."""
    what = _WHAT.get(event.kind, event.kind)
    if event.from_state and event.to_state and event.from_state is not event.to_state:
        return f"{what}: van {event.from_state.label.lower()} naar {event.to_state.label.lower()}"
    return what
