"""Know the columns of a table of questions by their Dutch or English names."""

import re
from enum import StrEnum
from typing import Final


class Column(StrEnum):
    """Name what a column holds, as our own export does."""

    ID = "id"
    SECTION = "section"
    QUESTION = "question"
    ANSWER = "answer"
    SHORT_ANSWER = "short_answer"
    PHRASINGS = "phrasings"
    SOURCE = "source"
    SIGNPOST = "signpost"
    RELATED = "related"


_NAMES: Final = {
    Column.ID: "id nr nummer code vraagid vraagnummer number no questionid qnaid",
    Column.SECTION: (
        "section sectie afdeling rubriek categorie category thema theme onderwerp topic hoofdstuk"
        " deel groep group onderdeel"
    ),
    Column.QUESTION: "question vraag vragen questions q v veelgesteldevraag vraagtekst titel title",
    Column.ANSWER: "answer antwoord antwoorden answers a response reactie tekst antwoordtekst",
    Column.SHORT_ANSWER: "shortanswer kortantwoord kort samenvatting summary",
    Column.PHRASINGS: (
        "phrasings formuleringen formulering varianten variant alternatieven alternatief"
        " alternatievevragen alternatieveformuleringen alternativequestions alternatephrasings"
        " synoniemen synonyms anderewoorden utterances voorbeelden examples phrasing"
    ),
    Column.SOURCE: "source bron herkomst sourcedisplayname",
    Column.SIGNPOST: "signpost wegwijzer verwijzing",
    Column.RELATED: "related verwant gerelateerd zieook seealso",
}
_BY_NAME: Final = {name: column for column, names in _NAMES.items() for name in names.split()}


def column_of(header: str) -> Column | None:
    """Give what a column with this header holds, or None."""
    return _BY_NAME.get(re.sub(r"[^a-z]", "", header.casefold()))
