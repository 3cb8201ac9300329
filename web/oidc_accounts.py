"""Keep the accounts of people who sign in at the organisation's own provider."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.accounts import MAX_NAME, Moderator, moderator_of
from web.db import Database
from web.models import ModeratorRow, storable
from web.oidc import Identity


def account_of(database: Database, identity: Identity) -> Moderator | None:
    """Give the account of who signed in, made at the first time; None when they may not come in.

    The provider decides on the role, at each sign-in. An account that was disabled here stays so.
    """
    if identity.role is None:
        return None
    with database.writing() as session:
        row = session.scalar(
            select(ModeratorRow).where(ModeratorRow.oidc_subject == identity.subject)
        )
        if row is None:
            name = _free_name(session, identity.name)
            row = ModeratorRow(
                name=name,
                folded_name=name.casefold(),
                password_hash="",  # no password fits it
                role=identity.role,
                is_active=True,
                created_at=database.now(),
                oidc_subject=identity.subject,
            )
            session.add(row)
            session.flush()
        if not row.is_active:
            return None
        row.role = identity.role
        return moderator_of(row)


def _free_name(session: Session, wanted: str) -> str:
    """Give a name that nobody has: an account with a password is never taken over by its name."""
    shown = "".join(c for c in storable(wanted) if c.isprintable())
    base = " ".join(shown.split())[: MAX_NAME - 5].strip() or "Moderator"
    for number in range(1, 10_000):
        name = base if number == 1 else f"{base} {number}"
        taken = select(ModeratorRow.id).where(ModeratorRow.folded_name == name.casefold())
        if session.scalar(taken) is None:
            return name
    raise ValueError("no free name")
