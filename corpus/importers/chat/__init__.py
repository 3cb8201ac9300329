"""Turn the export of a webinar's chat into messages: Zoom, Teams, Slido, YouTube, WhatsApp, tables.

`read_chat_file(path)` and `read_chat(data)` read behind limits; `merge` adds a longer save.
"""

from corpus.importers.chat.detection import Detection, detect_format
from corpus.importers.chat.merging import Merge, merge
from corpus.importers.chat.models import (
    ChatFormat,
    ChatImport,
    ChatImportError,
    ColumnMapping,
    ImportOptions,
    Message,
    TablePreview,
)
from corpus.importers.chat.reading import parse_chat, parse_text, read_chat, read_chat_file

__all__ = [
    "ChatFormat",
    "ChatImport",
    "ChatImportError",
    "ColumnMapping",
    "Detection",
    "ImportOptions",
    "Merge",
    "Message",
    "TablePreview",
    "detect_format",
    "merge",
    "parse_chat",
    "parse_text",
    "read_chat",
    "read_chat_file",
]
