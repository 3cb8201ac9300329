"""Turn the Markdown of a corpus into safe HTML."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from corpus.validation import is_safe_url

TOP_HEADING: Final = 4
"""Answers stand under an h3, so their own headings start at h4."""


@lru_cache(maxsize=1024)
def render_markdown(text: str) -> Markup:
    """Give the HTML of a Markdown text; raw HTML in it is shown as text, images as links."""
    return Markup(_markdown.render(text))  # noqa: S704 (html is off; see _parser)


def links_in(text: str) -> tuple[str, ...]:
    """Give the addresses that a Markdown text links to, each once."""
    found = [
        str(child.attrGet("href"))
        for token in _markdown.parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    return tuple(dict.fromkeys(found))


def _parser() -> MarkdownIt:
    # Images are off: they would make the page ask another host for something.
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block"])
    parser.validateLink = _is_allowed  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    parser.core.ruler.push("headings", _lower_headings)
    return parser


def _is_allowed(url: str) -> bool:
    # "//host" would be another site in the disguise of an own address
    return is_safe_url(url) and not url.startswith("//")


def _link_open(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    if str(token.attrGet("href")).startswith("http"):
        token.attrSet("rel", "noopener")
    return self.renderToken(tokens, index, options, env)


def _lower_headings(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + TOP_HEADING - 1)}"


_markdown: Final = _parser()
