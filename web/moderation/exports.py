"""Write draft entries as a file: CSV for Dutch and other Excels, XLSX, JSON, Markdown, DOCX."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from docx import Document
from openpyxl import Workbook

from corpus.importers.faq.grid import guard
from web.moderation.drafts import DraftEntry, to_json

HEADER: Final = ("Vraag", "Formuleringen", "Keer gevraagd", "Antwoord", "Eigenaar", "Status")
_MAX_CELL: Final = 32_767
"""Characters; Excel cuts a longer cell off."""
_NO_XML: Final = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


class Export(NamedTuple):
    """Hold one kind of file."""

    label: str
    filename: str
    mimetype: str
    write: Callable[[Sequence[DraftEntry]], bytes]


def rows(drafts: Sequence[DraftEntry]) -> list[tuple[str, ...]]:
    """Give draft entries as rows of a table, each cell safe in a spreadsheet."""
    return [tuple(guard(cell) for cell in _cells(draft)) for draft in drafts]


def _cells(draft: DraftEntry) -> tuple[str, ...]:
    wordings = "\n".join(wording.text for wording in draft.wordings)
    asked = str(draft.asked)
    return draft.question, wordings, asked, draft.answer, draft.owner, draft.status


def _csv(delimiter: str) -> Callable[[Sequence[DraftEntry]], bytes]:
    def write(drafts: Sequence[DraftEntry]) -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows([HEADER, *rows(drafts)])
        return stream.getvalue().encode("utf-8-sig", "surrogatepass")

    return write


def to_xlsx(drafts: Sequence[DraftEntry]) -> bytes:
    """Give a workbook in which every cell is text, never a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Concepten"
    for number, cells in enumerate([HEADER, *rows(drafts)], 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(number, column, _plain(text)[:_MAX_CELL])
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_markdown(drafts: Sequence[DraftEntry]) -> bytes:
    """Give a document with a heading for each question."""
    parts = ["# Vragen zonder antwoord in de FAQ"]
    for draft in drafts:
        parts.append(f"## {_one_line(draft.question)}")
        parts.append(_standing(draft))
        parts.append("\n".join(f"- {_one_line(wording.text)}" for wording in draft.wordings))
        parts.append(draft.answer or "*Nog geen antwoord.*")
    return ("\n\n".join(parts) + "\n").encode("utf-8", "surrogatepass")


def to_docx(drafts: Sequence[DraftEntry]) -> bytes:
    """Give a Word document with the same."""
    document = Document()
    document.core_properties.author = "Vraagwijzer"
    document.add_heading("Vragen zonder antwoord in de FAQ", 0)
    for draft in drafts:
        document.add_heading(_plain(_one_line(draft.question)), 1)
        document.add_paragraph(_plain(_standing(draft)))
        for wording in draft.wordings:
            document.add_paragraph(_plain(wording.text), style="List Bullet")
        document.add_paragraph(_plain(draft.answer) or "Nog geen antwoord.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _standing(draft: DraftEntry) -> str:
    owner = f" Eigenaar: {_one_line(draft.owner)}." if draft.owner else ""
    return f"{draft.asked} keer gevraagd. Status: {draft.status}.{owner}"


def _plain(text: str) -> str:
    """Give the text without what an XML file cannot hold."""
    return _NO_XML.sub("", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
EXPORTS: Final[Mapping[str, Export]] = {
    "csv": Export("CSV met ; (Excel in het Nederlands)", "vragen.csv", "text/csv", _csv(";")),
    "csv-komma": Export("CSV met ,", "vragen-komma.csv", "text/csv", _csv(",")),
    "xlsx": Export("Excel", "vragen.xlsx", f"{_OFFICE}.spreadsheetml.sheet", to_xlsx),
    "docx": Export("Word", "vragen.docx", f"{_OFFICE}.wordprocessingml.document", to_docx),
    "md": Export("Markdown", "vragen.md", "text/markdown", to_markdown),
    "json": Export("JSON", "vragen.json", "application/json", to_json),
}
