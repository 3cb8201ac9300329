"""Keep the links of a PDF: areas on a page become links around the words they cover.

On their way through rows and paragraphs, words of a link are wrapped in private characters with
the number of the link; in the finished block they become Markdown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pypdf import PageObject

from corpus.importers.faq.models import Block
from corpus.importers.faq.pdf_rows import Link

_LINK: Final = re.compile(r"\ue000(?P<place>\d+)\ue001(?P<label>[^\ue002]*)\ue002")
_ADJACENT: Final = re.compile(
    r"\[(?P<first>[^\[\]]*)\]\((?P<url>[^()\s]+)\) \[(?P<second>[^\[\]]*)\]\((?P=url)\)"
)


def links_of(page: PageObject, urls: list[str]) -> Iterator[Link]:
    """Yield the links of a page; their addresses are added to those of the document."""
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        action = note.get("/A") if note.get("/Subtype") == "/Link" else None
        url = action.get_object().get("/URI") if action else None
        if url is None:
            continue
        left, bottom, right, top = (float(number) for number in note["/Rect"])
        yield Link(len(urls), left, bottom, right, top)
        urls.append(str(url))


def bare_text(text: str) -> str:
    """Give a text without the marks of links."""
    return " ".join(_LINK.sub(r"\g<label>", text).split())


def with_links(block: Block, urls: Sequence[str]) -> Block:
    """Give a block with its links in Markdown."""
    markdown = _LINK.sub(lambda found: _markdown_link(found, urls), block.markdown)
    # A link of several words, or over two lines, was put down word by word.
    again = None
    while again != markdown:
        again, markdown = markdown, _ADJACENT.sub(r"[\g<first> \g<second>](\g<url>)", markdown)
    rows = tuple(tuple(bare_text(cell) for cell in row) for row in block.rows)
    return replace(block, text=bare_text(block.text), markdown=markdown, rows=rows)


def _markdown_link(found: re.Match[str], urls: Sequence[str]) -> str:
    label, url = found["label"], urls[int(found["place"])]
    tail = re.search(r"[.,;:!?)]*$", label)
    end = tail[0] if tail else ""
    label = label[: len(label) - len(end)]
    bare = re.sub(r"^(?:https?://|mailto:)", "", url).rstrip("/")
    if not label or label.rstrip("/").endswith(bare) or "://" in label or "(" in url:
        return f"{label}{end}"
    return f"[{label}]({url}){end}"
