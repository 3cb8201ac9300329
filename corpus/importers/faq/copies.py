"""Leave out what stands in a document twice: a table of contents, a second rendering behind it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from corpus.importers.faq.models import Block, BlockKind, LeftOut
from corpus.importers.faq.signals import (
    LEADER,
    is_address,
    is_contents_name,
    is_question,
    strip_number,
)
from corpus.validation import fold

COPY_REASON: Final = "staat al eerder in het document (tweede weergave van dezelfde tekst)"
CONTENTS_REASON: Final = "inhoudsopgave"
_LONG: Final = 60
_SEARCHED: Final = 1_000_000
"""Characters; in longer documents only whole blocks are compared, for speed."""
_ELLIPSIS: Final = ("...", "…")


class Kept(NamedTuple):
    """Hold the blocks that stay and what was left out."""

    blocks: list[Block]
    left_out: list[LeftOut]


def drop_copies(blocks: Sequence[Block]) -> Kept:
    """Leave out a stretch that says again, whole or cut short, what was said before it."""
    weights = _copy_weights(blocks)
    start, end = _heaviest(weights)
    stretch = range(start, end)
    copied = [i for i in stretch if weights[i] > 0]
    long = [i for i in copied if len(blocks[i].text) >= _LONG]
    if len(copied) < 3 or len(long) < 2 or not any(is_question(blocks[i].text) for i in copied):
        return Kept(list(blocks), [])
    while start > 0 and blocks[start - 1].kind is BlockKind.RULE:
        start -= 1
    gone = LeftOut(_excerpt(blocks[start:end]), COPY_REASON, blocks[start].line)
    return Kept([*blocks[:start], *blocks[end:]], [gone])


def _copy_weights(blocks: Sequence[Block]) -> list[int]:
    """Give each block its length when it repeats earlier text, three times less than 0 when not."""
    keys = [fold(block.text) for block in blocks]
    whole = f" {' '.join(keys)}"
    searched = whole if len(whole) <= _SEARCHED else ""
    seen: set[str] = set()
    weights, start = [], 0
    for block, key in zip(blocks, keys, strict=True):
        repeats = key in seen or searched.find(f" {_uncut(block.text, key)}", 0, start) >= 0
        weights.append((1 if repeats and key else -3) * len(key))
        seen.add(key)
        start += len(key) + 1
    return weights


def _uncut(text: str, key: str) -> str:
    """Give what can be searched for: long text, without the last word when that may be cut."""
    if len(key) < _LONG:
        return "\n"  # a short line may stand anywhere by chance
    return key.rsplit(" ", 1)[0] if text.endswith(_ELLIPSIS) else key


def _heaviest(weights: Sequence[int]) -> tuple[int, int]:
    """Give the stretch with the largest sum (Kadane)."""
    best, best_sum = (0, 0), 0
    start, running = 0, 0
    for place, weight in enumerate(weights):
        if running <= 0:
            start, running = place, 0
        running += weight
        if running > best_sum:
            best, best_sum = (start, place + 1), running
    return best


def drop_contents(blocks: Sequence[Block]) -> Kept:
    """Leave out a table of contents, by its name, its page numbers, or what returns as a title."""
    contents = _Contents(blocks)
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    place = 0
    while place < len(blocks):
        end = contents.end(place)
        if end > place:
            gone = LeftOut(_excerpt(blocks[place:end]), CONTENTS_REASON, blocks[place].line)
            left_out.append(gone)
            place = end
            continue
        kept.append(blocks[place])
        place += 1
    return Kept(kept, left_out)


class _Contents:
    """Know which lines of a document return behind them as titles."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._last = {
            _key(block.text): place
            for place, block in enumerate(blocks)
            if block.kind not in (BlockKind.LIST, BlockKind.TABLE)
        }
        # Behind the first question a line that returns is a refrain ("Meer weten?"), no contents.
        self._first = next(
            (
                place
                for place, block in enumerate(blocks)
                if is_question(block.text) and self._last.get(_key(block.text)) == place
            ),
            len(blocks),
        )

    def end(self, start: int) -> int:
        """Give where a table of contents that starts here ends, or `start` when none does."""
        named = is_contents_name(self._blocks[start].text)
        place = start + 1 if named else start
        items = 0
        while place < len(self._blocks) and self._belongs(place):
            items += len(_items(self._blocks[place]))
            place += 1
        if named:
            return place if items else start
        return place if items > 1 and (start < self._first or self._has_pages(start)) else start

    def _belongs(self, place: int) -> bool:
        block = self._blocks[place]
        if block.kind in (BlockKind.HEADING, BlockKind.QUESTION, BlockKind.RULE):
            return False
        items = _items(block)
        if is_address(block.text) or not items:
            return False
        returning = sum(self._last.get(_key(item), -1) > place for item in items)
        return returning >= max(1, 0.7 * len(items)) or self._has_pages(place)

    def _has_pages(self, place: int) -> bool:
        return all(LEADER.search(item) for item in _items(self._blocks[place]))


def _items(block: Block) -> list[str]:
    if block.kind is BlockKind.LIST:
        return [row[0] for row in block.rows]
    if block.kind is BlockKind.TABLE:
        return ["\t".join(row) for row in block.rows]
    return [block.text]


def _key(text: str) -> str:
    return fold(strip_number(LEADER.sub("", text), loose=True))


def _excerpt(blocks: Sequence[Block]) -> str:
    return " / ".join(block.text for block in blocks if block.kind is not BlockKind.RULE)
