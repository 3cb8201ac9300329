"""Register the keys of the page of asked questions, as `web.moderation.keys` does for the console.

Help, `aria-keyshortcuts` and handlers all come from here; the same action has the same key.
"""

from typing import Final

from web.moderation.keys import Key

REGISTRY: Final = (
    Key("next", "Volgende groep", ("j",)),
    Key("previous", "Vorige groep", ("k",)),
    Key("pick1", "Kies bij vraag 1", ("1",)),
    Key("pick2", "Kies bij vraag 2", ("2",)),
    Key("pick3", "Kies bij vraag 3", ("3",)),
    Key("phrasing", "Voeg toe als formulering", ("f",)),
    Key("entry", "Maak een nieuwe vraag", ("v",)),
    Key("gap", "Maak een bekend gat", ("g",)),
    Key("outside", "Hoort er niet bij", ("b",)),
    Key("aside", "Negeer", ("x",)),
    Key("undo", "Maak ongedaan", ("u",)),
    Key("help", "Dit overzicht", ("?",)),
    Key("leave", "Uit het tekstvak", ("Escape",), is_fixed=True),
)
BY_NAME: Final = {key.name: key for key in REGISTRY}
