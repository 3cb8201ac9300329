"""Say how easily a text reads: how long its sentences are, and which words few people use.

Two measures that an editor can act on, rather than one score that hides them.

Sentence length. GOV.UK lets no sentence be longer than 25 words, after research in which readers
understand more than 90 % of a text with 14 words a sentence on average, and calls 21 words fairly
difficult ("Sentence length: why 25 words is our limit", Inside GOV.UK, 4 August 2014,
https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/).

Word frequency. Words below Zipf 3, once in a million, are low-frequency words (Van Heuven, Mandera,
Keuleers and Brysbaert 2014, "SUBTLEX-UK", Quarterly Journal of Experimental Psychology 67(6), 1176-
1190); how often a word is used is the best single predictor of how hard it is to read. The list of
words above it is that of wordfreq (see assistant/data/common-words.txt). Dutch writes compounds as
one word; one that is made of two common words counts as common.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt

from assistant.sentences import sentences
from assistant.text import stem

EASY_AVERAGE: Final = 14.0
"""Words a sentence, on average, up to which a text reads easily."""
LONG_SENTENCE: Final = 20
"""Words in a sentence above which it is fairly difficult."""
_SHORTEST: Final = 4
"""Letters of a word; the list has none that are shorter."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@\S+")
_LINKS: Final = ("", "s", "e", "en", "n")
"""Letters that join the parts of a Dutch compound."""
_markdown: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Readability:
    """Hold what was measured of a text."""

    sentences: tuple[str, ...]
    words: int
    uncommon: tuple[str, ...]
    """Words that few people use, in order, each once."""

    @property
    def average(self) -> float:
        """Give the number of words in a sentence, on average; 0 for a text without words."""
        return self.words / len(self.sentences) if self.sentences else 0.0

    @property
    def long_sentences(self) -> tuple[str, ...]:
        """Give the sentences that are fairly difficult for their length."""
        return tuple(s for s in self.sentences if len(_WORD.findall(s)) > LONG_SENTENCE)


def readability(text: str, familiar: Collection[str] = ()) -> Readability:
    """Measure a text in Markdown; `familiar` texts hold words that its readers use themselves."""
    known = {word.casefold() for line in familiar for word in _WORD.findall(line)}
    stems = {stem(word) for word in known}
    found = [s for block in _blocks(text) for s in sentences(block) if _WORD.search(s)]
    uncommon = (
        word
        for sentence in found
        for word in _candidates(sentence)
        if word not in known and stem(word) not in stems and not is_common(word)
    )
    counts = [len(_WORD.findall(sentence)) for sentence in found]
    return Readability(tuple(found), sum(counts), tuple(dict.fromkeys(uncommon)))


def hints(measured: Readability) -> tuple[str, ...]:
    """Give what an editor can do about it, each in one Dutch sentence; none when it reads well."""
    found = []
    if measured.average > EASY_AVERAGE:
        average = f"{measured.average:.1f}".replace(".", ",")
        found.append(
            f"Een zin heeft gemiddeld {average} woorden. Tot {EASY_AVERAGE:.0f} leest makkelijk."
        )
    for sentence in measured.long_sentences:
        count = len(_WORD.findall(sentence))
        found.append(f"Deze zin heeft {count} woorden; maak er twee van: ‘{sentence}’")
    if measured.uncommon:
        listed = ", ".join(measured.uncommon)
        found.append(f"Deze woorden gebruiken weinig mensen: {listed}.")
    return tuple(found)


def is_common(word: str) -> bool:
    """Tell whether a lower-case word is used once in a million or more, or made of two such."""
    common = _common_words()
    parts = [part for part in re.split(r"['’-]", word) if part]
    return all(
        len(part) < _SHORTEST or part in common or _is_compound(part, common) for part in parts
    )


def _is_compound(word: str, common: Collection[str]) -> bool:
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        if word[at:] not in common:
            continue
        head = word[:at]
        for link in _LINKS:
            if head.endswith(link) and head[: len(head) - len(link)] in common:
                return True
    return False


def _candidates(sentence: str) -> Iterator[str]:
    """Yield the words that may be uncommon; a capital inside a sentence makes a name."""
    for place, word in enumerate(_WORD.findall(sentence)):
        is_name = word[0].isupper() and (place > 0 or word.isupper())
        if len(word) >= _SHORTEST and not is_name and not any(c.isdigit() for c in word):
            yield word.casefold()


def _blocks(text: str) -> Iterator[str]:
    """Yield the plain text of each paragraph, list item and heading; a table has no sentences."""
    tokens = _markdown.parse(text)
    for before, token in pairwise(tokens):
        if before.type in ("th_open", "td_open"):
            continue
        parts = []
        for child in token.children or ():
            if child.type == "text":
                parts.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                parts.append(" ")
        plain = " ".join("".join(parts).split())
        if plain:
            yield _ADDRESS.sub("", plain)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    text = files("assistant").joinpath("data", "common-words.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
