"""Take the footnotes of an HTML page apart from its running text."""

import re
from typing import Final

from bs4 import BeautifulSoup, Tag

_BACK: Final = re.compile(r"[\s↑↩︎^]+$")


def take_notes(soup: BeautifulSoup) -> dict[str, str]:
    """Take each note out of the page and give its text by its id."""
    notes: dict[str, str] = {}
    for link in soup.find_all("a", href=re.compile(r"^#.")):
        if link.decomposed:  # a link back, gone with its note
            continue
        target_id = str(link.get("href"))[1:]
        if target_id in notes or not _refers(link):
            continue
        target = soup.find(id=target_id)
        if not isinstance(target, Tag) or target.name not in ("li", "p", "div", "aside", "dd"):
            continue
        notes[target_id] = _note(target)
        _remove(target)
    return notes


def _refers(link: Tag) -> bool:
    """Tell whether a link is a footnote's number in the text."""
    raised = link.find_parent("sup") is not None or link.find("sup") is not None
    named = "noteref" in str(link.get("role") or "") + str(link.get("epub:type") or "")
    label = link.get_text(strip=True).strip("[]()")
    return (raised or named) and len(label) <= 3


def _note(target: Tag) -> str:
    for back in target.find_all("a", href=re.compile(r"^#")):
        back.decompose()
    return _BACK.sub("", " ".join(target.get_text(" ").split()))


def _remove(target: Tag) -> None:
    parent = target.parent
    target.decompose()
    while isinstance(parent, Tag) and parent.name in ("ol", "ul", "section", "div", "aside"):
        if parent.get_text(strip=True):
            return
        above = parent.parent
        parent.decompose()
        parent = above
