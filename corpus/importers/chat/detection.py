"""Recognise by its content which format a chat file has; its name is a hint at most."""

from dataclasses import dataclass
from typing import Final

from corpus.importers.archives import is_zip
from corpus.importers.chat.columns import attendance_hits
from corpus.importers.chat.copied import looks_like_panel, looks_like_teams_copy
from corpus.importers.chat.models import ChatFormat, ChatImportError
from corpus.importers.chat.records import format_of, parse_json
from corpus.importers.chat.table import (
    ATTENDANCE,
    csv_rows,
    is_attendance,
    is_qa_report,
    sniff_delimiter,
)
from corpus.importers.chat.whatsapp import looks_like_whatsapp
from corpus.importers.chat.youtube import looks_like_youtube
from corpus.importers.chat.zoom import looks_like_zoom, looks_like_zoom_cloud
from corpus.importers.decoding import NotTextError, decode

_HEAD: Final = 200_000
"""Characters that are looked at; a format shows itself at the start."""
_TABLE_NAMES: Final = (".csv", ".tsv", ".tab")
NO_TEXT: Final = (
    "Dit bestand bevat geen tekst die te lezen is. Kies een chat als tekst, CSV, Excel (.xlsx) "
    "of JSON."
)


@dataclass(frozen=True, slots=True)
class Detection:
    """Hold the format that was recognised, and whether the content left no doubt."""

    format: ChatFormat
    is_sure: bool

    @property
    def label(self) -> str:
        """Give the name that a moderator reads."""
        return self.format.label


def detect_format(data: bytes, name: str = "") -> Detection:
    """Recognise the format of a file; pasted text is what remains when nothing else fits.

    Raises ChatImportError for attendance reports and for files that are no text.
    """
    if is_zip(data):
        return Detection(ChatFormat.TABLE, is_sure=True)
    try:
        text = decode(data)
    except NotTextError:
        raise ChatImportError(NO_TEXT) from None
    return detect_text(text, name)


def detect_text(text: str, name: str = "") -> Detection:
    """Recognise the format of text."""
    text = text.removeprefix("\ufeff")
    start = text.lstrip()[:1]
    if start in ("{", "["):
        found = _detect_json(text)
        if found is not None:
            return Detection(found, is_sure=True)
    head = text[:_HEAD]
    for looks_like, kind in (
        (looks_like_zoom, ChatFormat.ZOOM),
        (looks_like_zoom_cloud, ChatFormat.ZOOM_CLOUD),
        (looks_like_whatsapp, ChatFormat.WHATSAPP),
    ):
        if looks_like(head):
            return Detection(kind, is_sure=True)
    table = _detect_table(head, name)
    if table is not None:
        return table
    if looks_like_teams_copy(head):
        return Detection(ChatFormat.TEAMS_COPIED, is_sure=True)
    if looks_like_panel(head):
        return Detection(ChatFormat.ZOOM_PANEL, is_sure=True)
    return Detection(ChatFormat.PASTED, is_sure=False)


def _detect_json(text: str) -> ChatFormat | None:
    if looks_like_youtube(text):
        return ChatFormat.YOUTUBE
    try:
        return format_of(parse_json(text))
    except ChatImportError:
        if text.lstrip()[0] == "[" and text.lstrip()[1:].lstrip()[:1] not in ("{", "]"):
            return None  # '[10:03] Karin: ...' is no JSON
        raise


def _detect_table(head: str, name: str) -> Detection | None:
    delimiter = sniff_delimiter(head)
    for candidate in (delimiter,) if delimiter else ("\t", ",", ";"):
        rows = [row for _, row in zip(range(60), csv_rows(head, candidate), strict=False)]
        if is_attendance(rows) or any(attendance_hits(row) >= 3 for row in rows):
            raise ChatImportError(ATTENDANCE)
        if delimiter and is_qa_report(rows):
            return Detection(ChatFormat.ZOOM_QA_REPORT, is_sure=True)
    if delimiter or name.lower().endswith(_TABLE_NAMES):
        return Detection(ChatFormat.TABLE, is_sure=delimiter is not None)
    return None
