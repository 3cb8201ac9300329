"""Tell how alike a question of a document and one of a corpus are."""

from typing import Final

from rapidfuzz import fuzz

from corpus.importers.faq.escaping import plain_blocks
from corpus.importers.faq.models import Draft
from corpus.models import Entry
from corpus.validation import fold

_PREFIX: Final = 1_500
"""Characters of an answer that are compared; enough to know it by."""


def likeness(draft: Draft, entry: Entry) -> float:
    """Tell how alike two questions are, 0 to 100: by the question, and by a full answer."""
    question = _question_likeness(draft.question, entry.question)
    mine, theirs = answer_words(draft.answer), answer_words(entry.answer)
    answer = fuzz.ratio(mine, theirs)
    if question >= 97:
        return max(question - 5, 0.5 * question + 0.5 * answer)
    if min(len(mine), len(theirs)) >= 120 and answer >= 90:
        return max(answer - 5, 0.5 * question + 0.5 * answer)
    # A short answer ("Ja, dat mag.") fits many questions, so the question weighs most.
    weight = 0.5 if min(len(mine), len(theirs)) >= 120 else 0.75
    return weight * question + (1 - weight) * answer


def _question_likeness(one: str, other: str) -> float:
    folded = fold(one), fold(other)
    return max(fuzz.ratio(*folded), 0.95 * fuzz.token_sort_ratio(*folded))


def answer_words(markdown: str) -> str:
    """Give the words of an answer, as far as they are compared."""
    return fold(" ".join(plain_blocks(markdown)))[:_PREFIX]
