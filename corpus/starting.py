"""Make the start of a new corpus: settings with a comment at each field, and an example.

`vraagwijzer new` writes it, an import fills it. The settings hold texts that work at once; what
only the editor knows, such as where people can be reached, is marked as an example.
"""

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import tomli_w

from corpus.labels import write_text
from corpus.models import CHATTER_KINDS, ChatterKind, Contact, Corpus, Entry, Gap, Promise, Texts
from corpus.reading import TEXT_FIELDS

EXAMPLE_CONTACT: Final = Contact(
    "Je eigen contactpunt",
    "mailto:vragen@example.org",
    "Voor vragen die deze FAQ niet beantwoordt.",
)
_EXAMPLE_QUESTION: Final = "Hoe lang duurt het voordat ik antwoord krijg?"
_EXAMPLE_GAP: Final = "Kan ik mijn vraag ook telefonisch stellen?"
_TEXTS: Final = Texts(
    greeting="Hallo! Wat wil je weten? Stel je vraag in je eigen woorden.",
    thanks="Graag gedaan. Heb je later nog een vraag? Dan kun je die hier weer stellen.",
    fallback=(
        "Je vraag staat niet in deze FAQ. We geven liever geen antwoord dan een verkeerd antwoord. "
        "Deze mensen kunnen je verder helpen."
    ),
    technical=(
        "Vraagwijzer kan geluid, beeld of verbinding niet herstellen. "
        "Meld het bij de organisatie. Soms helpt het om opnieuw in te loggen."
    ),
    noise="Heb je een vraag? Stel die in je eigen woorden. Een computer zoekt er een antwoord bij.",
    other_language={
        "nl": "Deze FAQ is in het Nederlands. Stel je vraag in het Nederlands.",
        "en": "This FAQ is in Dutch. Please ask your question in Dutch.",
        "de": "Diese FAQ ist auf Niederländisch. Bitte stell deine Frage auf Niederländisch.",
        "fr": "Cette FAQ est en néerlandais. Posez votre question en néerlandais.",
    },
)
_COMMENTS: Final[Mapping[str, str]] = {
    "title": "De naam van de FAQ, boven elke pagina.",
    "language": "De taal van de vragen en antwoorden: nl.",
    "subject": "Waar de FAQ over gaat, in een paar woorden; komt in zinnen te staan.",
    "source": "Waar de antwoorden vandaan komen: het document en wie het maakte.",
    "source_url": "Het adres van het document op internet; mag leeg blijven.",
    "examples": "Twee of drie vragen die op de startpagina als voorbeeld staan; mag leeg blijven.",
    "promise": (
        "Wat je belooft. Van de antwoorden die Vraagwijzer meteen toont is hooguit dit deel fout\n"
        "(0.05 is 5 van de 100), als dit deel van de vragen niet in de FAQ staat."
    ),
    "contact": (
        "Wie mensen kan helpen als de FAQ geen antwoord heeft. Herhaal dit blok voor elk contact.\n"
        "url mag weg als er geen pagina of adres is; anders https://... of mailto:..."
    ),
    "texts": (
        "Wat Vraagwijzer zegt bij een groet, een bedankje, een vraag die niet in de FAQ staat,\n"
        "een technisch probleem en iets dat geen vraag is."
    ),
    "other_language": "Het antwoord op een vraag in een andere taal: de taalcode en de tekst.",
}
_ENTRY: Final = """---
# Het nummer van de vraag: q met cijfers. Een vraag over de FAQ zelf begint met p (p01).
id: q01
# De afdeling waaronder de vraag staat.
section: Over vragen stellen
# De vraag zoals die in de FAQ staat.
question: {question}
# Het antwoord voor in een chat: hooguit 300 tekens.
short_answer: Meestal krijg je binnen twee werkdagen antwoord.
# Waar het antwoord vandaan komt.
source: voorbeeld
# Nummers van vragen die hierbij horen, bijvoorbeeld [q02, q05].
related: []
# Hoe mensen deze vraag nog meer stellen, zo veel mogelijk; per regel één.
phrasings:
- Wanneer hoor ik iets?
- hoe snel reageren jullie
- Binnen hoeveel dagen antwoorden jullie?
---

Meestal krijg je binnen twee werkdagen antwoord. Is het druk, dan duurt het wat langer.

Dit is een voorbeeld. Vervang het door je eerste eigen vraag: de tekst onder de streep is het
antwoord, in Markdown. Een import vervangt dit voorbeeld vanzelf.
"""
_GAP: Final = """---
# Een bekend gat: wat mensen vragen en deze FAQ niet beantwoordt. Het nummer is g met cijfers.
id: g01
# Het gat in één vraag.
title: {title}
# Hoe mensen ernaar vragen; per regel één.
phrasings:
- Kan ik jullie bellen?
- wat is jullie telefoonnummer
- Ik praat liever met een mens
---

Daar gaat deze FAQ niet over. Mail ons gerust.

Dit is een voorbeeld: de tekst onder de streep is de wegwijzer. Een import haalt dit voorbeeld weg.
"""


def starting_corpus(title: str, source: str = "", subject: str = "") -> Corpus:
    """Give a corpus without questions, with settings and texts that work for any subject."""
    return Corpus(
        title=title,
        language="nl",
        source=source or title,
        source_url="",
        subject=subject or title,
        contacts=(EXAMPLE_CONTACT,),
        texts=_TEXTS,
        promise=Promise(),
        entries=(),
        out_of_scope=tuple(_lines("out-of-scope.txt")),
        chatter=tuple(_chatter()),
    )


def write_start(folder: Path, title: str = "Mijn FAQ") -> None:
    """Write a new corpus with an example question and an example gap into an empty folder."""
    corpus = starting_corpus(title)
    for name in ("entries", "gaps"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_text(folder / "corpus.toml", settings_text(corpus))
    entry = _ENTRY.format(question=_EXAMPLE_QUESTION)
    write_text(folder / "entries" / "q01-voorbeeld.md", entry)
    write_text(folder / "gaps" / "g01-voorbeeld.md", _GAP.format(title=_EXAMPLE_GAP))
    for name in ("out-of-scope.txt", "chatter.tsv"):
        write_text(folder / name, _read(name))


def is_example(item: Entry | Gap) -> bool:
    """Tell whether an entry or a gap is still the example of a new corpus."""
    if isinstance(item, Gap):
        return item.title == _EXAMPLE_GAP and "voorbeeld" in item.signpost
    return item.question == _EXAMPLE_QUESTION and item.source == "voorbeeld"


def without_examples(corpus: Corpus) -> Corpus:
    """Give a corpus without the examples of a new one: a document takes their place."""
    return replace(
        corpus,
        entries=tuple(entry for entry in corpus.entries if not is_example(entry)),
        gaps=tuple(gap for gap in corpus.gaps if not is_example(gap)),
    )


def settings_text(corpus: Corpus) -> str:
    """Give corpus.toml with a comment at each field."""
    promise, texts = corpus.promise, corpus.texts
    parts = [
        "# De instellingen van deze FAQ. Regels met een # zijn uitleg.\n",
        *(
            f"{_comment(name)}{_pair(name, getattr(corpus, name))}"
            for name in ("title", "language", "subject", "source", "source_url", "examples")
        ),
        f"\n{_comment('promise')}[promise]\n"
        + _pair("wrong_among_shown", promise.wrong_among_shown)
        + _pair("out_of_scope_share", promise.out_of_scope_share),
        f"\n{_comment('contact')}" + "\n".join(_contact(contact) for contact in corpus.contacts),
        f"\n{_comment('texts')}[texts]\n"
        + "".join(_pair(name, getattr(texts, name)) for name in TEXT_FIELDS),
        f"\n{_comment('other_language')}[texts.other_language]\n"
        + "".join(_pair(code, text) for code, text in texts.other_language.items()),
    ]
    return "".join(parts)


def _contact(contact: Contact) -> str:
    url = _pair("url", contact.url) if contact.url else ""
    return (
        f"[[contact]]\n{_pair('label', contact.label)}{url}"
        f"{_pair('explanation', contact.explanation)}"
    )


def _comment(name: str) -> str:
    return "".join(f"# {line}\n" for line in _COMMENTS[name].split("\n"))


def _pair(name: str, value: object) -> str:
    plain: Any = list(value) if isinstance(value, tuple) else value
    return tomli_w.dumps({name: plain})


def _read(name: str) -> str:
    return files("corpus").joinpath("start", name).read_text("utf-8")


def _lines(name: str) -> list[str]:
    return [line for line in _read(name).splitlines() if line and not line.startswith("#")]


def _chatter() -> list[tuple[ChatterKind, str]]:
    rows = [line.split("\t", 1) for line in _lines("chatter.tsv")]
    return [(kind, text) for name, text in rows for kind in CHATTER_KINDS if kind == name]
