"""Read our own Markdown export: an ordinary document, with each entry's fields in a comment."""

import re
from collections.abc import Mapping
from typing import Final

import yaml

from corpus.importers.faq.models import DocumentError, Draft, Recognised

MARK: Final = "<!-- vraagwijzer"
END: Final = "<!-- /vraagwijzer -->"
TITLE: Final = "title"
_ENTRY: Final = re.compile(
    r"^<!-- vraagwijzer\n(?P<fields>.*?)\n-->\n\n(?P<body>.*?)\n\n<!-- /vraagwijzer -->$",
    re.DOTALL | re.MULTILINE,
)
_HEADING: Final = re.compile(r"\A### (?P<question>[^\n]*)\n\n(?P<answer>.*)\Z", re.DOTALL)


def is_own_markdown(text: str) -> bool:
    """Tell whether a text is our own Markdown export."""
    return text.startswith(f"{MARK} 1 -->")


def read_own_markdown(text: str) -> Recognised:
    """Give the entries, letter by letter; a changed question or answer is taken as it stands."""
    text = text.replace("\r\n", "\n")
    drafts = [_draft(found, text) for found in _ENTRY.finditer(text)]
    if not drafts:
        raise DocumentError("In deze export van Vraagwijzer staat geen enkele vraag.")
    title = re.search(r"^# (.*)$", text, re.MULTILINE)
    return Recognised("export van Vraagwijzer", title[1] if title else "", tuple(drafts), own=True)


def _draft(found: re.Match[str], text: str) -> Draft:
    line = text.count("\n", 0, found.start()) + 1
    body = _HEADING.match(found["body"])
    try:
        fields = yaml.safe_load(found["fields"])
    except yaml.YAMLError:
        fields = None
    if body is None or not isinstance(fields, dict):
        raise DocumentError(f"De vraag op regel {line} van deze export is niet te lezen.")
    # The heading is what an editor sees and changes; the field keeps what a heading cannot hold.
    heading = body["question"]
    kept = _text(fields, "question") or heading
    return Draft(
        section=_text(fields, "section"),
        question=kept if " ".join(kept.split()) == heading else heading,
        answer=body["answer"],
        practical=_text(fields, "id").startswith("p"),
        id=_text(fields, "id"),
        short_answer=_text(fields, "short_answer"),
        source=_text(fields, "source"),
        signpost=_text(fields, "signpost"),
        related=_list(fields, "related"),
        phrasings=_list(fields, "phrasings"),
        line=line,
    )


def _text(fields: Mapping[str, object], name: str) -> str:
    return str(fields.get(name) or "")


def _list(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = fields.get(name)
    return tuple(str(item) for item in found) if isinstance(found, list) else ()
