"""Analyse a question with what a corpus knows: its jargon, and repairs of misspelled words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.text import stem, words

_SHORTEST_REPAIRED: Final = 4
_LONG_WORD: Final = 8
"""From this length on two edits are mended instead of one."""
_SHORTEST_HALF: Final = 3
_CACHE_SIZE: Final = 50_000


class Analyzer:
    """Give the words and stems of a text, jargon joined and misspelled words mended.

    `vocabulary` counts the words of the corpus; words outside it are mended when one is near.
    `jargon` pairs a term with its variants; each variant becomes the term, written as one word.
    """

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        jargon: Iterable[tuple[str, Sequence[str]]] = (),
    ) -> None:
        self.vocabulary = dict(vocabulary)
        self._sorted = sorted(self.vocabulary)
        self._lengths = np.array([len(word) for word in self._sorted], np.int32)
        self._letters = np.array([_letters(word) for word in self._sorted], np.uint64)
        self._jargon = _jargon_table(jargon)
        self._longest_from: dict[str, int] = {}
        for key in self._jargon:
            self._longest_from[key[0]] = max(len(key), self._longest_from.get(key[0], 0))
        self._repaired: dict[str, tuple[str, ...]] = {}

    @classmethod
    def from_texts(
        cls, texts: Iterable[str], jargon: Iterable[tuple[str, Sequence[str]]] = ()
    ) -> "Analyzer":
        """Learn the vocabulary from texts."""
        return cls(Counter(word for text in texts for word in words(text)), jargon)

    def words(self, text: str) -> list[str]:
        """Give the words of a text, mended, each jargon term as one word."""
        return self._join(self.mended(text))

    def stems(self, text: str) -> list[str]:
        """Give the stems of a text's words; jargon terms stay whole."""
        return [word if "_" in word else stem(word) for word in self.words(text)]

    def mended(self, text: str) -> list[str]:
        """Give the words of a text with misspelled ones mended."""
        return [part for word in words(text) for part in self.repair(word)]

    def unknown_share(self, text: str) -> float:
        """Give the share of a text's words that the corpus does not know, unmended (0 to 1)."""
        found = words(text)
        if not found:
            return 0.0
        return sum(word not in self.vocabulary for word in found) / len(found)

    def repair(self, word: str) -> tuple[str, ...]:
        """Give the known word nearest to a misspelled one, or the two it was glued from.

        A known, short or hopeless word comes back as it is. Distance: optimal string alignment
        (one swap of neighbours counts as one edit).
        """
        if word in self.vocabulary or len(word) < _SHORTEST_REPAIRED or word.isdigit():
            return (word,)
        if word not in self._repaired:
            if len(self._repaired) >= _CACHE_SIZE:
                self._repaired.clear()
            self._repaired[word] = self._nearest(word) or self._halves(word) or (word,)
        return self._repaired[word]

    def _nearest(self, word: str) -> tuple[str, ...] | None:
        edits = 1 if len(word) < _LONG_WORD else 2
        near = [self._sorted[at] for at in self._perhaps_within(word, edits)]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=8)
        if not found:
            return None
        # fewest edits, then the same first letter, then the most common word, then the alphabet
        best = min(
            (distance, known[0] != word[0], -self.vocabulary[known], known)
            for known, distance, _ in found
        )
        return (best[-1],)

    def _perhaps_within(self, word: str, edits: int) -> NDArray[np.int64]:
        """Give the places of the known words that may lie within so many edits, in order.

        Each edit changes the length by one at most, and the set of letters by two at most.
        """
        other = np.bitwise_count(self._letters ^ np.uint64(_letters(word)))
        return np.flatnonzero((np.abs(self._lengths - len(word)) <= edits) & (other <= 2 * edits))

    def _halves(self, word: str) -> tuple[str, ...] | None:
        """Split a word with a missing blank where both halves are best known."""
        splits = [
            (min(self.vocabulary.get(left, 0), self.vocabulary.get(right, 0)), left, right)
            for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
            for left, right in [(word[:at], word[at:])]
        ]
        count, left, right = max(splits, default=(0, "", ""))
        return (left, right) if count > 1 else None

    def _join(self, found: list[str]) -> list[str]:
        if not self._jargon:
            return found
        joined = []
        at = 0
        while at < len(found):
            longest = self._longest_from.get(found[at], 0)
            for length in range(min(longest, len(found) - at), 0, -1):
                term = self._jargon.get(tuple(found[at : at + length]))
                if term:
                    joined.append(term)
                    at += length
                    break
            else:
                joined.append(found[at])
                at += 1
        return joined


def _letters(word: str) -> int:
    """Give the set of a word's letters, digits and underscores as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _jargon_table(jargon: Iterable[tuple[str, Sequence[str]]]) -> dict[tuple[str, ...], str]:
    table = {}
    for term, variants in jargon:
        joined = "_".join(words(term)) + "_"
        for variant in (term, *variants):
            found = tuple(words(variant))
            if found:
                table[found] = joined
    return table
