"""Turn the lines of a text or a PDF into blocks: titles, paragraphs, lists, tables, rules."""

from collections.abc import Sequence

from corpus.importers.faq.escaping import escape
from corpus.importers.faq.lines import RULE, Line
from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.parts import Part, parts_of
from corpus.importers.faq.tables import table_markdown
from corpus.importers.faq.text_lists import list_block, list_end


def to_blocks(lines: Sequence[Line]) -> list[Block]:
    """Give the blocks of a page's lines, in order."""
    parts = list(parts_of(lines))
    blocks: list[Block] = []
    place = 0
    while place < len(parts):
        end = list_end(parts, place)
        if end > place:
            blocks.append(list_block(parts[place:end]))
        else:
            end = place + 1
            blocks.append(_block(parts[place]))
        place = end
    return blocks


def _block(part: Part) -> Block:
    first = part.first
    if first.cells:
        rows = tuple(line.cells for line in part.lines)
        text = " ".join(" ".join(row) for row in rows)
        escaped = tuple(tuple(escape(cell) for cell in row) for row in rows)
        return Block(
            BlockKind.TABLE,
            text,
            table_markdown(escaped),
            rows=escaped,
            space=first.space,
            line=first.number,
        )
    text = f"{part.mark} {part.text}".strip()
    if RULE.fullmatch(text) and len(part.lines) == 1:
        return Block(BlockKind.RULE, text, "", space=first.space, line=first.number)
    kind = BlockKind.HEADING if first.level else BlockKind.PARAGRAPH
    return Block(
        kind,
        text,
        escape(text),
        level=first.level,
        bold=first.bold and not first.level,
        space=first.space,
        line=first.number,
    )
