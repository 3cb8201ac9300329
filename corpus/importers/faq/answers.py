"""Assemble an answer of blocks, as Markdown that a page may show, and its short form."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

from corpus.importers.faq.escaping import plain_blocks
from corpus.importers.faq.models import Block, BlockKind
from corpus.validation import MAX_SHORT_ANSWER, is_safe_url

_LINK: Final = re.compile(
    r"(?<!\\)(?P<image>!?)\[(?P<text>(?:[^\[\]]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<url>(?:[^()\s]|\([^()\s]*\))*))(?P<title>[^)]*)\)"
)
_SPACED_LINK: Final = re.compile(r"\]\s+(?=\((?:https?:|mailto:))")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:bijv|bv|blz|ca|cf|dr|drs|e\.d|enz|evt|excl|gem|ing|incl|ir|jl|max|min|mr|mevr|dhr|nl|nr"
    r"|o\.a|resp|st|tel|art|lid|pag|par|prof|vs|zgn|z\.o\.z|d\.w\.z|m\.b\.t|i\.v\.m|t\.a\.v|t\.o\.v"
    r"|m\.i\.v|t\.m|a\.d\.h\.v|o\.m|p\.p|e\.a|c\.q|i\.p\.v|n\.a\.v|m\.u\.v|u)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")


class SafeMarkdown(NamedTuple):
    """Hold Markdown with links that a page may carry, and the addresses that it may not."""

    markdown: str
    refused: tuple[str, ...]


def assemble(blocks: Sequence[Block]) -> str:
    """Give the Markdown of blocks, with footnotes at the end."""
    answer = ""
    for block in blocks:
        if not block.markdown:
            continue
        if not answer:
            answer = block.markdown
        elif block.run_on:
            answer = f"{answer} {block.markdown}"
        else:
            answer = f"{answer}\n\n{block.markdown}"
    notes = [note for block in blocks for note in block.notes]
    return "\n\n".join(filter(None, [answer.strip(), *dict.fromkeys(notes)]))


def with_safe_links(markdown: str, base: str = "") -> SafeMarkdown:
    """Keep links to the web and to mail; of others keep the text. `base` completes short ones."""
    refused: list[str] = []

    def settle(found: re.Match[str]) -> str:
        given = found["angled"] if found["angled"] is not None else found["url"]
        url = given.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        if url.lower().startswith("www."):
            url = f"https://{url}"
        elif base and not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
            url = urljoin(base, url)
        # An address within the site the text came from leads nowhere on ours.
        if is_safe_url(url) and not url.startswith(("/", "#")):
            return f"{found['image']}[{found['text']}]({url}{found['title']})"
        refused.append(given)
        return found["text"] or given

    repaired = _SPACED_LINK.sub("]", markdown)
    return SafeMarkdown(_LINK.sub(settle, repaired), tuple(refused))


def shorten(answer: str, limit: int = MAX_SHORT_ANSWER) -> str:
    """Give the first sentences of an answer that fit in a chat message, as plain text."""
    texts = plain_blocks(_running_text(answer))
    if not texts:
        return ""
    first, rest = texts[0], texts[1:]
    if first.endswith(":") and rest:
        first = _with_items(first, rest, limit)
    chosen = ""
    for sentence in sentences(first):
        longer = f"{chosen} {sentence}".strip()
        if len(longer) > limit:
            break
        chosen = longer
    return chosen or _cut(first, limit)


def _running_text(markdown: str) -> str:
    """Pass over headings and tables, which say little in a chat, unless there is nothing else."""
    lines = [line for line in markdown.split("\n") if not line.startswith(("#", "|"))]
    running = "\n".join(lines).strip()
    return running or re.sub(r"\s*\|[\s|:-]*", ", ", markdown).strip(", #")


def sentences(text: str) -> list[str]:
    """Split running Dutch text into sentences; an abbreviation ends none."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        head = text[start : end.end()]
        after = text[end.end() :].lstrip()
        if _ABBREVIATION.search(head) or (after[:1].islower() and not head.endswith("?")):
            continue
        found.append(head.strip())
        start = end.end()
    tail = text[start:].strip()
    return [*found, tail] if tail else found


def _with_items(lead: str, items: Sequence[str], limit: int) -> str:
    """Say what a sentence that ends in a colon leads to, as far as that fits."""
    running = lead
    for place, item in enumerate(items):
        joint = " " if place == 0 else "; "
        longer = f"{running}{joint}{item.rstrip(';., ')}"
        if len(longer) > limit:
            break
        running = longer
    return running


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"[:limit]


def is_only_rules(blocks: Sequence[Block]) -> bool:
    """Tell whether nothing but rules is left."""
    return all(block.kind is BlockKind.RULE or not block.markdown for block in blocks)
