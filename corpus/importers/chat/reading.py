"""Read a chat file: recognise it, parse it in a limited child process, keep what may be kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.importers.archives import is_zip
from corpus.importers.chat.assembling import assemble
from corpus.importers.chat.copied import read_panel, read_teams_copy
from corpus.importers.chat.detection import NO_TEXT, detect_format, detect_text
from corpus.importers.chat.models import (
    ChatFormat,
    ChatImport,
    ChatImportError,
    ImportOptions,
    RawChat,
)
from corpus.importers.chat.pasted import read_pasted
from corpus.importers.chat.records import parse_json, read_records
from corpus.importers.chat.table import read_csv, read_xlsx
from corpus.importers.chat.times import date_in_name
from corpus.importers.chat.whatsapp import read_whatsapp
from corpus.importers.chat.youtube import read_youtube
from corpus.importers.chat.zoom import read_zoom, read_zoom_cloud
from corpus.importers.decoding import NotTextError, decode
from corpus.limits import LimitError, run_limited

MAX_BYTES: Final = 64 * 2**20
MAX_SECONDS: Final = 60.0
MAX_MEMORY_MB: Final = 1536
_TEXT_READERS: Final[Mapping[ChatFormat, Callable[[str], RawChat]]] = {
    ChatFormat.ZOOM: read_zoom,
    ChatFormat.ZOOM_CLOUD: read_zoom_cloud,
    ChatFormat.ZOOM_PANEL: read_panel,
    ChatFormat.TEAMS_COPIED: read_teams_copy,
    ChatFormat.YOUTUBE: read_youtube,
    ChatFormat.WHATSAPP: read_whatsapp,
    ChatFormat.PASTED: read_pasted,
}
_JSON: Final = frozenset(
    {ChatFormat.ZOOM_QA_JSON, ChatFormat.TEAMS_JSON, ChatFormat.SLIDO, ChatFormat.JSON}
)


def read_chat_file(path: Path, options: ImportOptions | None = None) -> ChatImport:
    """Read a file from disk; raises ChatImportError with one clear sentence."""
    options = options or ImportOptions()
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ChatImportError(too_large(size))
        data = path.read_bytes()
    except OSError as error:
        reason = "dit is een map" if path.is_dir() else error.strerror
        raise ChatImportError(f"{path} is niet te lezen ({reason}).") from None
    name = options.name or str(path.resolve())
    return read_chat(data, replace(options, name=name))


def read_chat(data: bytes, options: ImportOptions | None = None) -> ChatImport:
    """Read an upload in a child process with limits on time and memory.

    Raises ChatImportError with one clear sentence, whatever the file holds.
    """
    if len(data) > MAX_BYTES:
        raise ChatImportError(too_large(len(data)))
    if not data.strip():
        raise ChatImportError("Dit bestand is leeg.")
    try:
        return run_limited(
            parse_chat,
            data,
            options or ImportOptions(),
            seconds=MAX_SECONDS,
            memory_mb=MAX_MEMORY_MB,
        )
    except LimitError as error:
        raise ChatImportError(str(error)) from None


def too_large(size: int) -> str:
    """Tell that a file of this many bytes is too large."""
    limit = MAX_BYTES // 2**20
    return f"Dit bestand is {size / 2**20:.0f} MB; ingelezen wordt hoogstens {limit} MB."


def parse_chat(data: bytes, options: ImportOptions) -> ChatImport:
    """Parse a chat in this process; `read_chat` does the same behind limits."""
    kind = options.format or detect_format(data, options.name).format
    options = replace(options, day=options.day or date_in_name(options.name))
    return assemble(_read(data, kind, options), kind, options)


def parse_text(text: str, options: ImportOptions | None = None) -> ChatImport:
    """Parse text that somebody pasted, in this process: short enough to need no child."""
    options = options or ImportOptions()
    if len(text) > MAX_BYTES // 16:
        return read_chat(text.encode("utf-8", "surrogatepass"), options)
    kind = options.format or detect_text(text, options.name).format
    return assemble(_read_text(text, kind, options), kind, options)


def _read(data: bytes, kind: ChatFormat, options: ImportOptions) -> RawChat:
    if is_zip(data):
        if kind is not ChatFormat.TABLE:
            raise ChatImportError(f"Dit is een Excel-bestand, geen {kind.label}.")
        return read_xlsx(data, options.mappings)
    try:
        return _read_text(decode(data), kind, options)
    except NotTextError:
        raise ChatImportError(NO_TEXT) from None


def _read_text(text: str, kind: ChatFormat, options: ImportOptions) -> RawChat:
    text = text.removeprefix("\ufeff")
    reader = _TEXT_READERS.get(kind)
    if reader is not None:
        return reader(text)
    if kind in _JSON:
        return read_records(parse_json(text), kind)
    return read_csv(text, options.mappings)
