"""Turn the inside of an HTML paragraph into Markdown, and tell whether it is bold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bs4.element import CData, Comment, Doctype, NavigableString, ProcessingInstruction, Tag

from corpus.importers.faq.escaping import escape_inline

_BOLD: Final = frozenset({"strong", "b"})
_ITALIC: Final = frozenset({"em", "i"})
_SKIPPED: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "del", "s", "strike"}
)
_UNSEEN: Final = (Comment, Doctype, ProcessingInstruction, CData)
BREAK: Final = "\x00"
"""Stands for <br> until the paragraph is split into its lines."""


@dataclass
class Inline:
    """Gather one paragraph: its text, its Markdown, and what else it holds."""

    notes_by_id: Mapping[str, str]
    text: str = ""
    markdown: str = ""
    bold_text: str = ""
    notes: list[str] = field(default_factory=list)
    images: int = 0
    inner_links: int = 0
    """Links to another place in the same document, as a table of contents has."""

    def add(self, node: object, *, bold: bool = False) -> None:
        """Add a node and all that is in it."""
        if isinstance(node, Tag):
            self._add_tag(node, bold)
        elif isinstance(node, NavigableString) and not isinstance(node, _UNSEEN):
            text = re.sub(r"\s+", " ", str(node))
            self._append(text, escape_inline(text), bold)

    def _add_tag(self, tag: Tag, bold: bool) -> None:
        if tag.name in _SKIPPED:
            return
        if tag.name == "br":
            self._append(BREAK, BREAK, bold)
        elif tag.name == "img":
            self.images += 1
        elif tag.name == "a":
            self._add_link(tag, bold)
        elif tag.name in _BOLD:
            self._wrap(tag, "**", bold=True)
        elif tag.name in _ITALIC:
            self._wrap(tag, "*", bold=bold)
        else:
            for child in tag.children:
                self.add(child, bold=bold)

    def _append(self, text: str, markdown: str, bold: bool) -> None:
        self.text += text
        self.markdown += markdown
        if bold:
            self.bold_text += text

    def _inner(self, tag: Tag, bold: bool) -> "Inline":
        inner = Inline(self.notes_by_id)
        for child in tag.children:
            inner.add(child, bold=bold)
        self.notes += inner.notes
        self.images += inner.images
        self.inner_links += inner.inner_links
        self.text += inner.text
        self.bold_text += inner.bold_text
        return inner

    def _wrap(self, tag: Tag, mark: str, *, bold: bool) -> None:
        """Put marks around the words, white space outside them, as Markdown wants it."""
        inner = self._inner(tag, bold)
        for place, part in enumerate(inner.markdown.split(BREAK)):
            bare = part.strip()
            lead = part[: len(part) - len(part.lstrip())]
            tail = part[len(part.rstrip()) :] if bare else ""
            wrapped = bare if bare.startswith(mark) else f"{mark}{bare}{mark}"
            self.markdown += f"{BREAK if place else ''}{lead}{wrapped if bare else ''}{tail}"

    def _add_link(self, tag: Tag, bold: bool) -> None:
        href = str(tag.get("href") or "").strip()
        if href.startswith("#") or not href:
            self._add_inner_link(tag, href, bold)
            return
        before = len(self.text)
        inner = self._inner(tag, bold)
        label = inner.markdown.replace(BREAK, " ")
        bare = label.strip()
        if not bare:
            return
        lead, tail = " " * (label[:1] == " "), " " * (label[-1:] == " ")
        if self.text[before:].strip() == href:
            self.markdown += label  # a bare address is a link already
        else:
            url = f"<{href}>" if re.search(r"[\s()]", href) else href
            self.markdown += f"{lead}[{bare}]({url}){tail}"

    def _add_inner_link(self, tag: Tag, href: str, bold: bool) -> None:
        note = self.notes_by_id.get(href[1:])
        if note is None:
            inner = self._inner(tag, bold)
            self.markdown += inner.markdown
            self.inner_links += bool(href and inner.text.strip())
            return
        label = f"[{re.sub(r'[^0-9a-zA-Z*]', '', tag.get_text()) or '*'}]"
        self._append(label, label, bold)
        self.notes.append(f"{label} {note}")

    @property
    def is_bold(self) -> bool:
        """Tell whether every letter is bold."""
        return bool(self.bold_text.strip()) and _letters(self.bold_text) == _letters(self.text)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
