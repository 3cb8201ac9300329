"""Read tables of messages: CSV with any delimiter, or XLSX; the header row is found by content.

Zoom's report of questions and answers is such a table too, with rows above its header.
"""

import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl

from corpus.importers.archives import ArchiveError, check_archive
from corpus.importers.chat.columns import (
    attendance_hits,
    fingerprint,
    is_attendance_title,
    map_columns,
    nameless,
    plain,
    role_of,
    to_message,
)
from corpus.importers.chat.models import (
    ChatImportError,
    ColumnMapping,
    RawChat,
    RawMessage,
    TablePreview,
)
from corpus.importers.chat.times import parse_moment

Row = tuple[Any, ...]
_DELIMITERS: Final = (";", ",", "\t", "|")
_SEARCHED: Final = 60
"""Rows in which the header row is looked for."""
_SEP_LINE: Final = re.compile(r"sep=(.)\n", re.IGNORECASE)
_MAX_ROWS: Final = 500_000
_QA_TITLES: Final = frozenset(
    {
        "question and answer report",
        "q a report",
        "vragen en antwoordenrapport",
        "webinar q a report",
    }
)
ATTENDANCE: Final = (
    "Dit is een lijst van wie er aanwezig was, geen chat. Zo'n lijst wordt niet ingelezen. "
    "Exporteer de chat of de vragen."
)


def csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of CSV text; blank lines between rows are rows without cells."""
    csv.field_size_limit(2**20)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(row)
    except csv.Error:
        raise ChatImportError("Deze tabel is niet te lezen: een cel is veel te lang.") from None


def sniff_delimiter(text: str) -> str | None:
    """Give the delimiter of a table with a header row that is understood, else None."""
    named = _SEP_LINE.match(text)
    if named:
        return named[1]
    head = "\n".join(text.split("\n")[: 4 * _SEARCHED])
    best, best_score = None, (0, 0)
    for delimiter in _DELIMITERS:
        try:
            rows = [
                row for _, row in zip(range(_SEARCHED), csv_rows(head, delimiter), strict=False)
            ]
        except ChatImportError:
            continue
        place = header_place(rows)
        if place is not None and is_tabular(rows, place):
            score = (len(map_columns(rows[place]).columns), len(rows[place]))
            if score > best_score:
                best, best_score = delimiter, score
    return best


def is_tabular(rows: Sequence[Row], place: int) -> bool:
    """Tell whether the rows below a header have about as many cells as the header itself."""
    width = len(rows[place])
    below = [row for row in rows[place + 1 :] if any(str(cell or "").strip() for cell in row)]
    if width == 1:
        return plain(rows[place][0]) != "chat"
    alike = sum(abs(len(row) - width) <= 1 for row in below)
    return alike >= 0.6 * len(below)


def header_place(rows: Sequence[Row], remembered: Mapping[str, Any] | None = None) -> int | None:
    """Find the row that names a column with texts, preferring the one that names most columns."""
    best, best_score = None, 0
    chosen = remembered or {}
    for place, row in enumerate(rows[:_SEARCHED]):
        mapping = map_columns(row, remembered)
        filled = sum(bool(plain(cell)) for cell in row)
        known = mapping["text"] is not None
        lonely = filled > 2 and len(mapping.columns) < 2 and mapping.fingerprint not in chosen
        if known and not lonely and len(mapping.columns) > best_score:
            best, best_score = place, len(mapping.columns)
    return best


def is_attendance(rows: Sequence[Row]) -> bool:
    """Tell whether a table lists who was there instead of what was said."""
    for row in rows[:_SEARCHED]:
        texts = any(role_of(cell) == "text" for cell in row)
        if attendance_hits(row) >= 2 and not texts:
            return True
        if is_attendance_title(row) and header_place(rows) is None:
            return True
    return False


def is_qa_report(rows: Sequence[Row]) -> bool:
    """Tell whether a table is Zoom's report of questions and answers."""
    for row in rows[:10]:
        filled = [plain(cell) for cell in row if plain(cell)]
        if filled and filled[0] in _QA_TITLES:
            return True
        if {"question", "asker name"} <= set(filled):
            return True
    return False


def read_csv(text: str, remembered: Mapping[str, Mapping[str, int]]) -> RawChat:
    """Read a table from text."""
    delimiter = sniff_delimiter(text) or _likely_delimiter(text)
    named = _SEP_LINE.match(text)
    rows = list(csv_rows(text[named.end() :] if named else text, delimiter))
    return read_rows(rows, remembered)


def _likely_delimiter(text: str) -> str:
    """Give the delimiter that gives most rows the same number of cells, more than one."""
    head = "\n".join(text.split("\n")[: 4 * _SEARCHED])

    def alike(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv_rows(head, delimiter) if len(row) > 1)
        return max(widths.values(), default=0)

    return max(_DELIMITERS, key=alike)


def read_xlsx(data: bytes, remembered: Mapping[str, Mapping[str, int]]) -> RawChat:
    """Read the sheet of a workbook that has a header row with a column of texts."""
    sheets = workbook_rows(data)
    if any(is_attendance(rows) for rows in sheets):
        raise ChatImportError(ATTENDANCE)
    usable = [rows for rows in sheets if header_place(rows, remembered) is not None]
    filled = [rows for rows in sheets if rows]
    if not filled:
        raise ChatImportError("In dit Excel-bestand staat geen enkele regel.")
    return read_rows(usable[0] if usable else filled[0], remembered)


def workbook_rows(data: bytes) -> list[list[Row]]:
    """Give the rows of each sheet; raises ChatImportError when it cannot be opened safely."""
    try:
        check_archive(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that we do not use
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return [_sheet_rows(sheet) for sheet in book.worksheets]
    except ArchiveError as error:
        raise ChatImportError(str(error)) from None
    except ChatImportError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes go wrong
        if isinstance(error, MemoryError | RecursionError):
            raise
        message = "Dit Excel-bestand is niet te openen. Sla het opnieuw op als .xlsx of als CSV."
        raise ChatImportError(message) from None


def _sheet_rows(sheet: Any) -> list[Row]:
    rows: list[Row] = []
    for row in sheet.iter_rows(values_only=True):
        if len(rows) >= _MAX_ROWS:
            raise ChatImportError(f"Deze tabel heeft meer dan {_MAX_ROWS} regels.")
        rows.append(tuple(_cell(value) for value in row))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _cell(value: object) -> object:
    """Give a date as ISO text and a whole number without its decimal point."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def read_rows(rows: Sequence[Row], remembered: Mapping[str, Mapping[str, int]]) -> RawChat:
    """Turn the rows below the header into messages."""
    place = header_place(rows, remembered)
    if place is None:
        return _read_unknown(rows, remembered)
    mapping = map_columns(rows[place], remembered)
    messages = _messages(rows[place + 1 :], mapping)
    return RawChat(messages, preview=_preview(rows[place:], mapping))


def _read_unknown(rows: Sequence[Row], remembered: Mapping[str, Mapping[str, int]]) -> RawChat:
    """Read a table without a header that is understood, once somebody said what its columns hold.

    Until then it holds no messages, only a preview to choose the columns from.
    """
    filled = [row for row in rows if any(str(cell or "").strip() for cell in row)]
    if not filled:
        raise ChatImportError("In deze tabel staat geen enkele regel.")
    width = max(len(row) for row in filled[:_SEARCHED])
    columns = remembered.get(nameless(width), {})
    usable = {role: n for role, n in columns.items() if 0 <= n < width}
    if "text" in usable:
        mapping = ColumnMapping(nameless(width), usable)
        preview = _preview([("",) * width, *filled], mapping, has_header=False)
        return RawChat(_messages(filled, mapping), preview=preview)
    first = (*filled[0], *("",) * (width - len(filled[0])))
    unknown = ColumnMapping(fingerprint(first), {})
    has_header = not any(_is_data(cell) for cell in first)
    return RawChat((), preview=_preview([first, *filled[1:]], unknown, has_header=has_header))


def _is_data(cell: object) -> bool:
    """Tell whether a cell holds a message, a moment or a number, as no header does."""
    text = str(cell if cell is not None else "").strip()
    is_message = len(text) > 60 or text.endswith(("?", "!", "."))
    return is_message or text.isdecimal() or parse_moment(text) is not None


def _messages(rows: Sequence[Row], mapping: ColumnMapping) -> tuple[RawMessage, ...]:
    messages: list[RawMessage] = []
    for row in rows:
        cells = {role: row[n] for role, n in mapping.columns.items() if n < len(row)}
        message = to_message(cells)
        if message is not None:
            messages.append(message)
        elif messages and str(cells.get("answer") or "").strip():
            # a further answer to the question above it
            joined = f"{messages[-1].answer}\n{cells['answer']}".strip()
            messages[-1] = replace(messages[-1], answer=joined, is_answered=True)
    return tuple(messages)


def _preview(
    rows: Sequence[Row], mapping: ColumnMapping, *, has_header: bool = True
) -> TablePreview:
    shown = [tuple("" if cell is None else str(cell)[:200] for cell in row) for row in rows[:6]]
    return TablePreview(shown[0], tuple(shown[1:]), mapping, has_header)
