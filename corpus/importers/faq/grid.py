"""Read a table of questions: CSV with any delimiter, a sheet of XLSX, a TSV of QnA Maker."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from corpus.importers.faq.clean import clean
from corpus.importers.faq.columns import Column, column_of
from corpus.importers.faq.models import (
    DEFAULT_SECTION,
    PRACTICAL_SECTION,
    DocumentError,
    Draft,
    LeftOut,
    Recognised,
)
from corpus.importers.faq.signals import ends_as_question
from corpus.validation import ENTRY_ID

DELIMITERS: Final = ("\t", ";", ",", "|")
EXPORT_COLUMNS: Final = tuple(column.value for column in Column)
"""The header of our own export; cells under it are taken letter by letter."""
MAX_ROWS: Final = 20_000
_HEADER_ROWS: Final = 10
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


class Sheet(NamedTuple):
    """Hold the cells of one table, and the name of its sheet."""

    name: str
    rows: Sequence[Sequence[str]]


class _Header(NamedTuple):
    place: int
    columns: tuple[Column | None, ...]
    own: bool


def sniff(text: str) -> str:
    """Give the delimiter under which the head of a table names a question and an answer."""
    head = "\n".join(text.split("\n")[:200])
    for delimiter in DELIMITERS:
        if head.startswith(delimiter.join(EXPORT_COLUMNS)):
            return delimiter
    for delimiter in DELIMITERS:
        if delimiter == "|" and head.lstrip().startswith("|"):
            continue  # a table in Markdown
        rows = list(_rows(head, delimiter))
        if _header(rows) is not None:
            return delimiter
    return ""


def guard(cell: str) -> str:
    """Give a cell of CSV that no spreadsheet takes for a formula; reading takes the sign off."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def read_csv(text: str, *, format: str = "CSV-bestand") -> Recognised:
    """Give the questions of a text with a delimiter."""
    delimiter = sniff(text) or _most_even(text)
    # The delimiter may also stand in answers, so the csv module reads quotes and line ends.
    rows = [[_unguarded(cell) for cell in row] for row in _rows(text, delimiter)]
    return read_sheets([Sheet("", rows)], format=format)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def read_sheets(sheets: Sequence[Sheet], *, format: str) -> Recognised:
    """Give the questions of tables; the sheets without a question and an answer are left out."""
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    several = sum(_header(sheet.rows) is not None for sheet in sheets) > 1
    for sheet in sheets:
        header = _header(sheet.rows) or _headless(sheet.rows)
        if header is None:
            if any(any(row) for row in sheet.rows):
                reason = "dit tabblad heeft geen kolommen ‘vraag’ en ‘antwoord’"
                left_out.append(LeftOut(sheet.name or "tabel", reason))
            continue
        default = sheet.name if several else DEFAULT_SECTION
        drafts += _drafts(sheet.rows, header, default, left_out)
    if not drafts:
        raise DocumentError(
            "In deze tabel is geen vraag met een antwoord gevonden. "
            "Noem de kolommen in de bovenste rij ‘vraag’ en ‘antwoord’."
        )
    own = all(header.own for sheet in sheets if (header := _header(sheet.rows)))
    return Recognised(format, "", tuple(drafts), tuple(left_out), own=own)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**24)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or ",", strict=False)
    try:
        for number, row in enumerate(reader):
            if number > MAX_ROWS:
                raise DocumentError(f"Deze tabel telt meer dan {MAX_ROWS} rijen.")
            yield row
    except csv.Error:
        raise DocumentError("Deze tabel is niet te lezen. Bewaar hem als CSV in UTF-8.") from None


def _most_even(text: str) -> str:
    """Give the delimiter that gives most rows two columns or more."""
    lines = [line for line in text.split("\n")[:200] if line.strip()]
    counts = {d: sum(d in line for line in lines) for d in DELIMITERS}
    return max(DELIMITERS, key=lambda d: counts[d])


def _header(rows: Sequence[Sequence[str]]) -> _Header | None:
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        columns = tuple(column_of(cell) for cell in row)
        if Column.QUESTION in columns and Column.ANSWER in columns:
            own = tuple(cell.strip() for cell in row) == EXPORT_COLUMNS
            return _Header(place, columns, own)
    return None


def _headless(rows: Sequence[Sequence[str]]) -> _Header | None:
    """Recognise two columns without a head: most of the first ask something."""
    filled = [row for row in rows if sum(bool(cell.strip()) for cell in row) >= 2]
    if len(filled) < 2:
        return None
    for asked in range(len(filled[0]) - 1):
        asking = sum(ends_as_question(row[asked].strip()) for row in filled if len(row) > asked)
        if asking > 0.6 * len(filled):
            columns: list[Column | None] = [None] * len(filled[0])
            columns[asked], columns[asked + 1] = Column.QUESTION, Column.ANSWER
            return _Header(-1, tuple(columns), own=False)
    return None


def _drafts(
    rows: Sequence[Sequence[str]], header: _Header, default: str, left_out: list[LeftOut]
) -> Iterator[Draft]:
    section = default
    for number, row in enumerate(rows[header.place + 1 :], header.place + 2):
        cells = _by_column(row, header)
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            continue
        if len(filled) == 1 and not ends_as_question(filled[0].strip()):
            section = filled[0].strip()  # a title over the rows below it
            continue
        section = _first(cells, Column.SECTION) or section
        draft = _draft(cells, section, number, own=header.own)
        if draft is None:
            missing = "vraag" if not _first(cells, Column.QUESTION).strip() else "antwoord"
            left_out.append(LeftOut(" ".join(filled)[:200], f"geen {missing} gevonden", number))
            continue
        yield draft


def _by_column(row: Sequence[str], header: _Header) -> dict[Column, list[str]]:
    found: dict[Column, list[str]] = {}
    for column, cell in zip(header.columns, row, strict=False):
        if column is None:
            continue
        found.setdefault(column, []).append(cell if header.own else clean(cell).strip())
    return found


def _first(cells: dict[Column, list[str]], column: Column) -> str:
    return next((cell for cell in cells.get(column, ()) if cell.strip()), "")


def _draft(cells: dict[Column, list[str]], section: str, number: int, *, own: bool) -> Draft | None:
    question, answer = _first(cells, Column.QUESTION), _first(cells, Column.ANSWER)
    if not question.strip() or not answer.strip():
        return None
    given = _first(cells, Column.ID).strip().casefold()
    name = given if ENTRY_ID.fullmatch(given) else ""
    practical = name.startswith("p") or section == PRACTICAL_SECTION
    draft = Draft(
        section=section,
        question=question,
        answer=answer,
        practical=practical,
        id=name,
        short_answer=_first(cells, Column.SHORT_ANSWER),
        source=_first(cells, Column.SOURCE),
        signpost=_first(cells, Column.SIGNPOST),
        related=tuple(re.findall(r"[qp]\d{2,4}", _first(cells, Column.RELATED))),
        phrasings=tuple(_lines(cells.get(Column.PHRASINGS, ()))),
        line=number,
    )
    return draft if own else _plain_cells(draft)


def _lines(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        yield from (line for line in cell.split("\n") if line.strip())


def _plain_cells(draft: Draft) -> Draft:
    """Make the cells of someone else's table fit: one line a question, line ends kept."""
    return replace(
        draft,
        question=" ".join(draft.question.split()),
        section=" ".join(draft.section.split()),
        short_answer=" ".join(draft.short_answer.split()),
        answer=with_line_ends(draft.answer),
        phrasings=tuple(" ".join(phrasing.lstrip("-•* ").split()) for phrasing in draft.phrasings),
    )


def with_line_ends(text: str) -> str:
    """Keep the line ends of a cell in Markdown, which would run the lines together."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    found = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        is_item = re.match(r"\s*(?:[-*+•|>#]|\d+[.)])\s?", following) is not None
        found.append(f"{line}  " if line and following and not is_item else line)
    return re.sub(r"(?m)^(\s*)•\s+", r"\1- ", "\n".join(found))
