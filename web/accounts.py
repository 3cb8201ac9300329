"""Keep the accounts of moderators: names, argon2id passwords, roles; and slow down guessing."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from web.db import Database
from web.models import ModeratorRow, SessionRow, SignInFailureRow, storable

MIN_PASSWORD: Final = 12
MAX_PASSWORD: Final = 200
MAX_NAME: Final = 60
WINDOW: Final = timedelta(minutes=15)
# A whole office may share one address, and a stranger must not lock someone out by name alone.
LIMITS: Final = {"both": 5, "name": 30, "address": 60}
"""Failed sign-ins within the window after which the next one must wait."""

_hasher: Final = PasswordHasher()  # argon2id, low-memory profile of RFC 9106: 64 MiB, 3 rounds
_two_at_a_time: Final = BoundedSemaphore(2)  # each check takes 64 MiB
_nobody: Final = _hasher.hash("nobody has this password")


class Role(StrEnum):
    """Name what someone may do; each role may also do what those before it may."""

    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """Give the Dutch name."""
        return {"moderator": "moderator", "editor": "redacteur", "administrator": "beheerder"}[self]

    def includes(self, other: "Role") -> bool:
        """Tell whether this role may do what another may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class Moderator:
    """Hold an account, without its password."""

    id: int
    name: str
    role: Role
    is_active: bool
    created_at: datetime
    has_password: bool = True
    """False for who signs in at the organisation's own provider."""


class AccountError(ValueError):
    """Tell in one Dutch sentence what is wrong with a name, a password or a role."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Hold why a sign-in failed: wrong, or too often (then with the seconds to wait)."""

    wait_seconds: int = 0


def add_moderator(
    database: Database, name: str, password: str, role: Role = Role.MODERATOR
) -> Moderator:
    """Make an account; raises AccountError."""
    name = _checked_name(name)
    hashed = _hash(password, name)
    with database.writing() as session:
        if _find(session, name) is not None:
            raise AccountError(f"Er is al een account met de naam {name}.")
        row = ModeratorRow(
            name=name,
            folded_name=name.casefold(),
            password_hash=hashed,
            role=role,
            is_active=True,
            created_at=database.now(),
        )
        session.add(row)
        session.flush()
        return moderator_of(row)


def list_moderators(database: Database) -> list[Moderator]:
    """Give all accounts by name."""
    with database.reading() as session:
        rows = session.scalars(select(ModeratorRow).order_by(ModeratorRow.folded_name))
        return [moderator_of(row) for row in rows]


def has_moderators(database: Database) -> bool:
    """Tell whether there is an account at all."""
    with database.reading() as session:
        return session.scalar(select(ModeratorRow.id).limit(1)) is not None


def set_password(database: Database, name: str, password: str) -> None:
    """Give someone another password; every session of theirs ends."""
    hashed = _hash(password, name)
    with database.writing() as session:
        row = _existing(session, name)
        row.password_hash = hashed
        end_sessions(session, row.id)


def set_role(database: Database, name: str, role: Role) -> None:
    """Give someone another role, from the next page on."""
    with database.writing() as session:
        _existing(session, name).role = role


def set_active(database: Database, name: str, *, is_active: bool) -> None:
    """Let someone sign in, or not any more; disabling ends every session of theirs."""
    with database.writing() as session:
        row = _existing(session, name)
        row.is_active = is_active
        if not is_active:
            end_sessions(session, row.id)


def remove_moderator(database: Database, name: str) -> None:
    """Delete an account; what they did stays, without their name."""
    with database.writing() as session:
        row = _existing(session, name)
        end_sessions(session, row.id)
        session.delete(row)


def check_password(
    database: Database, key: bytes, name: str, password: str, address: str
) -> Moderator | Refused:
    """Give the account when name and password are right and it may sign in."""
    name, password = name[:MAX_NAME], password[:MAX_PASSWORD]
    hashes = _keyed(key, "name", name.casefold()), _keyed(key, "address", address)
    with database.reading() as session:
        wait = _seconds_to_wait(session, hashes, database.now())
        row = _find(session, name)
    if wait:
        return Refused(wait)
    # An unknown name takes as long as a wrong password.
    is_right = _verify(row.password_hash if row and row.password_hash else _nobody, password)
    with database.writing() as session:
        row = _find(session, name)
        if row is None or not is_right or not row.is_active:
            _note_failure(session, hashes, database.now())
            return Refused()
        session.execute(delete(SignInFailureRow).where(SignInFailureRow.name_hash == hashes[0]))
        if _hasher.check_needs_rehash(row.password_hash):
            row.password_hash = _hasher.hash(password)
        return moderator_of(row)


def moderator_of(row: ModeratorRow) -> Moderator:
    """Give a row as an account."""
    has_password = row.oidc_subject is None
    return Moderator(row.id, row.name, Role(row.role), row.is_active, row.created_at, has_password)


def end_sessions(session: Session, moderator_id: int) -> None:
    """Sign someone out everywhere."""
    session.execute(delete(SessionRow).where(SessionRow.moderator_id == moderator_id))


def _find(session: Session, name: str) -> ModeratorRow | None:
    folded = " ".join(storable(name).split()).casefold()
    return session.scalar(select(ModeratorRow).where(ModeratorRow.folded_name == folded))


def _existing(session: Session, name: str) -> ModeratorRow:
    row = _find(session, name)
    if row is None:
        raise AccountError(f"Er is geen account met de naam {name}.")
    return row


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise AccountError(f"Kies een naam van 1 tot en met {MAX_NAME} tekens.")
    return name


def _hash(password: str, name: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise AccountError(
            f"Kies een wachtwoord van {MIN_PASSWORD} tot en met {MAX_PASSWORD} tekens."
        )
    if len(set(password)) < 5 or password.casefold().strip() == name.casefold():
        raise AccountError("Dit wachtwoord is te makkelijk te raden. Kies een ander.")
    with _two_at_a_time:
        return _hasher.hash(password.encode("utf-8", "surrogatepass"))


def _verify(hashed: str, password: str) -> bool:
    try:
        with _two_at_a_time:
            return _hasher.verify(hashed, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def _keyed(key: bytes, purpose: str, value: str) -> str:
    text = f"{purpose}\x1f{value}".encode("utf-8", "surrogatepass")
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def _seconds_to_wait(session: Session, hashes: tuple[str, str], now: datetime) -> int:
    """Give the seconds until the window holds fewer failures than each limit."""
    by_name = SignInFailureRow.name_hash == hashes[0]
    by_address = SignInFailureRow.address_hash == hashes[1]
    waits = [0]
    for which, condition in (
        ("both", by_name & by_address),
        ("name", by_name),
        ("address", by_address),
    ):
        # The failure that has to leave the window before another try is allowed.
        at = session.scalar(
            select(SignInFailureRow.at)
            .where(condition, SignInFailureRow.at > now - WINDOW)
            .order_by(SignInFailureRow.at.desc())
            .offset(LIMITS[which] - 1)
            .limit(1)
        )
        if at is not None:
            waits.append(int((at + WINDOW - now).total_seconds()) + 1)
    return max(waits)


def _note_failure(session: Session, hashes: tuple[str, str], now: datetime) -> None:
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.at <= now - WINDOW))
    session.add(SignInFailureRow(name_hash=hashes[0], address_hash=hashes[1], at=now))
