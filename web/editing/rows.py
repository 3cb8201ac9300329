"""Hold the tables of the editors: versions of the FAQ, changes, and what was asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from web.models import Base, Storable

_KEEP_IDS = {"sqlite_autoincrement": True}


class CorpusRow(Base):
    """Hold a whole FAQ, named by its content hash. Never changed."""

    __tablename__ = "corpora"
    version: Mapped[str] = mapped_column(Storable(12), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON, compressed by zlib."""
    digest: Mapped[str] = mapped_column(Storable(64))
    """SHA-256 of `content`: what is damaged is never used."""
    created_at: Mapped[datetime]


class FittedRow(Base):
    """Hold what was learnt from a FAQ by one version of the code, so that workers need not."""

    __tablename__ = "fitted_models"
    version: Mapped[str] = mapped_column(Storable(12), primary_key=True)
    code: Mapped[str] = mapped_column(Storable(8), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """Plain arrays, as `assistant.cache` writes them."""
    digest: Mapped[str] = mapped_column(Storable(64))
    created_at: Mapped[datetime]


class PublicationRow(Base):
    """Hold that a FAQ was published, or published again; the last one is what is answered from."""

    __tablename__ = "publications"
    __table_args__ = (_KEEP_IDS,)
    number: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Storable(400), index=True)
    """Which FAQ it is a version of: the folder that it started from."""
    version: Mapped[str] = mapped_column(Storable(12))
    kind: Mapped[str] = mapped_column(Storable(20))
    note: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was published although it made answers worse; empty when it did not."""
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Storable(80), default="")
    at: Mapped[datetime]


class ChangeRow(Base):
    """Hold one proposed change of a FAQ."""

    __tablename__ = "changes"
    __table_args__ = (_KEEP_IDS,)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Storable(400), index=True)
    batch: Mapped[str] = mapped_column(Storable(40), index=True)
    """Changes that were proposed together are taken back together."""
    kind: Mapped[str] = mapped_column(Storable(30))
    content: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(Storable(20))
    publication: Mapped[int | None]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Storable(80), default="")
    at: Mapped[datetime]


class JobRow(Base):
    """Hold one run of learning and publishing, and how far it is."""

    __tablename__ = "publish_jobs"
    __table_args__ = (_KEEP_IDS,)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Storable(400), index=True)
    state: Mapped[str] = mapped_column(Storable(20))
    step: Mapped[str] = mapped_column(default="")
    base: Mapped[str] = mapped_column(Storable(12))
    version: Mapped[str] = mapped_column(Storable(12))
    kind: Mapped[str] = mapped_column(Storable(20))
    change_ids: Mapped[list[int]] = mapped_column(JSON)
    note: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    publication: Mapped[int | None]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(Storable(80), default="")
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When the job last said that it is still at work."""
    ended_at: Mapped[datetime | None]


class AskedRow(Base):
    """Hold one question that someone asked, redacted, with the reply that it got."""

    __tablename__ = "asked_questions"
    __table_args__ = (
        UniqueConstraint("wording_id"),
        Index("ix_asked_source_handled", "source", "handled_as"),
        _KEEP_IDS,
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Storable(40), unique=True)
    """What the asker's own page knows it by, to add feedback; nobody can guess it."""
    source: Mapped[str] = mapped_column(Storable(400))
    webinar_id: Mapped[int | None] = mapped_column(
        ForeignKey("webinars.id", ondelete="CASCADE"), index=True
    )
    """The webinar that it was asked in; none when it was asked on the chat page."""
    wording_id: Mapped[int | None]
    text: Mapped[str]
    times: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(Storable(20))
    outcome: Mapped[str] = mapped_column(Storable(20))
    candidates: Mapped[list[Any]] = mapped_column(JSON)
    """Pairs of an id and a probability, best first."""
    shown: Mapped[list[Any]] = mapped_column(JSON)
    """Ids of the entries that were shown."""
    gap_id: Mapped[str] = mapped_column(Storable(10), default="")
    corpus_version: Mapped[str] = mapped_column(Storable(12))
    feedback: Mapped[str] = mapped_column(Storable(10), default="")
    picked: Mapped[str] = mapped_column(Storable(10), default="")
    """The entry that the asker chose from those offered."""
    judged: Mapped[str | None] = mapped_column(Storable(10))
    """What a moderator chose; "" when nothing fits, None when nobody said."""
    handled_as: Mapped[str] = mapped_column(Storable(20), default="")
    batch: Mapped[str] = mapped_column(Storable(40), default="", index=True)
    handled_by: Mapped[str] = mapped_column(Storable(80), default="")
    handled_at: Mapped[datetime | None]
    at: Mapped[datetime] = mapped_column(index=True)
