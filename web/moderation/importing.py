"""Serve the page that takes a chat in: a file or pasted text, looked at first, then imported.

Nothing of an upload is kept between the look and the import: the browser sends it again. So a
private message never lies on the server's disk.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from flask import Response, current_app, render_template, request

from assistant.segmentation import MessageKind, judge
from corpus.importers.chat import (
    ChatFormat,
    ChatImport,
    ChatImportError,
    ImportOptions,
    Message,
    parse_text,
    read_chat,
)
from corpus.importers.chat.mappings import corrected, load_mappings, save_mapping
from corpus.importers.chat.reading import MAX_BYTES
from corpus.privacy import redact
from web.accounts import Role
from web.answering import get_grouping, prepare_grouping
from web.auth import current_actor, require_role
from web.config import Settings
from web.db import get_database
from web.moderation.blueprint import blueprint, wants_part
from web.moderation.moments import ZONE
from web.queue.intake import add_messages
from web.queue.webinars import Webinar, get_webinar
from web.security import accepts_body

LINES_SHOWN: Final = 12
COLUMN_ROLES: Final = {
    "text": "Vraag of bericht",
    "time": "Tijd",
    "votes": "Stemmen",
    "answer": "Antwoord",
    "sender": "Afzender",
}
_KINDS: Final = {
    MessageKind.QUESTION: ("Vraag", "is-accent"),
    MessageKind.LOGISTICS: ("Praktische vraag", "is-accent"),
    MessageKind.TECHNICAL: ("Technische vraag", "is-accent"),
    MessageKind.ME_TOO: ("Sluit aan", "is-info"),
    MessageKind.STATEMENT: ("Ruis", ""),
    MessageKind.NOISE: ("Ruis", ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one message as the preview shows it."""

    time: str
    text: str
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold what an import would do."""

    read: ChatImport
    questions: int
    joined: int
    noise: int
    lines: tuple[Line, ...]


@blueprint.get("/webinar/<int:webinar_id>/inlezen")
@require_role(Role.MODERATOR)
def import_form(webinar_id: int) -> Any:
    """Show the form."""
    prepare_grouping()
    return _page(get_webinar(get_database(), webinar_id))


@blueprint.post("/webinar/<int:webinar_id>/inlezen")
@accepts_body(MAX_BYTES + 2**20)
@require_role(Role.MODERATOR)
def import_post(webinar_id: int) -> Any:
    """Look at what was sent, or take it in when the form says so."""
    webinar = get_webinar(get_database(), webinar_id)
    try:
        read = _read(webinar)
    except ChatImportError as error:
        return _page(webinar, status=422, error=str(error))
    if request.form.get("action") != "import":
        return _page(webinar, preview=_preview(read))
    if read.needs_columns:
        told = "Wijs eerst aan in welke kolom de vraag of het bericht staat."
        return _page(webinar, status=422, error=told, preview=_preview(read))
    if read.preview is not None:
        save_mapping(_mappings_file(), read.preview.mapping)
    intake = add_messages(
        get_database(),
        webinar_id,
        read.messages,
        actor=current_actor(),
        private_skipped=read.private_skipped,
        keep_names=_keeps_names(),
        grouping=get_grouping(),
    )
    return render_template(
        "moderatie/ingelezen.html", webinar=webinar, read=read, intake=intake, **_fixed()
    )


@blueprint.errorhandler(413)
def _too_large(_error: Exception) -> Any:
    webinar_id = (request.view_args or {}).get("webinar_id", 0)
    limit = f"{MAX_BYTES // 2**20} MB" if request.endpoint == "moderation.import_post" else "256 kB"
    text = f"Dat is te veel: hier past hoogstens {limit}."
    if request.endpoint == "moderation.import_post" and wants_part():
        return _part(error=text), 413
    return Response(
        render_template("moderatie/te-groot.html", text=text, webinar_id=webinar_id), 413
    )


def _read(webinar: Webinar) -> ChatImport:
    """Read the file, or else the pasted text, in the format that was chosen."""
    upload = request.files.get("file")
    name = upload.filename if upload and upload.filename else ""
    options = ImportOptions(
        format=_format(),
        name=name,
        day=webinar.starts_at.astimezone(ZONE).date() if webinar.starts_at else None,
        keep_names=_keeps_names(),
        mappings=load_mappings(_mappings_file()),
    )
    data = upload.read() if upload and name else b""
    pasted = request.form.get("text", "")
    if not data and not pasted.strip():
        raise ChatImportError(
            "Dit bestand is leeg." if name else "Kies een bestand, of plak de chat in het vak."
        )

    def read(options: ImportOptions) -> ChatImport:
        return read_chat(data, options) if data else parse_text(pasted, options)

    found = read(options)
    choices = {role: request.form.get(f"column_{role}", "") for role in COLUMN_ROLES}
    if found.preview is None or not choices["text"]:
        return found
    has_header = request.form.get("header", "ja") == "ja"
    mapping = corrected(found.preview, choices, has_header=has_header)
    return read(replace(options, mappings={mapping.fingerprint: dict(mapping.columns)}))


def _keeps_names() -> bool:
    return request.form.get("keep_names") == "ja"


def _format() -> ChatFormat | None:
    chosen = request.form.get("format", "")
    return ChatFormat(chosen) if chosen in list(ChatFormat) else None


def _preview(read: ChatImport) -> Preview:
    verdicts = [judge(message.text) for message in read.messages]
    joined = sum(verdict.kind is MessageKind.ME_TOO for verdict in verdicts)
    asked = sum(verdict.kind.is_question for verdict in verdicts)
    return Preview(
        read=read,
        questions=sum(len(verdict.parts) for verdict in verdicts),
        joined=joined,
        noise=len(verdicts) - joined - asked,
        lines=tuple(
            _line(message, verdict.kind)
            for message, verdict in zip(read.messages[:LINES_SHOWN], verdicts, strict=False)
        ),
    )


def _line(message: Message, kind: MessageKind) -> Line:
    return Line(message.time or "", redact(message.text[:300]), *_KINDS[kind])


def _page(webinar: Webinar, status: int = 200, **found: Any) -> Any:
    if wants_part():
        return _part(**found), status
    page = render_template("moderatie/inlezen.html", webinar=webinar, **_fixed(), **found)
    return Response(page, status)


def _part(**found: Any) -> str:
    return render_template("moderatie/_voorbeeld.html", **_fixed(), **found)


def _fixed() -> dict[str, Any]:
    return {
        "formats": list(ChatFormat),
        "roles": COLUMN_ROLES,
        "chosen": request.form.get("format", ""),
        "pasted": request.form.get("text", ""),
        "keeps_names": _keeps_names(),
    }


def _mappings_file() -> Path:
    settings: Settings = current_app.config["VRAAGWIJZER"]
    return settings.data / "chat-columns.json"
