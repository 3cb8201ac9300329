"""Recognise a question in another language than the corpus's."""

from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

CANDIDATES: Final = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "tr", "ar", "uk", "ru")
SURE: Final = 0.85
"""From this probability on a text counts as foreign. Of 4,319 Dutch chat lines none reached it."""
UNKNOWN_SHARE: Final = 0.2
"""A text of which less than this share is unknown to the corpus is never foreign; this only saves
the time and memory of the model."""
_SHORTEST: Final = 2


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Load the model when the first unusual text asks for it (about a second)."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def foreign_language(text: str, unknown_share: float, own: str = "nl") -> str | None:
    """Give the ISO 639-1 code of a text that is surely in another language, else None.

    `unknown_share` is the share of its words that the corpus does not know (0 to 1).
    """
    if unknown_share < UNKNOWN_SHARE or len(text.split()) < _SHORTEST:
        return None
    language, probability = _identifier().classify(text)
    return str(language) if language != own and probability >= SURE else None
