"""Know the tags of HTML: which stand in a line, which hold a question, which are no text."""

import re
from collections.abc import Iterable
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from corpus.importers.faq.signals import ends_as_question, is_question

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_INLINE_NAMES: Final = """
a abbr b bdi bdo cite code data dfn em i ins kbd label mark q s small span strong sub sup time u var
br img font del strike wbr
"""
INLINE: Final = frozenset(_INLINE_NAMES.split())
_DROPPED_NAMES: Final = """
script style template noscript nav form iframe svg head object embed video audio select
"""
DROPPED: Final = frozenset(_DROPPED_NAMES.split())
_QUESTION_CLASS: Final = re.compile(
    r"(?:^|[-_])(?:question|vraag|faq-?q"
    r"|(?:accordion|toggle|collapsible)[-_]*(?:title|header|button|trigger))(?:$|[-_])",
    re.IGNORECASE,
)
_ANSWER_CLASS: Final = re.compile(r"(?:^|[-_])(?:answer|antwoord|acceptedAnswer)(?:$|[-_])")
_QUESTION_TYPE: Final = re.compile("schema.org/Question")


def text_of(node: PageElement) -> str:
    """Give the text of a node."""
    return node.get_text() if isinstance(node, Tag | NavigableString) else ""


def is_inline(node: PageElement) -> bool:
    """Tell whether a node stands in a line of text."""
    if isinstance(node, Tag):
        return node.name in INLINE and not has_blocks(node)
    return isinstance(node, NavigableString)


def has_blocks(tag: Tag) -> bool:
    """Tell whether a tag holds paragraphs, lists or the like."""
    known = INLINE | DROPPED
    return tag.find(lambda inner: inner.name not in known) is not None


def is_named_question(tag: Tag) -> bool:
    """Tell whether the page itself says that a tag is a question: schema.org's name."""
    return tag.get("itemprop") == "name" and tag.find_parent(itemtype=_QUESTION_TYPE) is not None


def is_question_tag(tag: Tag) -> bool:
    """Tell whether a tag that is no heading holds a question, by its name or class."""
    if is_named_question(tag):
        return True
    named = tag.name == "button" or any(_QUESTION_CLASS.search(name) for name in _classes(tag))
    return named and not has_blocks(tag) and ends_as_question(tag.get_text(" ", strip=True))


def is_answer_tag(tag: Tag) -> bool:
    """Tell whether a tag holds an answer, by its class or property."""
    names = [*_classes(tag), str(tag.get("itemprop") or "")]
    return any(_ANSWER_CLASS.search(name) for name in names)


def asks_itself(item: Tag, count: int) -> bool:
    """Tell whether a list item is a question with its answer, or the lone question of its list."""
    first = next(iter(item.stripped_strings), "")
    strong = item.find(["strong", "b", "h2", "h3", "h4", "h5", "p"])
    head = strong.get_text(" ", strip=True) if isinstance(strong, Tag) else first
    whole = item.get_text(" ", strip=True)
    if not is_question(head) or not whole.startswith(head[:20]):
        return False
    return count == 1 if whole == head else len(whole) > len(head) + 2


def is_contents_line(nodes: Iterable[PageElement]) -> bool:
    """Tell whether a paragraph is nothing but links."""
    tags = [node for node in nodes if isinstance(node, Tag)]
    links = [tag for tag in tags if tag.name == "a"]
    links += [link for tag in tags for link in tag.find_all("a")]
    text = "".join(text_of(node) for node in nodes).strip()
    return bool(text) and "".join(link.get_text() for link in links).strip() == text


def _classes(tag: Tag) -> list[str]:
    found = tag.get("class")
    return [str(name) for name in found] if isinstance(found, list) else []
