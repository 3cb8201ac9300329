"""Make a text ready to be stored: no personal data, no broken characters, no endless length."""

from typing import Final

from corpus.privacy import redact
from web.models import storable

MAX_TEXT: Final = 4000
"""Characters of a message, a draft or an answer; longer text is cut before anything reads it."""


def stored_text(text: str) -> str:
    """Give the text as it may be stored."""
    lines = storable(text[:MAX_TEXT]).replace("\r\n", "\n").strip()
    return redact(lines)
