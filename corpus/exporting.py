"""Write a corpus as one file: JSON holds all of it, Excel, CSV and Markdown hold its entries.

Each is checked before it is given: what an import would not read back letter by letter is refused,
with the reason, rather than lost.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import yaml
from openpyxl import Workbook

from corpus.importers.faq.columns import Column
from corpus.importers.faq.formats import parse
from corpus.importers.faq.grid import EXPORT_COLUMNS, guard
from corpus.importers.faq.json_files import FORMAT_KEY, FORMAT_VERSION, draft_of
from corpus.importers.faq.models import DocumentError
from corpus.importers.faq.own_markdown import END, MARK
from corpus.models import Corpus, Entry
from corpus.serialising import to_plain

_MAX_CELL: Final = 32_767
"""Characters; Excel cuts a longer cell off."""


_NO_XML: Final = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


class ExportError(ValueError):
    """Tell in one Dutch sentence why a format cannot hold a corpus."""


def export_corpus(corpus: Corpus, format: str) -> bytes:
    """Give the corpus in one of FORMATS, checked by reading it back.

    Raises ExportError when the format cannot hold it letter by letter.
    """
    raw = FORMATS[format](corpus)
    try:
        found = parse(raw, f"export.{format}")
    except DocumentError as error:
        raise ExportError(f"Deze FAQ past niet in {format}: {error}") from None
    drafts = [replace(draft, line=0, doubts=()) for draft in found.drafts]
    for entry, draft in zip(corpus.entries, drafts, strict=False):
        if draft_of(entry) != draft:
            raise ExportError(
                f"{entry.id} past niet letter voor letter in {format}. Kies json; dat houdt alles."
            )
    if len(drafts) != len(corpus.entries) or found.corpus not in (None, corpus):
        raise ExportError(f"Deze FAQ past niet heel in {format}. Kies json; dat houdt alles.")
    return raw


def to_json(corpus: Corpus) -> bytes:
    """Give all of a corpus as JSON, labelled questions included."""
    content = {FORMAT_KEY: FORMAT_VERSION, "corpus": to_plain(corpus)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def to_csv(corpus: Corpus) -> bytes:
    """Give the entries as CSV that a Dutch Excel opens: semicolons, UTF-8 with a mark."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(EXPORT_COLUMNS)
    for entry in corpus.entries:
        writer.writerow([guard(cell) for cell in _cells(entry)])
    return stream.getvalue().encode("utf-8-sig", "surrogatepass")


def to_xlsx(corpus: Corpus) -> bytes:
    """Give the entries as an Excel workbook, each cell as text."""
    rows = [_excel_cells(entry) for entry in corpus.entries]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "FAQ"
    for number, row in enumerate([EXPORT_COLUMNS, *rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"  # also when it starts with "=": no formula
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_markdown(corpus: Corpus) -> bytes:
    """Give the entries as a document to read and edit, their fields in comments."""
    parts = [f"{MARK} 1 -->", f"# {' '.join(corpus.title.split())}"]
    section = None
    for entry in corpus.entries:
        if entry.section != section:
            section = entry.section
            parts.append(f"## {' '.join(section.split())}")
        parts.append(_markdown_entry(entry))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "surrogatepass")


FORMATS: Final[Mapping[str, Callable[[Corpus], bytes]]] = {
    "json": to_json,
    "xlsx": to_xlsx,
    "csv": to_csv,
    "md": to_markdown,
}


def _cells(entry: Entry) -> list[str]:
    values = {
        Column.ID: entry.id,
        Column.SECTION: entry.section,
        Column.QUESTION: entry.question,
        Column.ANSWER: entry.answer,
        Column.SHORT_ANSWER: entry.short_answer,
        Column.PHRASINGS: "\n".join(entry.phrasings),
        Column.SOURCE: entry.source,
        Column.SIGNPOST: entry.signpost,
        Column.RELATED: ", ".join(entry.related),
    }
    return [values[column] for column in Column]


def _excel_cells(entry: Entry) -> list[str]:
    cells = _cells(entry)
    if any(len(cell) > _MAX_CELL for cell in cells):
        raise ExportError(f"{entry.id} heeft een tekst die te lang is voor Excel. Kies json.")
    if any(_NO_XML.search(cell) for cell in cells):
        raise ExportError(f"{entry.id} bevat een teken dat Excel niet kent. Kies json.")
    return cells


def _markdown_entry(entry: Entry) -> str:
    fields: dict[str, object] = {
        "id": entry.id,
        "section": entry.section,
        "question": entry.question,
        "short_answer": entry.short_answer,
        "source": entry.source,
        **({"signpost": entry.signpost} if entry.signpost else {}),
        "related": list(entry.related),
        "phrasings": list(entry.phrasings),
    }
    head = _yaml(fields)
    if "-->" in head:  # would end the comment
        head = _yaml(fields, style='"').replace("-->", "--\\x3E")
    heading = " ".join(entry.question.split())
    return f"{MARK}\n{head}-->\n\n### {heading}\n\n{entry.answer}\n\n{END}"


def _yaml(fields: Mapping[str, object], style: str | None = None) -> str:
    text: str = yaml.safe_dump(
        fields, allow_unicode=True, sort_keys=False, width=2**20, default_style=style
    )
    return text
