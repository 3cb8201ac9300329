"""Leave out what stands in a document twice: a table of contents, a second rendering behind it."""

from collections import Counter
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
    before = ""
    seen: set[str] = set()
    weights = []
    for block in blocks:
        key = fold(block.text)
        weights.append((1 if _repeats(block.text, key, before, seen) else -3) * len(key))
        seen.add(key)
        before += f" {key}"
    return weights


def _repeats(text: str, key: str, before: str, seen: set[str]) -> bool:
    if not key:
        return False
    if text.endswith(_ELLIPSIS) and len(key) > _LONG:
        key = key.rsplit(" ", 1)[0]  # the last word may be cut
    return key in seen or (len(key) >= _LONG and f" {key}" in before)


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
    titles = Counter(
        _key(b.text) for b in blocks if b.kind not in (BlockKind.LIST, BlockKind.TABLE)
    )
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    place = 0
    while place < len(blocks):
        end = _contents_end(blocks, place, titles)
        if end > place:
            left_out.append(
                LeftOut(_excerpt(blocks[place:end]), CONTENTS_REASON, blocks[place].line)
            )
            place = end
            continue
        kept.append(blocks[place])
        place += 1
    return Kept(kept, left_out)


def _contents_end(blocks: Sequence[Block], start: int, titles: Counter[str]) -> int:
    """Give where a table of contents that starts here ends, or `start` when none does."""
    named = is_contents_name(blocks[start].text)
    end = start + 1 if named else start
    items = 0
    while end < len(blocks) and _is_contents_block(blocks[end], titles):
        items += len(_items(blocks[end]))
        end += 1
    if not named and items < 2:
        return start
    return end if items or named else start


def _is_contents_block(block: Block, titles: Counter[str]) -> bool:
    if block.kind in (BlockKind.HEADING, BlockKind.QUESTION, BlockKind.RULE):
        return False
    if is_address(block.text):
        return False
    items = _items(block)
    own = 0 if block.kind in (BlockKind.LIST, BlockKind.TABLE) else 1
    returning = sum(titles[_key(item)] > own for item in items)
    if returning >= max(1, 0.7 * len(items)):
        return True
    return all(LEADER.search(item) for item in items) and bool(items)


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
