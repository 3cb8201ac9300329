"""Read HTML: headings, details and summary, definition lists, lists, tables, schema.org."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from corpus.importers.faq.copies import CONTENTS_REASON
from corpus.importers.faq.html_inline import BREAK, Inline
from corpus.importers.faq.html_notes import take_notes
from corpus.importers.faq.html_paragraphs import gather, paragraph_blocks, single_line
from corpus.importers.faq.html_tags import (
    DROPPED,
    HEADINGS,
    asks_itself,
    has_blocks,
    is_answer_tag,
    is_contents_line,
    is_inline,
    is_named_question,
    is_question_tag,
)
from corpus.importers.faq.models import Block, BlockKind, LeftOut
from corpus.importers.faq.signals import ends_as_question
from corpus.importers.faq.tables import Item, list_markdown, table_markdown
from corpus.importers.faq.text import Blocks

_FRAME: Final = 200
"""Characters; a <main> with less holds no document."""


def read_html(text: str) -> Blocks:
    """Give the blocks of an HTML page."""
    soup = BeautifulSoup(text, "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    titled = any(ends_as_question(h.get_text(strip=True)) for h in soup.find_all(list(HEADINGS)))
    reader = _Reader(take_notes(soup), titled=titled)
    blocks = list(reader.blocks(_root(soup)))
    left_out = list(reader.left_out)
    if reader.images:
        left_out.append(LeftOut(f"{reader.images} afbeelding(en)", "een antwoord is tekst"))
    return Blocks(blocks, left_out, title)


def base_address(text: str) -> str:
    """Give the address of the page as it names it itself, or empty."""
    soup = BeautifulSoup(text, "lxml")
    places = (
        soup.find("base"),
        soup.find("link", rel="canonical"),
        soup.find("meta", property="og:url"),
    )
    for tag in places:
        url = str(tag.get("href") or tag.get("content") or "") if isinstance(tag, Tag) else ""
        if url.startswith(("http://", "https://")):
            return url
    return ""


def _root(soup: BeautifulSoup) -> Tag:
    for found in (soup.find_all("main"), soup.find_all(role="main"), soup.find_all("article")):
        if len(found) == 1 and len(found[0].get_text(strip=True)) > _FRAME:
            return found[0]
    for name in ("header", "footer", "aside"):
        for tag in soup.find_all(name):
            if tag.find_parent(["article", "section", "main"]) is None:
                tag.decompose()
    return soup.body or soup


class _Reader:
    """Walk through the tree, giving blocks in reading order."""

    def __init__(self, notes: Mapping[str, str], *, titled: bool) -> None:
        self._notes = notes
        self._titled = titled  # questions are headings, so those in lists belong to answers
        self.left_out: list[LeftOut] = []
        self.images = 0
        self._readers: dict[str, Callable[[Tag, bool], Iterator[Block]]] = {
            **dict.fromkeys(HEADINGS, self._heading),
            **dict.fromkeys(("ul", "ol"), self._list),
            "dl": self._definitions,
            "table": self._table,
            "hr": self._rule,
            "details": self._details,
            "pre": self._preformatted,
            "blockquote": self._quote,
        }

    def blocks(self, tag: Tag, inside: bool = False) -> Iterator[Block]:
        """Give the blocks of a tag; `inside` an answer headings are no titles."""
        run: list[PageElement] = []
        for child in tag.children:
            if isinstance(child, Tag) and child.name in DROPPED:
                continue
            if is_inline(child):
                run.append(child)
                continue
            yield from self._paragraph(run)
            run = []
            if isinstance(child, Tag):
                yield from self._block(child, inside)
        yield from self._paragraph(run)

    def _block(self, tag: Tag, inside: bool) -> Iterator[Block]:
        reader = self._readers.get(tag.name)
        if reader is not None:
            yield from reader(tag, inside)
        elif is_question_tag(tag):
            yield from self._question(tag)
        elif tag.name == "button":
            return  # a button that is no question only works on its page
        elif tag.name == "p" or not has_blocks(tag):
            yield from self._paragraph(list(tag.children))
        else:
            yield from self.blocks(tag, inside or is_answer_tag(tag))

    def _heading(self, tag: Tag, inside: bool) -> Iterator[Block]:
        found = self._gathered(list(tag.children))
        text, markdown = single_line(found.text), single_line(found.markdown)
        if not text:
            return
        notes = tuple(found.notes)
        if is_named_question(tag):
            yield Block(BlockKind.QUESTION, text, markdown, notes=notes)
        elif inside:
            yield Block(BlockKind.PARAGRAPH, text, f"#### {markdown}", notes=notes)
        else:
            level = HEADINGS[tag.name]
            yield Block(BlockKind.HEADING, text, f"#### {markdown}", level=level, notes=notes)

    def _rule(self, _tag: Tag, _inside: bool) -> Iterator[Block]:
        yield Block(BlockKind.RULE, "---")

    def _preformatted(self, tag: Tag, _inside: bool) -> Iterator[Block]:
        text = tag.get_text().strip("\n")
        yield Block(BlockKind.PARAGRAPH, " ".join(text.split()), f"```\n{text}\n```")

    def _quote(self, tag: Tag, _inside: bool) -> Iterator[Block]:
        for block in self.blocks(tag, inside=True):
            lines = block.markdown.split("\n")
            quoted = "\n".join(f"> {line}" for line in lines)
            yield replace(block, markdown=quoted, bold=False)

    def _details(self, tag: Tag, _inside: bool) -> Iterator[Block]:
        summary = tag.find("summary", recursive=False)
        if isinstance(summary, Tag):
            yield from self._question(summary)
            summary.extract()
        yield from self.blocks(tag, inside=True)

    def _definitions(self, tag: Tag, _inside: bool) -> Iterator[Block]:
        terms = tag.find_all("dt")
        asking = sum(ends_as_question(term.get_text(" ", strip=True)) for term in terms)
        for child in tag.find_all(["dt", "dd"]):
            if child.name == "dd":
                yield from self.blocks(child, inside=True)
            elif asking * 2 >= len(terms):
                yield from self._question(child)
            else:
                for block in self._paragraph(list(child.children)):
                    yield replace(block, markdown=f"**{block.markdown.strip('*')}**", bold=True)

    def _question(self, tag: Tag) -> Iterator[Block]:
        found = self._gathered([tag])
        text = single_line(found.text)
        if text:
            yield Block(BlockKind.QUESTION, text, text, notes=tuple(found.notes))

    def _list(self, tag: Tag, inside: bool) -> Iterator[Block]:
        items = [item for item in tag.find_all("li", recursive=False) if item.get_text(strip=True)]
        if items and not self._titled and all(asks_itself(item, len(items)) for item in items):
            for item in items:  # each item is a question, with or without its answer
                yield from self.blocks(item, inside)
            return
        gathered: list[Item] = []
        inner: list[Inline] = []
        self._gather(tag, 0, gathered, inner)
        rows = tuple((single_line(found.text),) for found in inner)
        if inner and all(found.inner_links for found in inner):
            contents = " / ".join(row[0] for row in rows)
            self.left_out.append(LeftOut(contents, CONTENTS_REASON))
        elif gathered:
            text = " ".join(row[0] for row in rows)
            notes = tuple(note for found in inner for note in found.notes)
            yield Block(BlockKind.LIST, text, list_markdown(gathered), rows=rows, notes=notes)

    def _gather(self, tag: Tag, depth: int, items: list[Item], inner: list[Inline]) -> None:
        start = str(tag.get("start") or "1")
        number = int(start) if start.isdigit() else 1
        for item in tag.find_all("li", recursive=False):
            own = [c for c in item.children if not (isinstance(c, Tag) and c.name in ("ul", "ol"))]
            found = self._gathered(_with_breaks(own))
            lines = [part.strip() for part in found.markdown.split(BREAK) if part.strip()]
            if lines:
                mark = f"{number}." if tag.name == "ol" else "-"
                number += 1
                items.append(Item(depth, mark, "  \n".join(lines)))
                inner.append(found)
            for nested in item.find_all(["ul", "ol"], recursive=False):
                self._gather(nested, depth + 1, items, inner)

    def _table(self, tag: Tag, inside: bool) -> Iterator[Block]:
        rows = [
            row.find_all(["td", "th"], recursive=False)
            for row in tag.find_all("tr")
            if row.find_parent("table") is tag
        ]
        rows = [row for row in rows if row]
        if all(len(row) == 1 for row in rows):
            for row in rows:  # a frame around text, not a table
                yield from self.blocks(row[0], inside)
            return
        cells = tuple(tuple(self._cell(cell) for cell in row) for row in rows)
        text = " ".join(cell.get_text(" ", strip=True) for row in rows for cell in row)
        yield Block(BlockKind.TABLE, " ".join(text.split()), table_markdown(cells), rows=cells)

    def _cell(self, tag: Tag) -> str:
        return "\n\n".join(block.markdown for block in self.blocks(tag, inside=True))

    def _gathered(self, nodes: Sequence[PageElement]) -> Inline:
        found = gather(nodes, self._notes)
        self.images += found.images
        return found

    def _paragraph(self, nodes: Sequence[PageElement]) -> Iterator[Block]:
        whole = self._gathered(nodes)
        text = single_line(whole.text)
        if not text:
            return
        if whole.inner_links and is_contents_line(nodes):
            self.left_out.append(LeftOut(text, CONTENTS_REASON))
        else:
            yield from paragraph_blocks(nodes, self._notes)


def _with_breaks(nodes: Sequence[PageElement]) -> list[PageElement]:
    """Put a break between the paragraphs of a list item."""
    found: list[PageElement] = []
    for node in nodes:
        if isinstance(node, Tag) and node.name in ("p", "div") and found:
            found.append(Tag(name="br"))
        found.append(node)
    return found
