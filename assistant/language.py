"""Recognise a question in another language than Dutch."""

from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from assistant.text import words

CANDIDATES: Final = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "tr", "ar", "uk", "ru")
SURE: Final = 0.85
"""From this probability on a text counts as foreign. Of 8,253 Dutch lines none did."""
_ENOUGH_DUTCH: Final = 2
"""Number of the words below that make a text Dutch without asking the model, which takes a second
to load."""
_DUTCH_WORDS = """
aan als bij dan dat de die dit een er geen het hoe ik je jij jullie kan kun maar
met mijn moet naar niet nog ook om te uit van voor waarom wat wel wie wordt zijn
"""
_ONLY_DUTCH: Final = frozenset(_DUTCH_WORDS.split())
_SHORTEST: Final = 2


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def foreign_language(text: str) -> str | None:
    """Give the ISO 639-1 code of a text that is surely not Dutch, else None."""
    if len(text.split()) < _SHORTEST:
        return None
    if len(_ONLY_DUTCH.intersection(words(text))) >= _ENOUGH_DUTCH:
        return None
    language, probability = _identifier().classify(text)
    return str(language) if language != "nl" and probability >= SURE else None
