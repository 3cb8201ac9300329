"""Read the questions that a page offers to search engines: schema.org FAQPage as JSON-LD."""

import json
from collections.abc import Iterator

from bs4 import BeautifulSoup

from corpus.importers.faq.answers import assemble
from corpus.importers.faq.html import read_html
from corpus.importers.faq.models import DEFAULT_SECTION, Draft
from corpus.validation import fold


def faq_page(text: str) -> list[Draft]:
    """Give the questions of a page's JSON-LD, in order."""
    soup = BeautifulSoup(text, "lxml")
    found: list[Draft] = []
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            content = json.loads(script.get_text())
        except ValueError:
            continue
        found += questions_of(content)
    return found


def questions_of(content: object) -> list[Draft]:
    """Give the questions of JSON-LD that was read already."""
    return list(_questions(content))


def _questions(node: object) -> Iterator[Draft]:
    if isinstance(node, list):
        for item in node:
            yield from _questions(item)
    elif isinstance(node, dict):
        if node.get("@type") == "Question":
            draft = _draft(node)
            if draft is not None:
                yield draft
            return
        for key in ("@graph", "mainEntity", "hasPart", "itemListElement"):
            yield from _questions(node.get(key))


def _draft(node: dict[str, object]) -> Draft | None:
    accepted = node.get("acceptedAnswer") or node.get("suggestedAnswer")
    if isinstance(accepted, list):
        accepted = accepted[0] if accepted else None
    answer = accepted.get("text") if isinstance(accepted, dict) else None
    question = node.get("name") or node.get("text")
    if not isinstance(answer, str) or not isinstance(question, str):
        return None
    markdown = assemble(read_html(answer).blocks)
    plain = " ".join(BeautifulSoup(question, "lxml").get_text(" ").split())
    if not markdown or not plain:
        return None
    return Draft(DEFAULT_SECTION, plain, markdown)


def covers(visible: list[Draft], offered: list[Draft]) -> bool:
    """Tell whether the visible page gave every question that it offers to search engines."""
    seen = {fold(draft.question) for draft in visible}
    return all(fold(draft.question) in seen for draft in offered)
