"""Hold the rules on what may be asked, in one place for the page and the JSON interface."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from assistant.text import MAX_QUESTION_LENGTH, clean

EMPTY: Final = "Je vraag is nog leeg. Typ je vraag in woorden."
NOT_TEXT: Final = "Je vraag bevat tekens die geen tekst zijn. Haal die tekens weg."


@dataclass(frozen=True, slots=True)
class CheckedQuestion:
    """Hold a question as it can be analysed, or in one Dutch sentence why it cannot."""

    text: str
    problem: str = ""


def check_question(raw: str) -> CheckedQuestion:
    """Check a typed question; what nobody can see (NUL, control marks) is dropped on the way."""
    text = clean(raw)
    if not text:
        return CheckedQuestion("", EMPTY)
    # NFKC, with which analysis starts, can grow a text 18-fold: count what would be analysed.
    length = max(len(text), len(unicodedata.normalize("NFKC", text)))
    if length > MAX_QUESTION_LENGTH:
        return CheckedQuestion(text, too_long(length))
    return CheckedQuestion(text)


def too_long(length: int) -> str:
    """Say that a question is too long, how long it is and how long it may be."""
    return (
        f"Je vraag is te lang: {length} tekens. Er passen {MAX_QUESTION_LENGTH} tekens in. "
        "Maak je vraag korter."
    )


def holds_broken_characters(raw: str) -> bool:
    """Tell whether a text holds NUL or half a character (a lone surrogate)."""
    return any(c == "\0" or "\ud800" <= c <= "\udfff" for c in raw)
