"""Read Markdown; what stands in an answer stays as it was written."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.importers.faq.copies import CONTENTS_REASON
from corpus.importers.faq.escaping import plain
from corpus.importers.faq.html import read_html
from corpus.importers.faq.models import Block, BlockKind, LeftOut
from corpus.importers.faq.signals import ANSWER_MARKER, QUESTION_MARKER, is_question
from corpus.importers.faq.text import Blocks, read_text

_PARSER: Final = MarkdownIt("commonmark", {"html": True}).enable("table")
_FRONT_MATTER: Final = re.compile(r"\A---\n(?P<fields>.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_TITLE: Final = re.compile(r"^title:\s*[\"']?(?P<title>.+?)[\"']?\s*$", re.MULTILINE)
_FOOTNOTE: Final = re.compile(
    r"^\[\^(?P<id>[^\]\s]+)\]:[ \t]*(?P<text>.*(?:\n(?:[ \t]+\S.*))*)\n?", re.M
)
_FOOTNOTE_REFERENCE: Final = re.compile(r"\[\^(?P<id>[^\]\s]+)\]")
_STRUCTURAL_HTML: Final = re.compile(r"<(?:details|summary|dl|dt|table|h[1-6])\b", re.IGNORECASE)
_ATX: Final = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_QUESTION_HEADING: Final = re.compile(r"^#{1,6}[ \t].*\?\s*#*\s*$", re.MULTILINE)
_QUESTION_ITEM: Final = re.compile(
    r"^(?:\d+[.)]|[-*+])[ \t]+(?:\*\*|__)[^*_\n]+\?(?:\*\*|__)"
    r"[ \t]*\n+[ \t]+(?![ \t]*\d*[.)*+-] )\S",
    re.MULTILINE,
)
_INNER_LINK: Final = re.compile(r"\[[^\]]*\]\(#[^)]*\)")
_HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)$")


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text uses Markdown's headings or bold questions."""
    bold = re.findall(r"^(?:\*\*|__)[^*_\n]+\?(?:\*\*|__)\s*$", text, re.MULTILINE)
    return len(_ATX.findall(text)) >= 2 or len(bold) >= 2


def read_markdown(text: str) -> Blocks:
    """Give the blocks of a Markdown document."""
    title = ""
    front = _FRONT_MATTER.match(text)
    if front:
        named = _TITLE.search(front["fields"])
        title = named["title"] if named else ""
        text = text[front.end() :]
    text, notes = _take_footnotes(text)
    if _STRUCTURAL_HTML.search(text) or _has_question_list(text):
        return read_html(_PARSER.render(text))
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _PARSER.parse(text, env)
    if not any(token.type in ("heading_open", "strong_open") for token in _flat(tokens)):
        return read_text(text)
    reader = _Reader(text, env.get("references", {}), notes)
    return Blocks(list(reader.blocks(tokens)), reader.left_out, title)


def _has_question_list(text: str) -> bool:
    """Tell whether the questions are items of a list, each with its answer in the item."""
    return not _QUESTION_HEADING.search(text) and len(_QUESTION_ITEM.findall(text)) >= 2


def _take_footnotes(text: str) -> tuple[str, dict[str, str]]:
    notes = {found["id"]: " ".join(found["text"].split()) for found in _FOOTNOTE.finditer(text)}
    return _FOOTNOTE.sub("", text), notes


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


class _Reader:
    """Cut the source into blocks along the lines of the top tokens."""

    def __init__(
        self, text: str, references: dict[str, dict[str, str]], notes: dict[str, str]
    ) -> None:
        self._lines = text.split("\n")
        self._references = {name.casefold(): found["href"] for name, found in references.items()}
        self._notes = notes
        self.left_out: list[LeftOut] = []

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Give the blocks of a parsed document."""
        for place, token in enumerate(tokens):
            if token.level != 0 or token.map is None or token.nesting < 0:
                continue
            source = self._source(token.map)
            line = token.map[0] + 1
            if token.type == "hr":
                yield Block(BlockKind.RULE, source, line=line)
            elif token.type == "heading_open":
                inline = tokens[place + 1]
                text = _text(inline)
                yield self._block(
                    BlockKind.HEADING, text, source, level=int(token.tag[1]), line=line
                )
            elif token.type == "paragraph_open":
                yield from self._paragraph(tokens[place + 1], source, line)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield from self._list(tokens, place, source, line)
            elif token.type == "table_open":
                rows = tuple(_rows(tokens[place:]))
                text = " ".join(" ".join(plain(cell) for cell in row) for row in rows)
                yield self._block(BlockKind.TABLE, text, source, rows=rows, line=line)
            else:
                yield self._block(BlockKind.PARAGRAPH, _all_text(source), source, line=line)

    def _source(self, lines: Sequence[int]) -> str:
        return "\n".join(self._lines[lines[0] : lines[1]]).strip("\n")

    def _block(
        self,
        kind: BlockKind,
        text: str,
        source: str,
        *,
        level: int = 0,
        bold: bool = False,
        run_on: bool = False,
        rows: tuple[tuple[str, ...], ...] = (),
        line: int = 0,
    ) -> Block:
        named = [found["id"] for found in _FOOTNOTE_REFERENCE.finditer(source)]
        notes = tuple(f"[{name}] {self._notes[name]}" for name in named if name in self._notes)
        markdown = _FOOTNOTE_REFERENCE.sub(r"[\g<id>]", self._with_addresses(source))
        text = _FOOTNOTE_REFERENCE.sub("", text) if level else text
        return Block(
            kind,
            " ".join(text.split()),
            markdown,
            level=level,
            bold=bold,
            run_on=run_on,
            rows=rows,
            notes=notes,
            line=line,
        )

    def _with_addresses(self, source: str) -> str:
        """Write links by reference out: their addresses stand elsewhere in the document."""
        if not self._references:
            return source

        def settle(found: re.Match[str]) -> str:
            url = self._references.get((found["id"] or found["text"]).casefold())
            return f"[{found['text']}]({url})" if url else found[0]

        return re.sub(r"\[(?P<text>[^\[\]]+)\](?:\[(?P<id>[^\[\]]*)\])?(?![\[(:])", settle, source)

    def _paragraph(self, inline: Token, source: str, line: int) -> Iterator[Block]:
        """Give a paragraph; a question or marker on a line of its own in it stands apart."""
        held: list[str] = []
        for place, row in enumerate(source.split("\n")):
            bare = _HARD_BREAK.sub("", row).strip()
            text = plain(bare)
            marked = QUESTION_MARKER.match(text) or ANSWER_MARKER.match(text)
            if marked and held:
                yield self._lone(held, line)
                held = []
            held.append(row)
            own_line = place == 0 and "\n" in source and _HARD_BREAK.search(row)
            if place == 0 and (_is_bold(bare) or (own_line and is_question(text))):
                yield self._lone(held, line)
                held = []
        if held:
            yield from self._run_in(held, line)

    def _lone(self, rows: Sequence[str], line: int) -> Block:
        source = _HARD_BREAK.sub("", "\n".join(rows).strip())
        text = plain(source)
        return self._block(BlockKind.PARAGRAPH, text, source, bold=_is_bold(source), line=line)

    def _run_in(self, rows: Sequence[str], line: int) -> Iterator[Block]:
        block = self._lone(rows, line)
        found = re.match(r"(?:\*\*|__)(?P<head>[^*]+?\?)(?:\*\*|__)[ \t\n]*(?=\S)", block.markdown)
        if block.bold or found is None:
            yield block
            return
        yield self._block(BlockKind.PARAGRAPH, plain(found["head"]), found[0].strip(), bold=True)
        rest = block.markdown[found.end() :]
        yield self._block(BlockKind.PARAGRAPH, plain(rest), rest, run_on=True, line=line)

    def _list(self, tokens: Sequence[Token], start: int, source: str, line: int) -> Iterator[Block]:
        items = list(_items(tokens, start))
        rest = re.sub(r"[-*+\d.)\s]", "", _INNER_LINK.sub("", source))
        if not rest and _INNER_LINK.search(source):
            self.left_out.append(LeftOut(" / ".join(items), CONTENTS_REASON, line))
            return
        if len(items) == 1 and is_question(items[0].rstrip()) and tokens[start].type[0] == "o":
            # "1. **Wat kost het?**" with the answer behind it: a numbered question, not a list.
            bare = re.sub(r"^\s*\d+[.)]\s+", "", source)
            yield self._block(BlockKind.PARAGRAPH, items[0], bare, bold=_is_bold(bare), line=line)
            return
        rows = tuple((" ".join(item.split()),) for item in items)
        text = " ".join(row[0] for row in rows)
        yield self._block(BlockKind.LIST, text, source, rows=rows, line=line)


def _is_bold(source: str) -> bool:
    return re.fullmatch(r"(?:\*\*|__)[^*]+(?:\*\*|__)[:.]?", source.strip()) is not None


def _text(inline: Token) -> str:
    return " ".join(plain(inline.content).split())


def _all_text(source: str) -> str:
    return " ".join(re.sub(r"^[>`~\s]+", "", row) for row in source.split("\n"))


def _items(tokens: Sequence[Token], start: int) -> Iterator[str]:
    """Give the text of each item of a list, nested ones too."""
    depth = 0
    for token in tokens[start:]:
        depth += token.nesting
        if token.type == "inline":
            yield plain(token.content)
        if depth == 0:
            return


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    for token in tokens:
        if token.type == "inline":
            row.append(token.content)
        elif token.type == "tr_close":
            yield tuple(row)
            row = []
        elif token.type == "table_close":
            return
