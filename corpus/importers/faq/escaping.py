"""Write plain text as Markdown that shows exactly that text."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER: Final = MarkdownIt("commonmark", {"html": False})
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&~|])")
_LINE_START: Final = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$)")
_ORDERED: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def escape(text: str) -> str:
    """Give Markdown for one line of plain text, changed only where Markdown would change it."""
    return escape_start(escape_inline(text.strip()))


def escape_inline(text: str) -> str:
    """Give Markdown for a stretch of text within a line."""
    bare = text.strip()
    if plain(bare) == bare:
        return text
    return _SPECIAL.sub(r"\\\1", text).replace("\\](", "\\]\\(")


def escape_start(markdown: str) -> str:
    """Keep the start of a paragraph from being a list item, a heading or the like."""
    if not _is_block(markdown):
        return markdown
    return _ORDERED.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", markdown))


def plain(markdown: str) -> str:
    """Give the text of a line of Markdown as a reader sees it."""
    return "".join(_texts(_PARSER.parseInline(markdown)))


def plain_blocks(markdown: str) -> list[str]:
    """Give the text of each paragraph, heading and list item of Markdown."""
    found = [
        " ".join("".join(_texts([token])).split())
        for token in _PARSER.parse(markdown)
        if token.type in ("inline", "code_block", "fence")
    ]
    return [text for text in found if text]


def _texts(tokens: list[Token]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if token.children is not None and token.type != "image":
            found += _texts(token.children)
        elif token.type in ("softbreak", "hardbreak"):
            found.append("\n")
        else:
            found.append(token.content)
    return found


def _is_block(text: str) -> bool:
    """Tell whether a line would start something else than a paragraph."""
    tokens = _PARSER.parse(text)
    return bool(tokens) and tokens[0].type != "paragraph_open"
