"""Give the objects of a chat import: what a reader finds in a file, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ChatFormat(StrEnum):
    """Name the formats that can be read; the value is what `--format` takes."""

    ZOOM = "zoom"
    ZOOM_CLOUD = "zoom-cloud"
    ZOOM_PANEL = "zoom-panel"
    ZOOM_QA_REPORT = "zoom-qa-report"
    ZOOM_QA_JSON = "zoom-qa-json"
    TEAMS_JSON = "teams-json"
    TEAMS_COPIED = "teams-copied"
    SLIDO = "slido"
    YOUTUBE = "youtube"
    WHATSAPP = "whatsapp"
    TABLE = "table"
    JSON = "json"
    PASTED = "pasted"

    @property
    def label(self) -> str:
        """Give the name that a moderator reads."""
        return _LABELS[self]


_LABELS: Mapping[ChatFormat, str] = {
    ChatFormat.ZOOM: "Zoom-chat (opgeslagen)",
    ChatFormat.ZOOM_CLOUD: "Zoom-chat (cloudopname)",
    ChatFormat.ZOOM_PANEL: "Zoom-chat (gekopieerd uit het chatvenster)",
    ChatFormat.ZOOM_QA_REPORT: "Zoom-rapport met vragen en antwoorden",
    ChatFormat.ZOOM_QA_JSON: "Zoom-vragen en -antwoorden (JSON)",
    ChatFormat.TEAMS_JSON: "Teams-chat (JSON uit Microsoft Graph)",
    ChatFormat.TEAMS_COPIED: "Teams-chat (gekopieerd)",
    ChatFormat.SLIDO: "Slido-vragen (JSON)",
    ChatFormat.YOUTUBE: "YouTube-livechat",
    ChatFormat.WHATSAPP: "WhatsApp-chat",
    ChatFormat.TABLE: "tabel (CSV of Excel)",
    ChatFormat.JSON: "lijst met berichten (JSON)",
    ChatFormat.PASTED: "geplakte tekst, één bericht per regel",
}


class ChatImportError(ValueError):
    """Tell in one Dutch sentence why a file cannot be imported."""


@dataclass(frozen=True, slots=True)
class Message:
    """Hold one public message of a chat, without what tells who wrote it."""

    index: int
    """Its place among the public messages of the file, from 0."""
    key: str
    """Stable name of the message: the same in every save of the same chat."""
    text: str
    """What was written, without reply quote and reaction lines."""
    time: str | None = None
    """ISO 8601 date and time, time of day, or time since the start; None when unknown."""
    reply_to: int | None = None
    """Index of the message that this one answers."""
    reactions: int = 0
    votes: int = 0
    answer: str = ""
    """What was answered in writing, in formats that hold answers."""
    is_answered: bool = False
    from_host: bool = False
    """Whether the sender's name or badge says host, moderator or speaker."""
    author: int = 0
    """Number of the sender, by order of first message; 0 when unknown."""
    sender: str = ""
    """Name of the sender; empty unless names are kept on purpose."""

    @property
    def weight(self) -> int:
        """Count the people behind the message: its sender, reactions and votes."""
        return 1 + self.reactions + self.votes


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Say which column of a table holds what: column numbers from 0 by role."""

    fingerprint: str
    """Names the header row; the same header gets the same mapping."""
    columns: Mapping[str, int]

    def __getitem__(self, role: str) -> int | None:
        return self.columns.get(role)


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Show how a table is understood, before it is imported."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first five rows below the header."""
    mapping: ColumnMapping
    has_header: bool = True
    """Whether the first row names the columns; a guess when no column is recognised."""


@dataclass(frozen=True, slots=True)
class ChatImport:
    """Hold what was read from one file."""

    format: ChatFormat
    messages: tuple[Message, ...]
    private_skipped: int = 0
    """Private messages: counted, never kept."""
    reaction_lines: int = 0
    """Lines or messages that only said who reacted."""
    unreadable_lines: tuple[int, ...] = ()
    """Numbers, from 1, of lines that belong to no message."""
    skipped: int = 0
    """System lines and placeholders of pictures, deleted messages and such."""
    preview: TablePreview | None = None

    @property
    def needs_columns(self) -> bool:
        """Tell whether a person must say first which column of the table holds the texts."""
        return self.preview is not None and self.preview.mapping["text"] is None

    @property
    def summary(self) -> str:
        """Tell a moderator in one or two sentences what was read."""
        if self.needs_columns:
            return "Een tabel waarvan we de kolommen niet herkennen."
        count = len(self.messages)
        words = "1 bericht" if count == 1 else f"{count} berichten"
        told = f"Gelezen als {self.format.label}: {words}."
        if self.private_skipped == 1:
            told += " 1 privébericht overgeslagen."
        elif self.private_skipped:
            told += f" {self.private_skipped} privéberichten overgeslagen."
        if self.unreadable_lines:
            lines = len(self.unreadable_lines)
            told += " 1 regel" if lines == 1 else f" {lines} regels"
            told += " niet herkend."
        return told


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Say how to read a file; all of it may be left out."""

    format: ChatFormat | None = None
    """None: recognise it by its content."""
    name: str = ""
    """The file's name; a date in it or in its folder completes times without one."""
    day: date | None = None
    """The day of the webinar, for formats that hold only times."""
    keep_names: bool = False
    """Give the sender with each message; names inside texts go all the same."""
    mappings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Remembered columns by fingerprint of the header row."""


@dataclass(frozen=True, slots=True)
class RawMessage:
    """Hold one message as a reader finds it; never leaves this package."""

    text: str
    time: str | None = None
    sender: str = ""
    is_private: bool = False
    id: str = ""
    """The platform's own id, where it has one."""
    reply_to_id: str = ""
    quote: str = ""
    """The start of the message that this one quotes."""
    thread: int | None = None
    """Place in the file of the first message of its thread."""
    reactions: int = 0
    votes: int = 0
    answer: str = ""
    is_answered: bool = False
    from_host: bool = False


@dataclass(frozen=True, slots=True)
class RawChat:
    """Hold what a reader found in a file, private messages still among it."""

    messages: tuple[RawMessage, ...]
    unreadable_lines: tuple[int, ...] = ()
    reaction_lines: int = 0
    skipped: int = 0
    preview: TablePreview | None = None
