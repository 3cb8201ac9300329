"""Delete everything that is kept for too long: the one place that knows all stored texts.

| text | goes |
|---|---|
| webinars, with messages, cards, events and questions collected from them | with their webinar |
| questions of the chat page | so many days after they were asked |
| changes of the FAQ that were taken back | so many days after they were proposed |
| runs of publishing that led to nothing | so many days after they began |

What editors put into the FAQ, or still have in the draft, stays: it is theirs to take out.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, func, select

from web.db import Database
from web.editing.asked import count_old_questions, delete_old_questions
from web.editing.drafts import WITHDRAWN
from web.editing.rows import ChangeRow, JobRow
from web.queue.retention import delete_overdue, overdue_webinars
from web.queue.webinars import Webinar, forget_deleted


@dataclass(frozen=True, slots=True)
class Purged:
    """Hold what was deleted, or would be."""

    webinars: tuple[Webinar, ...]
    questions: int
    changes: int

    @property
    def is_empty(self) -> bool:
        """Tell whether there was nothing to delete."""
        return not (self.webinars or self.questions or self.changes)


def overdue(database: Database, days: int) -> Purged:
    """Give what `purge` would delete now."""
    with database.reading() as session:
        changes = sum(
            session.scalar(select(func.count()).select_from(row).where(is_old)) or 0
            for row, is_old in _leftovers(database, days)
        )
    webinars = tuple(overdue_webinars(database, days))
    return Purged(webinars, count_old_questions(database, days), changes)


def purge(database: Database, days: int) -> Purged:
    """Delete it, also from the files of the database."""
    webinars = tuple(delete_overdue(database, days))
    questions = delete_old_questions(database, days)
    with database.writing() as session:
        changes = 0
        for row, is_old in _leftovers(database, days):
            statement: Delete = delete(row).where(is_old)
            changes += session.execute(statement).rowcount  # type: ignore[attr-defined]
    purged = Purged(webinars, questions, changes)
    if not purged.is_empty:
        forget_deleted(database)
    return purged


def _leftovers(database: Database, days: int) -> list[tuple[Any, ColumnElement[bool]]]:
    """Give the tables of the editors with what nobody needs any more, by its age."""
    before = database.now() - timedelta(days=days)
    return [
        (ChangeRow, (ChangeRow.state == WITHDRAWN) & (ChangeRow.at < before)),
        (
            JobRow,
            JobRow.publication.is_(None)
            & JobRow.ended_at.is_not(None)
            & (JobRow.started_at < before),
        ),
    ]
