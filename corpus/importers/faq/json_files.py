"""Read JSON: our own export of a corpus, a list of questions, or schema.org data."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from corpus.importers.faq.clean import clean
from corpus.importers.faq.columns import Column, column_of
from corpus.importers.faq.grid import with_line_ends
from corpus.importers.faq.models import (
    DEFAULT_SECTION,
    DocumentError,
    Draft,
    Recognised,
)
from corpus.importers.faq.schema_org import questions_of
from corpus.models import Corpus, Entry
from corpus.serialising import from_plain
from corpus.validation import ENTRY_ID

FORMAT_KEY: Final = "vraagwijzer"
FORMAT_VERSION: Final = 1


def read_json(text: str) -> Recognised:
    """Give the questions of a JSON file."""
    try:
        content = json.loads(text)
    except ValueError:
        raise DocumentError("De JSON van dit bestand klopt niet.") from None
    except RecursionError:
        raise DocumentError("Deze JSON zit te diep in elkaar.") from None
    if isinstance(content, dict) and FORMAT_KEY in content:
        return _own(content)
    content = json.loads(clean(text))
    drafts = list(_lists(content)) or questions_of(content)
    if not drafts:
        raise DocumentError(
            "In dit JSON-bestand zijn geen vragen gevonden. Geef een lijst van objecten met "
            "‘question’ en ‘answer’."
        )
    return Recognised("JSON-bestand", "", tuple(drafts))


def draft_of(entry: Entry) -> Draft:
    """Give an entry as a draft, with all it has."""
    return Draft(
        section=entry.section,
        question=entry.question,
        answer=entry.answer,
        practical=entry.is_practical,
        id=entry.id,
        short_answer=entry.short_answer,
        source=entry.source,
        signpost=entry.signpost,
        related=entry.related,
        phrasings=entry.phrasings,
    )


def _own(content: dict[str, Any]) -> Recognised:
    if content[FORMAT_KEY] != FORMAT_VERSION:
        raise DocumentError(
            f"Dit is een export van een andere versie ({content[FORMAT_KEY]!r}); "
            f"deze Vraagwijzer leest versie {FORMAT_VERSION}."
        )
    try:
        corpus = from_plain(Corpus, content.get("corpus"))
    except ValueError as error:
        raise DocumentError(f"Deze export van Vraagwijzer is beschadigd ({error}).") from None
    drafts = tuple(draft_of(entry) for entry in corpus.entries)
    return Recognised("export van Vraagwijzer", corpus.title, drafts, own=True, corpus=corpus)


def _lists(content: object, section: str = DEFAULT_SECTION) -> Iterator[Draft]:
    """Yield the objects with a question and an answer, wherever they stand."""
    if isinstance(content, list):
        for item in content:
            yield from _lists(item, section)
        return
    if not isinstance(content, dict):
        return
    cells = {column_of(str(name)): value for name, value in content.items()}
    question, answer = cells.get(Column.QUESTION), cells.get(Column.ANSWER)
    if (
        isinstance(question, str)
        and isinstance(answer, str)
        and question.strip()
        and answer.strip()
    ):
        yield _draft(cells, section)
        return
    named = cells.get(Column.SECTION) or content.get("name") or content.get("naam")
    for name, value in content.items():
        below = named if isinstance(named, str) else section
        if isinstance(value, list) and value and column_of(str(name)) is None:
            below = below if isinstance(named, str) else _title(str(name), section)
        yield from _lists(value, below) if isinstance(value, list | dict) else ()


def _title(name: str, section: str) -> str:
    generic = re.fullmatch(r"(?i)(?:data|items|entries|vragen|questions|faq|faqs|list)", name)
    return section if generic else name


def _draft(cells: dict[Column | None, Any], section: str) -> Draft:
    def text(column: Column) -> str:
        value = cells.get(column)
        return value.strip() if isinstance(value, str) else ""

    phrasings = cells.get(Column.PHRASINGS)
    given = text(Column.ID).casefold()
    name = given if ENTRY_ID.fullmatch(given) else ""
    return Draft(
        section=text(Column.SECTION) or section,
        question=" ".join(text(Column.QUESTION).split()),
        answer=with_line_ends(text(Column.ANSWER)),
        practical=name.startswith("p"),
        id=name,
        short_answer=" ".join(text(Column.SHORT_ANSWER).split()),
        source=text(Column.SOURCE),
        phrasings=tuple(
            " ".join(item.split())
            for item in (phrasings if isinstance(phrasings, list) else ())
            if isinstance(item, str) and item.strip()
        ),
    )
