"""Give the answers that may fit a card, best first, with how sure that is and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant import Assistant, Match, Outcome, sureness
from assistant.text import words
from corpus import Corpus

LENGTH: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Hold one answer that may fit."""

    id: str
    title: str
    text: str
    """Short answer of an entry, or signpost of a known gap: ready to paste."""
    probability: float
    phrasing: str
    shared_words: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Tell whether the FAQ has no answer to this, only a signpost."""
        return self.id.startswith("g")

    @property
    def label(self) -> str:
        """Say how sure: 'Past goed, 91 van de 100'."""
        words_for_it = sureness(self.probability).label.removesuffix(" bij je vraag")
        return f"{words_for_it}, {round(self.probability * 100)} van de 100"

    @property
    def bars(self) -> int:
        """Give how sure as one to three bars."""
        return sureness(self.probability).bars

    def marked(self) -> Iterator[tuple[str, bool]]:
        """Give the winning wording word by word, and whether the question has that word too."""
        shared = {folded for word in self.shared_words for folded in words(word)}
        for token in self.phrasing.split():
            yield token, any(folded in shared for folded in words(token))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Hold the best answers to a question; `fits` is False when none of them is good enough."""

    items: tuple[Suggestion, ...]
    fits: bool


def suggest(assistant: Assistant, question: str) -> Suggestions:
    """Give the three best answers to a question."""
    return _suggest(assistant, assistant.corpus.version, question)


@lru_cache(maxsize=4096)
def _suggest(assistant: Assistant, _version: str, question: str) -> Suggestions:
    reply = assistant.match([question])[0]
    found = [_suggestion(assistant.corpus, match) for match in reply.matches]
    items = tuple(item for item in found if item is not None)[:LENGTH]
    return Suggestions(items, bool(reply.outcome is not Outcome.FALLBACK or reply.gap_id))


def forget_suggestions() -> None:
    """Forget what was suggested from another version of the FAQ, and that version with it."""
    _suggest.cache_clear()


def _suggestion(corpus: Corpus, match: Match) -> Suggestion | None:
    evidence = match.probability, match.phrasing, match.shared_words
    entry = corpus.entry_by_id.get(match.entry_id)
    if entry is not None:
        return Suggestion(entry.id, entry.question, entry.short_answer, *evidence)
    gap = corpus.gap_by_id.get(match.entry_id)
    return Suggestion(gap.id, gap.title, gap.signpost, *evidence) if gap else None


def title_of(corpus: Corpus, entry_id: str) -> str:
    """Give the question of an entry or the title of a gap; '' for anything else."""
    entry = corpus.entry_by_id.get(entry_id)
    if entry is not None:
        return entry.question
    gap = corpus.gap_by_id.get(entry_id)
    return gap.title if gap else ""
