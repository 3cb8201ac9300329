"""Hold the tables of the database, in column types that SQLite and PostgreSQL share.

`events` is the truth of the queue: rows are only ever added. `cards` and `wordings.card_id` are
what the events add up to, kept at hand so that a screen is one query (`web.queue.events.rebuild`
makes them again).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """Store a moment as UTC and give it back as UTC: SQLite knows no time zones."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give what is stored."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give what was stored."""
        return None if value is None else value.replace(tzinfo=UTC)


class Storable(TypeDecorator[str]):
    """Store text without NUL and without halves of characters: PostgreSQL takes neither."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Give what is stored."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Give the text without NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


class Base(DeclarativeBase):
    """Hold what all tables share."""

    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it so)
        str: Storable,
        datetime: UtcTime,
        dict[str, Any]: JSON,
    }


# Ids are never used again, so that nothing old (a link, an event) ever points at something new.
_KEEP_IDS = {"sqlite_autoincrement": True}


class ModeratorRow(Base):
    """Hold an account."""

    __tablename__ = "moderators"
    __table_args__ = (_KEEP_IDS,)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Storable(80))
    folded_name: Mapped[str] = mapped_column(Storable(80), unique=True)
    password_hash: Mapped[str] = mapped_column(Storable(200))
    role: Mapped[str] = mapped_column(Storable(20))
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    oidc_subject: Mapped[str | None] = mapped_column(Storable(64), index=True, unique=True)
    """A hash of who signs in at the organisation's provider; None with a password here."""


class SessionRow(Base):
    """Hold a signed-in browser; its cookie is kept as a hash only."""

    __tablename__ = "sessions"
    id_hash: Mapped[str] = mapped_column(Storable(64), primary_key=True)
    moderator_id: Mapped[int] = mapped_column(
        ForeignKey("moderators.id", ondelete="CASCADE"), index=True
    )
    csrf_token: Mapped[str] = mapped_column(Storable(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SignInFailureRow(Base):
    """Hold a failed sign-in, to slow down guessing; name and address are kept as keyed hashes."""

    __tablename__ = "sign_in_failures"
    id: Mapped[int] = mapped_column(primary_key=True)
    name_hash: Mapped[str] = mapped_column(Storable(64), index=True)
    address_hash: Mapped[str] = mapped_column(Storable(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class WebinarRow(Base):
    """Hold a webinar; `last_sequence` is the number of its last event."""

    __tablename__ = "webinars"
    __table_args__ = (_KEEP_IDS,)
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    starts_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    active_at: Mapped[datetime] = mapped_column(index=True)
    archived_at: Mapped[datetime | None]
    last_sequence: Mapped[int] = mapped_column(default=0)
    live_token_hash: Mapped[str] = mapped_column(Storable(64), default="")
    speaker_token: Mapped[str] = mapped_column(Storable(64), unique=True)
    public_token: Mapped[str] = mapped_column(Storable(64), unique=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    private_skipped: Mapped[int] = mapped_column(default=0)


class MessageRow(Base):
    """Hold a chat message: redacted, without its sender's name."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("webinar_id", "key"), _KEEP_IDS)
    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinars.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Storable(80))
    text: Mapped[str]
    time: Mapped[str] = mapped_column(Storable(40), default="")
    """As the chat tells it: a date and time, a time of day, or time since the start."""
    kind: Mapped[str] = mapped_column(Storable(20))
    reply_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), index=True
    )
    joins_id: Mapped[int | None] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), index=True
    )
    """The message that a 'sluit me aan' adds weight to."""
    author: Mapped[int] = mapped_column(default=0)
    reactions: Mapped[int] = mapped_column(default=0)
    votes: Mapped[int] = mapped_column(default=0)
    from_host: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str] = mapped_column(Storable(80), default="", server_default="")
    """Empty, unless a moderator chose to keep names for a while."""
    created_at: Mapped[datetime]


class CardRow(Base):
    """Hold a question with all its wordings, and what was done with it."""

    __tablename__ = "cards"
    __table_args__ = (Index("ix_cards_webinar_state", "webinar_id", "state"), _KEEP_IDS)
    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(ForeignKey("webinars.id", ondelete="CASCADE"))
    arrived: Mapped[int]
    """Number of the event that made the card: later ones wait behind 'nieuwe vragen'."""
    version: Mapped[int] = mapped_column(default=1)
    """Goes up with each action of a person, not with questions that join."""
    state: Mapped[str] = mapped_column(Storable(20))
    kind: Mapped[str] = mapped_column(Storable(20))
    question: Mapped[str]
    asked: Mapped[int] = mapped_column(default=0)
    """Number of people who ask it: wordings, 'sluit me aan', reactions and votes."""
    first_time: Mapped[str] = mapped_column(Storable(40), default="")
    entry_id: Mapped[str | None] = mapped_column(Storable(40))
    """What a moderator chose; "" when they saw that nothing fits, None when they did not say."""
    draft: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(Storable(10), default="")
    reason: Mapped[str] = mapped_column(default="")
    claimed_by: Mapped[int | None]
    claimed_until: Mapped[datetime | None]
    changed_by: Mapped[int | None]
    changed_at: Mapped[datetime]
    answered_by: Mapped[int | None]
    answered_at: Mapped[datetime | None]
    answered_for: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many people asked it when it was answered."""
    duplicate_of: Mapped[int | None]
    speaker_place: Mapped[int | None]
    is_hidden: Mapped[bool] = mapped_column(default=False)
    """Kept off the public page."""
    owner: Mapped[str] = mapped_column(Storable(80), default="", server_default="")
    """Who writes the answer for the FAQ."""
    is_approved: Mapped[bool] = mapped_column(default=False, server_default=false())
    """As a draft entry: ready for the FAQ."""
    created_at: Mapped[datetime]


class WordingRow(Base):
    """Hold one question as it was asked: a part of a message, on a card."""

    __tablename__ = "wordings"
    __table_args__ = (UniqueConstraint("message_id", "part"), _KEEP_IDS)
    id: Mapped[int] = mapped_column(primary_key=True)
    webinar_id: Mapped[int] = mapped_column(
        ForeignKey("webinars.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    part: Mapped[int] = mapped_column(default=0)
    card_id: Mapped[int] = mapped_column(index=True)
    text: Mapped[str]
    time: Mapped[str] = mapped_column(Storable(40), default="")
    joined: Mapped[int] = mapped_column(default=0)
    """'Sluit me aan', reactions and votes, on top of the asker."""


class EventRow(Base):
    """Hold one thing that happened, numbered from 1 in its webinar. Never changed."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("webinar_id", "key"),)
    webinar_id: Mapped[int] = mapped_column(
        ForeignKey("webinars.id", ondelete="CASCADE"), primary_key=True
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Storable(20))
    card_id: Mapped[int | None] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
    from_state: Mapped[str] = mapped_column(Storable(20), default="")
    to_state: Mapped[str] = mapped_column(Storable(20), default="")
    undoes: Mapped[int | None]
    """Number of the event that this one takes back."""
    key: Mapped[str | None] = mapped_column(Storable(80))
    """Name the page gave to the action, so that sending it again does nothing."""
    changes: Mapped[dict[str, Any]]
    """Fields before and after, by card; cards before and after, by wording."""


class CannedTextRow(Base):
    """Hold a text that moderators send often."""

    __tablename__ = "canned_texts"
    __table_args__ = (_KEEP_IDS,)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Storable(40), unique=True)
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
