"""Read the sheets of an Excel workbook."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from corpus.importers.faq.grid import MAX_ROWS, Sheet, read_sheets
from corpus.importers.faq.models import DocumentError, Recognised


def read_xlsx(raw: bytes) -> Recognised:
    """Give the questions of a workbook, of all its sheets."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets = list(_sheets(raw))
    except (KeyError, ValueError, TypeError, OSError, BadZipFile, InvalidFileException) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("Dit Excel-bestand is beschadigd en niet te lezen.") from error
    return read_sheets(sheets, format="Excel-bestand")


def _sheets(raw: bytes) -> Iterator[Sheet]:
    workbook = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        rows = []
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            if number > MAX_ROWS:
                raise DocumentError(f"Een tabblad telt meer dan {MAX_ROWS} rijen.")
            rows.append([_text(value) for value in row])
        yield Sheet(sheet.title, rows)
    workbook.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
