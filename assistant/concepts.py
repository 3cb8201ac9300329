"""Know which words mean the same at work, to see that two questions ask the same in other words.

The concepts are data (data/concepts.tsv): general Dutch, each word of which stands in the shipped
corpus or in the invented groups of questions too.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from assistant.text import normalise

CONCEPTS: Final = Path(__file__).parent / "data" / "concepts.tsv"
_WORD: Final = re.compile(r"[a-z0-9&-]+")


def concepts(text: str) -> frozenset[str]:
    """Give the names of the concepts in a text; a way of asking ('form:who') is one too."""
    plain = " ".join(_WORD.findall(normalise(text)))
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(plain))


def read_concepts() -> dict[str, tuple[str, ...]]:
    """Give the words of each concept: a star stands for any ending, an underscore for a space."""
    lines = CONCEPTS.read_text("utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines if line[:1] != "#"]
    return {name: tuple(words.split()) for name, words in rows}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(map(_alternative, words))})(?!\w)")
        for name, words in read_concepts().items()
    }


def _alternative(word: str) -> str:
    plain = normalise(word.replace("_", " "))
    if plain.endswith("*"):
        return re.escape(plain[:-1]) + r"\w*"
    return re.escape(plain) + "(?:s|en|e)?"
