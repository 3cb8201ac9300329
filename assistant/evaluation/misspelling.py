"""Misspell questions on purpose, to see what slips of the finger cost.

An edit is a letter or blank put in, left out, put in another's place, or swapped with the next:
the four slips that Damerau (1964), "A technique for computer detection and correction of spelling
errors", CACM 7(3), found behind four in five misspellings. Place, kind and letter are drawn at
random, which is harder than what people and phones do: they hit neighbouring keys.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from assistant.evaluation.measures import Figure
from assistant.evaluation.observations import from_reply
from assistant.evaluation.questions import LabelledQuestion
from assistant.evaluation.statistics import SAMPLES, SEED, Floats, Indices, bootstrap_intervals
from assistant.service import Reply

DRAWS: Final = 5
"""Times each question is misspelled anew; the figures are means over these."""
_KEYS: Final = "abcdefghijklmnopqrstuvwxyz "


@dataclass(frozen=True, slots=True)
class SpellingResult:
    """Hold what a number of edits does to Success@1 of the questions in scope."""

    set_name: str
    edits: int
    success: Figure
    drop: Figure
    """How much lower than without edits, on the same questions."""


def misspell(text: str, edits: int, dice: random.Random) -> str:
    """Give the text with this many random edits, one after the other."""
    for _ in range(edits):
        text = _edit(text, dice)
    return text


def _edit(text: str, dice: random.Random) -> str:
    place = dice.randrange(len(text)) if text else 0
    kind = dice.choice(("insert", "delete", "substitute", "transpose"))
    left, right = text[:place], text[place:]
    if kind == "insert" or len(text) < 2:
        return left + dice.choice(_KEYS) + right
    if kind == "delete":
        return left + right[1:]
    if kind == "substitute":
        return left + dice.choice(_KEYS.replace(right[0].lower(), "")) + right[1:]
    at = min(place, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def spelling_results(
    questions: Sequence[LabelledQuestion],
    match: Callable[[Sequence[str]], Sequence[Reply]],
    edits: Sequence[int],
    samples: int = SAMPLES,
    seed: int = SEED,
) -> tuple[SpellingResult, ...]:
    """Give Success@1 of one set's questions in scope after so many edits, and the drop.

    Intervals are a bootstrap over questions, each with all its draws.
    """
    scoped = [question for question in questions if question.in_scope and not question.is_foreign]
    if not scoped:
        return ()
    plain = _success(scoped, match, [question.text for question in scoped])
    return tuple(
        _result(
            scoped[0].set_name, number, plain, _misspelled(scoped, match, number, seed), samples
        )
        for number in edits
    )


def _misspelled(
    questions: Sequence[LabelledQuestion],
    match: Callable[[Sequence[str]], Sequence[Reply]],
    edits: int,
    seed: int,
) -> Floats:
    """Give for each question the share of its draws that is still answered right."""
    draws = [_success(questions, match, list(texts)) for texts in _drawn(questions, edits, seed)]
    return np.asarray(np.mean(draws, axis=0))


def _drawn(questions: Sequence[LabelledQuestion], edits: int, seed: int) -> Iterator[list[str]]:
    for draw in range(DRAWS):
        # seeded by question, so that adding one changes nothing for the others
        yield [
            misspell(question.text, edits, random.Random(f"{seed} {draw} {edits} {question.id}"))  # noqa: S311 - dice, no secret
            for question in questions
        ]


def _success(
    questions: Sequence[LabelledQuestion],
    match: Callable[[Sequence[str]], Sequence[Reply]],
    texts: Sequence[str],
) -> Floats:
    replies = match(texts)
    pairs = zip(questions, replies, strict=True)
    return np.array([from_reply(question, reply).is_right for question, reply in pairs], float)


def _result(
    set_name: str, edits: int, plain: Floats, found: Floats, samples: int
) -> SpellingResult:
    def means(drawn: Indices) -> Floats:
        return np.array([found[drawn].mean(), (plain - found)[drawn].mean()])

    success, drop = bootstrap_intervals(means, len(plain), samples=samples)
    return SpellingResult(
        set_name,
        edits,
        Figure("Success@1", float(found.mean()), *success, len(plain)),
        Figure("drop", float((plain - found).mean()), *drop, len(plain)),
    )
