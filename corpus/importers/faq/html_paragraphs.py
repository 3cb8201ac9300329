"""Turn one paragraph of HTML into blocks: its lines, and a question on top of its answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from bs4.element import NavigableString, PageElement, Tag

from corpus.importers.faq.escaping import escape_start
from corpus.importers.faq.html_inline import BREAK, Inline
from corpus.importers.faq.html_tags import text_of
from corpus.importers.faq.models import Block, BlockKind
from corpus.importers.faq.signals import ANSWER_MARKER, QUESTION_MARKER, is_question


def gather(nodes: Sequence[PageElement], notes: Mapping[str, str]) -> Inline:
    """Give the text and the Markdown of nodes that stand in a line."""
    found = Inline(notes)
    for node in nodes:
        found.add(node)
    return found


def paragraph_blocks(nodes: Sequence[PageElement], notes: Mapping[str, str]) -> Iterator[Block]:
    """Give the blocks of one paragraph; two <br> in a row part it."""
    for lines in _stanzas(_lines(nodes)):
        yield from _stanza([gather(line, notes) for line in lines])


def single_line(text: str) -> str:
    """Give a text without its line breaks."""
    return " ".join(text.replace(BREAK, " ").split())


def _stanza(lines: list[Inline]) -> Iterator[Block]:
    """Give the block of lines that one paragraph holds, the question on top apart."""
    lines = [line for line in lines if line.text.strip()]
    rest: list[Inline] = []
    for place, line in enumerate(lines):
        text = line.text.strip()
        marked = QUESTION_MARKER.match(text) or ANSWER_MARKER.match(text)
        asked = place == 0 and len(lines) > 1 and (line.is_bold or is_question(text))
        if not (marked or asked):
            rest.append(line)
            continue
        if rest:
            yield _block_of(rest)
            rest = []
        if asked and not marked:
            yield _block_of([line])
        else:
            rest = [line]
    if rest:
        yield from _run_in(rest)


def _block_of(lines: Sequence[Inline]) -> Block:
    text = " ".join(" ".join(line.text for line in lines).split())
    markdown = "  \n".join(re.sub(r" +", " ", line.markdown).strip() for line in lines)
    notes = tuple(note for line in lines for note in line.notes)
    bold = all(line.is_bold for line in lines)
    return Block(BlockKind.PARAGRAPH, text, escape_start(markdown), bold=bold, notes=notes)


def _run_in(lines: list[Inline]) -> Iterator[Block]:
    """Part a bold question from the answer that follows it on the same line."""
    block = _block_of(lines)
    found = re.match(r"\*\*(?P<head>[^*]+?)\*\*[ \t]*(?=\S)", block.markdown)
    if block.bold or found is None or not is_question(found["head"]):
        yield block
        return
    head = found["head"].strip()
    yield Block(BlockKind.PARAGRAPH, head, f"**{head}**", bold=True)
    tail = block.text[len(head) :].strip()
    yield replace(block, text=tail, markdown=block.markdown[found.end() :], run_on=True)


def _lines(nodes: Sequence[PageElement]) -> list[list[PageElement]]:
    """Split nodes at <br>, also where it stands in <strong> or <span>."""
    lines: list[list[PageElement]] = [[]]
    for node in nodes:
        if isinstance(node, Tag) and node.name == "br":
            lines.append([])
        elif isinstance(node, Tag) and node.find("br") is not None and node.name != "a":
            first, *others = _lines(list(node.children))
            lines[-1].append(_wrapped(node, first))
            lines += [[_wrapped(node, other)] for other in others]
        else:
            lines[-1].append(node)
    return lines


def _wrapped(node: Tag, children: list[PageElement]) -> Tag:
    shell = Tag(name=node.name, attrs=dict(node.attrs))
    for child in children:
        if isinstance(child, Tag | NavigableString):
            shell.append(copy(child))
    return shell


def _stanzas(lines: list[list[PageElement]]) -> Iterator[list[list[PageElement]]]:
    """Part lines where an empty one stands between them: two <br> make a paragraph."""
    held: list[list[PageElement]] = []
    for line in lines:
        if any(text_of(node).strip() for node in line):
            held.append(line)
        elif held:
            yield held
            held = []
    if held:
        yield held
