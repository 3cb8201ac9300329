"""Find out how a document sets its questions: as headings, in bold, numbered, or plainly.

A document has one way, as a rule; a question in a weaker dress then belongs to an answer.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.signals import (
    bare_number,
    ends_as_question,
    is_caps,
    is_closing_question,
    is_question,
    strip_number,
)
from corpus.validation import fold


class Style(NamedTuple):
    """Name a way to set a question; `level` only counts for headings."""

    name: str
    level: int = 0


MARKED: Final = Style("marked")
BOLD: Final = Style("bold")
CAPS: Final = Style("caps")
NUMBERED: Final = Style("numbered")
PLAIN: Final = Style("plain")
_WEIGHTS: Final = {"marked": 4, "heading": 4, "bold": 3, "numbered": 2, "caps": 2, "plain": 1}


class Questions(NamedTuple):
    """Hold how the questions are set, and the places of blocks that are questions by that."""

    style: Style
    places: frozenset[int]
    inside: frozenset[int]
    """Places of blocks that ask something, within an answer."""
    numbers: bool
    """Whether a bare number in front counts the questions."""


def style_of(block: Block, *, numbers: bool = False) -> Style:
    """Give the style of one block."""
    if block.kind is BlockKind.QUESTION:
        return MARKED
    if block.kind is BlockKind.HEADING:
        return Style("heading", block.level)
    if block.bold:
        return BOLD
    if is_caps(block.text):
        return CAPS
    if strip_number(block.text, loose=numbers) != block.text:
        return NUMBERED
    return PLAIN


def find_questions(blocks: Sequence[Block]) -> Questions:
    """Choose the style that most of the answered questions have, strong styles first."""
    asking = [i for i, b in enumerate(blocks) if _asks(b)]
    numbers = _is_series([bare_number(blocks[i].text) for i in asking])
    styles = {i: style_of(blocks[i], numbers=numbers) for i in asking}
    answered = Counter(styles[i] for i in asking if _is_answered(blocks, i))
    found = answered or Counter(styles.values())
    if not found:
        return Questions(PLAIN, frozenset(), frozenset(), False)
    style = max(found, key=lambda s: (found[s] * _WEIGHTS[s.name], -s.level))
    places = {i for i in asking if styles[i] in (style, MARKED)}
    places -= _refrains(blocks, places) | _led_in(blocks, places)
    if style in (PLAIN, NUMBERED):
        places -= _closer_set(blocks, places)
    inside = set(asking) - places
    if style.name == "heading":
        # A question of a higher level that has an answer of its own is a question too.
        higher = {
            i for i in inside if styles[i].name == "heading" and styles[i].level < style.level
        }
        higher = {i for i in higher if _is_answered(blocks, i)}
        places, inside = places | higher, inside - higher
    return Questions(style, frozenset(places), frozenset(inside), numbers)


def _asks(block: Block) -> bool:
    if block.kind is BlockKind.QUESTION:
        return True
    if block.kind is BlockKind.HEADING:
        return ends_as_question(block.text)
    return block.kind is BlockKind.PARAGRAPH and not block.run_on and is_question(block.text)


def _is_answered(blocks: Sequence[Block], place: int) -> bool:
    following = next((b for b in blocks[place + 1 :] if b.kind is not BlockKind.RULE), None)
    if following is None or following.kind in (BlockKind.HEADING, BlockKind.QUESTION):
        return False
    return not (_asks(following) and style_of(following) == style_of(blocks[place]))


def _is_series(numbers: Sequence[int | None]) -> bool:
    counted = [number for number in numbers if number is not None]
    steps = sum(b == a + 1 for a, b in pairwise(counted))
    return len(counted) >= 2 and steps >= len(counted) - 2 and steps > 0


def _refrains(blocks: Sequence[Block], places: set[int]) -> set[int]:
    """Find what returns in answer after answer: "Meer weten?"."""
    counts = Counter(fold(blocks[i].text) for i in places)
    return {
        i
        for i in places
        if counts[fold(blocks[i].text)] > (1 if is_closing_question(blocks[i].text) else 3)
    }


def _led_in(blocks: Sequence[Block], places: set[int]) -> set[int]:
    """Find questions that an answer leads in with a colon, and those that follow them at once."""
    found: set[int] = set()
    for place in sorted(places):
        if place == 0 or blocks[place].kind is not BlockKind.PARAGRAPH:
            continue
        previous = blocks[place - 1]
        colon = previous.kind is BlockKind.PARAGRAPH and previous.text.endswith(":")
        if (colon and not blocks[place].bold) or place - 1 in found:
            found.add(place)
    return found


def _closer_set(blocks: Sequence[Block], places: set[int]) -> set[int]:
    """Find questions with less white space before them than most: those stand in an answer."""
    free = [i for i in places if i > 0 and blocks[i - 1].kind is not BlockKind.RULE]
    counts = Counter(min(blocks[i].space, 3) for i in free)
    if len(counts) < 2:
        return set()
    usual = max(counts, key=lambda space: (counts[space], space))
    if counts[usual] < 0.6 * len(free) or usual < 2:
        return set()
    return {i for i in free if blocks[i].space < usual and blocks[i - 1].text.endswith((".", "!"))}
