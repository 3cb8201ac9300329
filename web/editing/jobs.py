"""Keep the runs of learning and publishing: one at a time, each with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.editing.errors import EditingError, NoSuchVersion
from web.editing.proof import Proof, proof_from
from web.editing.rows import JobRow
from web.editing.shelf import Shelf
from web.queue.cards import Actor

WAITING: Final = "waiting"
LEARNING: Final = "learning"
PROVING: Final = "proving"
BLOCKED: Final = "blocked"
"""Learnt and proved, and worse than before: waits for a reason or is left."""
PUBLISHED: Final = "published"
FAILED: Final = "failed"
BUSY: Final = (WAITING, LEARNING, PROVING)
SILENT: Final = timedelta(seconds=60)
"""A run that has not been heard of for so long is over: its computer went down."""


@dataclass(frozen=True, slots=True)
class Job:
    """Hold one run."""

    id: int
    state: str
    kind: str
    step: str
    base: str
    version: str
    change_ids: tuple[int, ...]
    note: str
    reason: str
    problem: str
    proof: Proof | None
    publication: int | None
    actor: Actor
    started_at: datetime
    ended_at: datetime | None
    is_silent: bool

    @property
    def is_busy(self) -> bool:
        """Tell whether it is still at work."""
        return self.state in BUSY and not self.is_silent


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what a run is to do."""

    kind: str
    base: str
    version: str
    actor: Actor
    change_ids: Sequence[int] = ()
    note: str = ""
    reason: str = ""


def add_job(session: Session, shelf: Shelf, wanted: Wanted) -> int:
    """Add a run; raises EditingError when another one is at work."""
    now = shelf.database.now()
    busy = session.scalars(
        select(JobRow)
        .where(JobRow.source == shelf.source, JobRow.state.in_(BUSY))
        .with_for_update()
    )
    for row in busy:
        if now - row.seen_at < SILENT:
            raise EditingError("Er wordt al een versie klaargemaakt. Wacht tot die klaar is.")
        row.state, row.problem, row.ended_at = FAILED, STOPPED, now
    row = JobRow(
        source=shelf.source,
        state=WAITING,
        base=wanted.base,
        version=wanted.version,
        kind=wanted.kind,
        change_ids=list(wanted.change_ids),
        note=wanted.note,
        reason=wanted.reason,
        actor_id=wanted.actor.id or None,
        actor_name=wanted.actor.name,
        started_at=now,
        seen_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


STOPPED: Final = "Het klaarmaken is halverwege gestopt. Begin opnieuw."


def get_job(shelf: Shelf, job_id: int) -> Job:
    """Give one run; raises NoSuchVersion."""
    with shelf.database.reading() as session:
        row = session.get(JobRow, job_id)
        if row is None or row.source != shelf.source:
            raise NoSuchVersion("Dit is er niet meer.")
        return _job(row, shelf.database.now())


def last_job(shelf: Shelf) -> Job | None:
    """Give the last run, if there was one."""
    with shelf.database.reading() as session:
        row = session.scalar(
            select(JobRow).where(JobRow.source == shelf.source).order_by(JobRow.id.desc()).limit(1)
        )
        return _job(row, shelf.database.now()) if row else None


def usual_seconds(shelf: Shelf) -> int:
    """Give how long the last finished run took; 0 when there was none."""
    with shelf.database.reading() as session:
        row = session.scalar(
            select(JobRow)
            .where(JobRow.source == shelf.source, JobRow.state.in_((PUBLISHED, BLOCKED)))
            .order_by(JobRow.id.desc())
            .limit(1)
        )
        if row is None or row.ended_at is None:
            return 0
        return round((row.ended_at - row.started_at).total_seconds())


def note_progress(shelf: Shelf, job_id: int, **fields: Any) -> None:
    """Write down how far a run is, and that it is alive."""
    with shelf.database.writing() as session:
        row = session.get(JobRow, job_id)
        if row is not None:
            row.seen_at = shelf.database.now()
            for name, value in fields.items():
                setattr(row, name, value)


def _job(row: JobRow, now: datetime) -> Job:
    return Job(
        row.id,
        row.state,
        row.kind,
        row.step,
        row.base,
        row.version,
        tuple(row.change_ids),
        row.note,
        row.reason,
        row.problem,
        proof_from(row.proof),
        row.publication,
        Actor(row.actor_id or 0, row.actor_name),
        row.started_at,
        row.ended_at,
        row.state in BUSY and now - row.seen_at >= SILENT,
    )
