"""Make a text ready to be stored: no personal data, no broken characters, no endless length."""

from collections.abc import Collection, Iterable
from typing import Final

from corpus import Corpus
from corpus.privacy import find_personal
from web.models import storable

MAX_TEXT: Final = 4000
"""Characters of a message, a draft or an answer; longer text is cut before anything reads it."""
MAX_TIME: Final = 40
MAX_NAME: Final = 80


def stored_text(text: str, keep: Collection[str] = ()) -> str:
    """Give the text as it may be stored: redacted, save for the details in `keep`."""
    text = storable(text[:MAX_TEXT]).replace("\r\n", "\n").strip()
    pieces, end = [], 0
    for finding in find_personal(text):
        if text[finding.start : finding.end] not in keep:
            pieces += [text[end : finding.start], finding.kind.value]
            end = finding.end
    return "".join([*pieces, text[end:]])


def cut(text: str, length: int) -> str:
    """Give the start of a text that has to fit in a column."""
    return storable(text)[:length]


def approved_details(corpus: Corpus) -> frozenset[str]:
    """Give the addresses, numbers and names that stand in approved answers: they may be kept.

    Without this, an answer that says where to mail would lose the address on its way.
    """
    if corpus.version not in _found:
        _found.clear()
        _found[corpus.version] = frozenset(
            text[finding.start : finding.end]
            for text in _approved(corpus)
            for finding in find_personal(text)
        )
    return _found[corpus.version]


_found: Final[dict[str, frozenset[str]]] = {}
"""What was found in the corpus in use, by its version: looking takes a tenth of a second."""


def _approved(corpus: Corpus) -> Iterable[str]:
    for entry in corpus.entries:
        yield from (entry.short_answer, entry.answer, entry.signpost)
    for gap in corpus.gaps:
        yield gap.signpost
    for contact in corpus.contacts:
        yield from (contact.label, contact.url.removeprefix("mailto:"), contact.explanation)
