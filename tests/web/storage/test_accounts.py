"""Accounts: argon2id passwords, roles, throttled sign-in, and the command that keeps them."""

import io
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from storage_help import PASSWORD, Clock

from assistant.cli import main
from web import accounts
from web.accounts import AccountError, Moderator, Refused, Role, add_moderator, check_password
from web.db import Database
from web.models import ModeratorRow, SignInFailureRow

KEY = b"sleutel"
SignIn = Callable[..., Moderator | Refused]


@pytest.fixture
def sign_in(database: Database) -> SignIn:
    def sign_in(name: str, password: str, address: str = "192.0.2.1") -> Moderator | Refused:
        return check_password(database, KEY, name, password, address)

    return sign_in


def test_a_password_is_kept_as_argon2id(database: Database) -> None:
    made = add_moderator(database, "Anna", PASSWORD)
    with database.reading() as session:
        stored = session.get_one(ModeratorRow, made.id).password_hash
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,")
    assert made.role is Role.MODERATOR


def test_name_and_password_must_both_be_right(database: Database, sign_in: SignIn) -> None:
    made = add_moderator(database, "Anna de Wit", PASSWORD)
    assert sign_in("anna  de WIT", PASSWORD) == made
    assert sign_in("Anna de Wit", PASSWORD + "!") == Refused()
    assert sign_in("Niemand", PASSWORD) == Refused()
    assert sign_in("Anna\0 \ud800de Wit", "\ud800") == Refused()


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("", PASSWORD, "Kies een naam"),
        ("x" * 61, PASSWORD, "Kies een naam"),
        ("A\nB\x07", PASSWORD, "Kies een naam"),
        ("Bo", "kort", "wachtwoord van 12"),
        ("Bo", "x" * 201, "wachtwoord van 12"),
        ("Bo", "aaaaaaaaaaaaaaaa", "te makkelijk"),
        ("Bo de Moderator", "bo de moderator", "te makkelijk"),
        ("anna", PASSWORD, "al een account"),
    ],
)
def test_a_wrong_name_or_password_is_explained(
    database: Database, name: str, password: str, told: str
) -> None:
    add_moderator(database, "Anna", PASSWORD)
    with pytest.raises(AccountError, match=told):
        add_moderator(database, name, password)


def test_guessing_a_password_must_wait(database: Database, sign_in: SignIn, clock: Clock) -> None:
    add_moderator(database, "Anna", PASSWORD)
    for _ in range(5):
        assert sign_in("Anna", "geraden wachtwoord") == Refused()
        clock.forward(60)
    refused = sign_in("Anna", PASSWORD)
    assert isinstance(refused, Refused)
    assert 590 < refused.wait_seconds < 610
    assert isinstance(sign_in("Anna", PASSWORD, "192.0.2.7"), Moderator)  # she is not locked out
    clock.forward(refused.wait_seconds)
    assert isinstance(sign_in("Anna", PASSWORD), Moderator)


@pytest.mark.parametrize("limited", ["name", "address"])
def test_guessing_from_many_sides_must_wait_too(
    database: Database, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, limited: str
) -> None:
    monkeypatch.setitem(accounts.LIMITS, limited, 7)
    add_moderator(database, "Anna", PASSWORD)
    for number in range(7):
        if limited == "name":
            sign_in("Anna", "geraden wachtwoord", f"192.0.2.{number}")
        else:
            sign_in(f"Anna{number}", "geraden wachtwoord")
    refused = sign_in("Anna", PASSWORD, "192.0.2.99" if limited == "name" else "192.0.2.1")
    assert isinstance(refused, Refused)
    assert refused.wait_seconds > 0


def test_failures_hold_no_name_and_no_address(database: Database, sign_in: SignIn) -> None:
    sign_in("Kanarie", PASSWORD, "192.0.2.77")
    with database.reading() as session:
        row = session.query(SignInFailureRow).one()
        stored = f"{row.name_hash} {row.address_hash}"
    assert "anarie" not in stored
    assert "192.0.2" not in stored


def test_a_disabled_account_cannot_sign_in(database: Database, sign_in: SignIn) -> None:
    add_moderator(database, "Anna", PASSWORD)
    accounts.set_active(database, "Anna", is_active=False)
    assert sign_in("Anna", PASSWORD) == Refused()
    accounts.set_active(database, "Anna", is_active=True)
    assert isinstance(sign_in("Anna", PASSWORD), Moderator)


def test_each_role_includes_the_ones_below_it() -> None:
    included = {role: [other for other in Role if role.includes(other)] for role in Role}
    assert [len(found) for found in included.values()] == [1, 2, 3]


class Terminal(io.StringIO):
    """Stand for a terminal; what is typed there comes through getpass."""

    def isatty(self) -> bool:
        return True


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("VRAAGWIJZER_DATA", str(tmp_path / "data"))

    def run(*words: str, typed: str | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", Terminal() if typed is None else io.StringIO(typed))
        status = main(list(words))
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_command_keeps_accounts(run: Run) -> None:
    assert "vraagwijzer moderator add NAAM" in run("moderator", "list")[1]
    made = run(
        *("moderator", "add", "Anna", "--role", "editor", "--password-stdin"),
        typed=PASSWORD + "\n",
    )
    assert made == (0, "Account Anna is gemaakt, met de rol redacteur.\n", "")
    assert run("moderator", "role", "Anna", "administrator")[0] == 0
    assert run("moderator", "disable", "anna")[0] == 0
    assert run("moderator", "list")[1] == "Anna  administrator  uitgezet\n"
    assert run("moderator", "enable", "Anna")[0] == 0
    assert run("moderator", "password", "Anna", "--password-stdin", typed=PASSWORD)[0] == 0
    assert run("moderator", "remove", "Anna")[0] == 0
    assert "Er zijn nog geen moderatoren" in run("moderator", "list")[1]


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("remove", "Anna"), "", "geen account met de naam Anna"),
        (("add", "Anna", "--password-stdin"), "kort\n", "12 tot en met 200 tekens"),
        (("add", "Anna"), PASSWORD, "--password-stdin"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(
    run: Run, words: tuple[str, ...], typed: str, told: str
) -> None:
    status, out, err = run("moderator", *words, typed=typed)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert told in err


def test_the_command_says_that_the_database_cannot_be_opened(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    status, _, err = run("moderator", "list")
    assert (status, err.count("\n")) == (1, 1)
    assert "de database is niet te openen" in err


def test_a_password_typed_at_the_terminal_is_asked_twice(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "iets anders"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    assert run("moderator", "add", "Anna")[0] == 0
    status, _, err = run("moderator", "password", "Anna")
    assert (status, "niet gelijk" in err) == (1, True)


def test_purge_shows_and_deletes_what_is_old(run: Run, tmp_path: Path) -> None:
    run("moderator", "list")
    with sqlite3.connect(tmp_path / "data" / "vraagwijzer.sqlite3") as connection:
        connection.execute(
            "INSERT INTO webinars (title, created_at, active_at, last_sequence, live_token_hash,"
            " speaker_token, public_token, is_public, private_skipped) VALUES"
            " ('Oud', '2025-01-02', '2025-01-02 10:00:00.000000', 0, '', 'a', 'b', 0, 0)"
        )
    connection.close()
    assert run("purge", "--dry-run")[1] == "2025-01-02  Oud\nTe verwijderen: 1 webinar.\n"
    assert run("purge")[1] == "2025-01-02  Oud\nVerwijderd: 1 webinar.\n"
    assert run("purge")[1] == "Verwijderd: 0 webinars.\n"
    assert run("purge", "--days", "99999")[0] == 0
