"""Delete webinars that nothing happened in for too long, with every text in them."""

from datetime import timedelta

from sqlalchemy import delete, select

from web.db import Database
from web.models import SessionRow, SignInFailureRow, WebinarRow
from web.queue.webinars import Webinar, forget_deleted, webinar_of

KEEP_SIGN_INS = timedelta(days=1)
"""A session or failed sign-in that is older than this is of no use to anyone."""


def overdue_webinars(database: Database, days: int) -> list[Webinar]:
    """Give the webinars that `delete_overdue` would delete now."""
    with database.reading() as session:
        rows = session.scalars(
            select(WebinarRow)
            .where(WebinarRow.active_at < database.now() - timedelta(days=days))
            .order_by(WebinarRow.active_at)
        )
        return [webinar_of(row) for row in rows]


def delete_overdue(database: Database, days: int) -> list[Webinar]:
    """Delete every webinar in which nothing happened for this many days; give what was deleted."""
    overdue = overdue_webinars(database, days)
    with database.writing() as session:
        session.execute(
            delete(WebinarRow).where(
                WebinarRow.id.in_([webinar.id for webinar in overdue]),
                # Somebody may have come back to it meanwhile.
                WebinarRow.active_at < database.now() - timedelta(days=days),
            )
        )
        old = database.now() - KEEP_SIGN_INS
        session.execute(delete(SessionRow).where(SessionRow.seen_at < old))
        session.execute(delete(SignInFailureRow).where(SignInFailureRow.at < old))
    if overdue:
        forget_deleted(database)
    return overdue
