"""Read tables that are the FAQ: a column of questions and a column of answers."""

from collections.abc import Iterator, Sequence
from typing import Final

from corpus.importers.faq.columns import Column, column_of
from corpus.importers.faq.escaping import plain
from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.signals import ends_as_question

_SHARE: Final = 0.6
"""The least share of rows that must ask something, in a table without a head."""


def split_tables(blocks: Sequence[Block]) -> list[Block]:
    """Give the blocks with each table of questions and answers taken apart."""
    found: list[Block] = []
    for block in blocks:
        found += list(_questions(block)) or [block]
    return found


def _questions(block: Block) -> Iterator[Block]:
    if block.kind is not BlockKind.TABLE or not block.rows:
        return
    columns = {column_of(plain(cell)): place for place, cell in enumerate(block.rows[0])}
    asked, answered = columns.get(Column.QUESTION), columns.get(Column.ANSWER)
    rows = block.rows[1:]
    if asked is None or answered is None:
        if len(block.rows[0]) != 2 or not _asks(block.rows):
            return
        asked, answered = 0, 1
        rows = block.rows if ends_as_question(plain(block.rows[0][0])) else block.rows[1:]
    place = columns.get(Column.SECTION)
    section = ""
    for row in rows:
        if place is not None and place < len(row) and row[place] and row[place] != section:
            section = row[place]
            yield Block(BlockKind.HEADING, plain(section), section, level=1, line=block.line)
        if max(asked, answered) < len(row) and row[asked].strip():
            question = " ".join(plain(row[asked]).split())
            yield Block(BlockKind.QUESTION, question, row[asked], line=block.line)
            if row[answered].strip():
                answer = row[answered]
                yield Block(BlockKind.PARAGRAPH, plain(answer), answer, line=block.line)


def _asks(rows: Sequence[Sequence[str]]) -> bool:
    asking = sum(ends_as_question(plain(row[0])) for row in rows if row)
    return asking >= 2 and asking >= _SHARE * len(rows)
