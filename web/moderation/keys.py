"""Register the keys of the console: help, `aria-keyshortcuts` and handlers all come from here.

The page shows the registry as the help overlay; the script reads the keys from that overlay, so
that no key can work that the overlay does not name.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """Hold one action and the key that does it."""

    name: str
    label: str
    keys: tuple[str, ...]
    """As a keyboard event names them, pressed together ('Control', 'Enter') or one by one."""
    is_fixed: bool = False
    """Not a single letter: works while typing, and cannot be changed."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Give what stands on the keys."""
        return tuple({"Control": "Ctrl", "Escape": "Esc"}.get(key, key) for key in self.keys)

    @property
    def aria(self) -> str:
        """Give the value of `aria-keyshortcuts`."""
        return "+".join(self.keys) if self.is_fixed else self.keys[0]


REGISTRY: Final = (
    Key("next", "Volgende vraag", ("j",)),
    Key("previous", "Vorige vraag", ("k",)),
    Key("pick1", "Kies antwoord 1", ("1",)),
    Key("pick2", "Kies antwoord 2", ("2",)),
    Key("pick3", "Kies antwoord 3", ("3",)),
    Key("none", "Geen passend antwoord", ("0",)),
    Key("answer", "Kopieer en rond af", ("Control", "Enter"), is_fixed=True),
    Key("edit", "Pas de tekst aan", ("e",)),
    Key("canned", "Vaste tekst (twee keer)", (":",)),
    Key("claim", "Claim of laat los", ("c",)),
    Key("takeover", "Neem over van een ander", ("o",)),
    Key("split", "Splits de groep", ("g",)),
    Key("speaker", "Voor de spreker", ("s",)),
    Key("earlier", "Hoger bij de spreker", ("h",)),
    Key("later-turn", "Lager bij de spreker", ("b",)),
    Key("live", "Live beantwoord", ("l",)),
    Key("duplicate", "Dubbel van een andere vraag", ("d",)),
    Key("aside", "Zet opzij", ("x",)),
    Key("noise", "Dit is ruis, of toch niet", ("n",)),
    Key("show", "Toon nieuwe vragen", ("t",)),
    Key("undo", "Maak ongedaan", ("u",)),
    Key("filter", "Volgend deel van de wachtrij", ("f",)),
    Key("hidden", "Toon de ruis, of weer de open vragen", ("r",)),
    Key("order", "Andere volgorde", ("w",)),
    Key("search", "Zoek", ("/",)),
    Key("help", "Dit overzicht", ("?",)),
    Key("leave", "Uit het tekstvak", ("Escape",), is_fixed=True),
)
AFTERWARDS: Final = (
    Key("next", "Volgende groep", ("j",)),
    Key("previous", "Vorige groep", ("k",)),
    Key("choose", "Kies deze groep, of toch niet", ("x",)),
    Key("edit", "Bewerk deze groep", ("e",)),
    Key("merge", "Voeg de gekozen groepen samen", ("m",)),
    Key("move", "Verplaats de gekozen formuleringen", ("v",)),
    Key("undo", "Maak ongedaan", ("u",)),
    Key("help", "Dit overzicht", ("?",)),
)
"""The keys of the page with draft entries."""
BY_NAME: Final = {key.name: key for key in REGISTRY}
