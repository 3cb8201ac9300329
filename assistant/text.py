"""Turn Dutch chat text into clean text, words and stems. Pure functions; nothing is stored.

The order of the steps is the order of the functions: clean, normalise, words, stems.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from nltk.stem.snowball import DutchStemmer

MAX_QUESTION_LENGTH: Final = 500
"""Characters; longer text is refused before any analysis (char n-grams of 1 MB take seconds)."""

_stemmer: Final = DutchStemmer()
_NOT_TEXT: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # zero width, direction marks
    r"\ud800-\udfff\ufffe\uffff]"  # broken characters
)
_SPACE: Final = re.compile(r"\s+")
_APOSTROPHE: Final = re.compile(r"(?<=\w)['\u2018\u2019\u02bc\u0060\u00b4](?=\w)")
_SHORT_WORD: Final = re.compile(r"(?<!\w)['\u2018\u2019](?=[knmtsr]\b)")
_PLURAL: Final = re.compile(r"(?<=[aiouy])['\u2018\u2019\u0060\u00b4]s\b")
_WORD: Final = re.compile(r"[a-z0-9_]+")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_UNFOLDED: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ĳ": "ij", "đ": "d"})

CHAT_SPELLING: Final = {
    "aub": "alsjeblieft",
    "bv": "bijvoorbeeld",
    "bijv": "bijvoorbeeld",
    "dr": "er",
    "eig": "eigenlijk",
    "ff": "even",
    "gwn": "gewoon",
    "hb": "heb",
    "idd": "inderdaad",
    "iem": "iemand",
    "iig": "in ieder geval",
    "ipv": "in plaats van",
    "ivm": "in verband met",
    "k": "ik",
    "kheb": "ik heb",
    "kwil": "ik wil",
    "m": "hem",
    "mbt": "met betrekking tot",
    "mn": "mijn",
    "mss": "misschien",
    "n": "een",
    "nix": "niks",
    "nr": "naar",
    "nt": "niet",
    "nvt": "niet van toepassing",
    "obv": "op basis van",
    "r": "er",
    "svp": "alsjeblieft",
    "t": "het",
    "tav": "ten aanzien van",
    "tov": "ten opzichte van",
    "vd": "van de",
    "vh": "van het",
    "vlgs": "volgens",
    "vr": "voor",
    "wa": "wat",
    "wnr": "wanneer",
    "wrm": "waarom",
    "wss": "waarschijnlijk",
    "zn": "zijn",
    "zon": "zo een",
}
"""Spellings of chats and phones, after apostrophes are gone (`m'n` is `mn`)."""


def clean(text: str) -> str:
    """Give text without control and direction marks or broken characters, in Unicode form NFC."""
    readable = _NOT_TEXT.sub("", text)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", readable)).strip()


def normalise(text: str) -> str:
    """Give lower-case text without accents and without apostrophes (`collega's` is `collega`).

    NFKC can grow a text 18-fold, so what it gives is cut at twice the longest question.
    """
    plain = _without_accents(text[: 2 * MAX_QUESTION_LENGTH])
    return _APOSTROPHE.sub("", _SHORT_WORD.sub("", _PLURAL.sub("", plain)))


def _without_accents(text: str) -> str:
    if text.isascii():  # most lines: nothing to compose, fold or decompose
        return text.lower()
    compatible = unicodedata.normalize("NFKC", text)
    lower = compatible[: 2 * MAX_QUESTION_LENGTH].casefold().translate(_UNFOLDED)
    decomposed = unicodedata.normalize("NFD", lower)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Give the words of a text, normalised, chat spellings written out."""
    return list(_words(text))


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    """Split a text once: each step of the matcher asks for its words again."""
    found: list[str] = []
    for word in _WORD.findall(_STRETCHED.sub(r"\1\1", normalise(text))):
        if word in CHAT_SPELLING:
            found += CHAT_SPELLING[word].split()
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the Snowball stem of a normalised word."""
    stemmed: str = _stemmer.stem(word)
    return stemmed


def stems(text: str) -> list[str]:
    """Give the stems of a text's words."""
    return [stem(word) for word in words(text)]
