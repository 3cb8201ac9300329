"""Make, find, archive and delete webinars, and hand out the links and tokens that open them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text, update

from web.db import Database
from web.models import MessageRow, WebinarRow
from web.queue.cards import NotFound, QueueError
from web.queue.log import lock_webinar
from web.queue.texts import stored_text


@dataclass(frozen=True, slots=True)
class Webinar:
    """Hold a webinar."""

    id: int
    title: str
    starts_at: datetime | None
    created_at: datetime
    active_at: datetime
    """When something last happened in it."""
    is_archived: bool
    is_public: bool
    speaker_token: str
    public_token: str
    has_live_token: bool
    last_sequence: int
    private_skipped: int


def create_webinar(database: Database, title: str, starts_at: datetime | None = None) -> Webinar:
    """Make a webinar; raises QueueError when the title is empty."""
    title = " ".join(stored_text(title).split())[:200]
    if not title:
        raise QueueError("Geef het webinar een titel.")
    with database.writing() as session:
        now = database.now()
        row = WebinarRow(
            title=title,
            starts_at=starts_at,
            created_at=now,
            active_at=now,
            archived_at=None,
            last_sequence=0,
            live_token_hash="",
            speaker_token=_token(),
            public_token=_token(),
            is_public=False,
            private_skipped=0,
        )
        session.add(row)
        session.flush()
        return webinar_of(row)


def list_webinars(database: Database, *, archived: bool = False) -> list[Webinar]:
    """Give the webinars, newest first; the archived ones on request."""
    with database.reading() as session:
        is_archived = WebinarRow.archived_at.is_not(None)
        rows = session.scalars(
            select(WebinarRow)
            .where(is_archived if archived else ~is_archived)
            .order_by(WebinarRow.created_at.desc(), WebinarRow.id.desc())
        )
        return [webinar_of(row) for row in rows]


def get_webinar(database: Database, webinar_id: int) -> Webinar:
    """Give a webinar; raises NotFound."""
    with database.reading() as session:
        row = session.get(WebinarRow, webinar_id)
        if row is None:
            raise NotFound(f"webinar {webinar_id}")
        return webinar_of(row)


def webinar_for_speaker(database: Database, token: str) -> Webinar:
    """Give the webinar whose speaker's view a link opens; raises NotFound."""
    with database.reading() as session:
        row = session.scalar(select(WebinarRow).where(WebinarRow.speaker_token == token))
        if row is None:
            raise NotFound("speaker link")
        return webinar_of(row)


def webinar_for_public(database: Database, token: str) -> Webinar:
    """Give the webinar whose public page a link opens; raises NotFound while it is closed."""
    with database.reading() as session:
        row = session.scalar(
            select(WebinarRow).where(
                WebinarRow.public_token == token, WebinarRow.is_public.is_(True)
            )
        )
        if row is None:
            raise NotFound("public link")
        return webinar_of(row)


def edit_webinar(
    database: Database, webinar_id: int, *, title: str | None = None, is_public: bool | None = None
) -> Webinar:
    """Change the title, or open or close the public page."""
    with database.writing() as session:
        row = lock_webinar(session, webinar_id)
        if title is not None:
            row.title = " ".join(stored_text(title).split())[:200] or row.title
        if is_public is not None:
            row.is_public = is_public
        return webinar_of(row)


def archive_webinar(database: Database, webinar_id: int, *, is_archived: bool = True) -> Webinar:
    """Put a webinar away: no names, no public page, no live messages; or bring it back."""
    with database.writing() as session:
        row = lock_webinar(session, webinar_id)
        row.archived_at = database.now() if is_archived else None
        if is_archived:
            row.is_public = False
            row.live_token_hash = ""
        webinar = webinar_of(row)
    if is_archived:
        forget_names(database, webinar_id)
    return webinar


def keeps_names(database: Database, webinar_id: int) -> bool:
    """Tell whether names of who asked something are stored."""
    with database.reading() as session:
        wanted = select(MessageRow.id).where(
            MessageRow.webinar_id == webinar_id, MessageRow.sender != ""
        )
        return session.scalar(wanted.limit(1)) is not None


def forget_names(database: Database, webinar_id: int) -> None:
    """Take the names of who asked something away for good, also from the files."""
    if not keeps_names(database, webinar_id):
        return
    with database.writing() as session:
        lock_webinar(session, webinar_id)
        session.execute(
            update(MessageRow).where(MessageRow.webinar_id == webinar_id).values(sender="")
        )
    forget_deleted(database)


def delete_webinar(database: Database, webinar_id: int) -> None:
    """Delete a webinar with every text of it, also from the files of the database."""
    with database.writing() as session:
        lock_webinar(session, webinar_id)
        session.execute(delete(WebinarRow).where(WebinarRow.id == webinar_id))
    forget_deleted(database)


def forget_deleted(database: Database) -> None:
    """Take what was deleted out of the files too: SQLite's log, PostgreSQL's dead rows."""
    if database.engine.dialect.name != "sqlite":
        alone = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with alone.connect() as connection:
            connection.execute(text("VACUUM"))
        return
    raw = database.engine.raw_connection()  # outside a transaction, where SQLAlchemy does not go
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        raw.close()


def renew_live_token(database: Database, webinar_id: int) -> str:
    """Give a new token for live messages, shown once; the one before stops working."""
    token = _token()
    with database.writing() as session:
        lock_webinar(session, webinar_id).live_token_hash = _hash(token)
    return token


def renew_links(database: Database, webinar_id: int) -> Webinar:
    """Give the speaker's view and the public page new addresses; the ones before stop working."""
    with database.writing() as session:
        row = lock_webinar(session, webinar_id)
        row.speaker_token, row.public_token = _token(), _token()
        return webinar_of(row)


def accepts_live_token(database: Database, webinar_id: int, token: str) -> bool:
    """Tell whether a token may send messages to a webinar."""
    with database.reading() as session:
        row = session.get(WebinarRow, webinar_id)
        expected = row.live_token_hash if row else ""
    return secrets.compare_digest(_hash(token), expected)


def _token() -> str:
    return secrets.token_urlsafe(24)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def webinar_of(row: WebinarRow) -> Webinar:
    """Give a row as a webinar."""
    return Webinar(
        id=row.id,
        title=row.title,
        starts_at=row.starts_at,
        created_at=row.created_at,
        active_at=row.active_at,
        is_archived=row.archived_at is not None,
        is_public=row.is_public,
        speaker_token=row.speaker_token,
        public_token=row.public_token,
        has_live_token=bool(row.live_token_hash),
        last_sequence=row.last_sequence,
        private_skipped=row.private_skipped,
    )
