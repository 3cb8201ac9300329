"""Sessions: new at sign-in, over at sign-out, after a while, and when an account is disabled."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from storage_help import PASSWORD, Clock
from werkzeug.test import TestResponse

from assistant import Assistant
from web import create_app
from web.accounts import add_moderator, remove_moderator, set_active, set_password
from web.auth import SIGN_IN_PATH, safe_next
from web.config import Settings
from web.db import Database, get_database, set_database
from web.models import SessionRow
from web.secret_key import FILE_NAME, secret_key

COOKIE = "vraagwijzer-sessie"
INSIDE = "/moderatie/account"


@pytest.fixture
def settings(corpus_folder: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_folder, data=tmp_path / "data")


@pytest.fixture
def app(assistant: Assistant, settings: Settings, clock: Clock) -> Iterator[Flask]:
    app = create_app(settings, assistant)
    set_database(app, Database(settings.database_url, clock))
    with app.app_context():
        add_moderator(get_database(), "Anna", PASSWORD)
    yield app
    with app.app_context():
        get_database().close()


@pytest.fixture
def database(app: Flask) -> Database:
    with app.app_context():
        return get_database()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token_in(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def sign_in(client: FlaskClient, password: str = PASSWORD, **options: object) -> TestResponse:
    token = token_in(client.get(SIGN_IN_PATH, **options))  # type: ignore[arg-type]
    form = {"name": "Anna", "password": password, "csrf_token": token}
    return client.post(SIGN_IN_PATH, data=form, **options)  # type: ignore[arg-type]


def is_inside(client: FlaskClient) -> bool:
    return client.get(INSIDE).status_code == 200


def test_sign_in_opens_pages_and_sign_out_closes_them(client: FlaskClient) -> None:
    assert not is_inside(client)
    assert sign_in(client).status_code == 303
    page = client.get(INSIDE)
    assert page.headers["Cache-Control"] == "no-store"
    client.post("/moderatie/afmelden", data={"csrf_token": token_in(page)})
    assert not is_inside(client)


def test_a_stolen_cookie_fails_after_sign_out(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    stolen = client.get_cookie(COOKIE)
    assert stolen is not None
    thief = app.test_client()
    thief.set_cookie(COOKIE, stolen.value)
    assert is_inside(thief)
    client.post("/moderatie/afmelden", data={"csrf_token": token_in(client.get(INSIDE))})
    assert not is_inside(thief)


def test_each_sign_in_gets_a_new_id_and_ends_the_one_before(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client)
    first = client.get_cookie(COOKIE)
    other = app.test_client()
    assert first is not None
    token = token_in(client.get(INSIDE))
    form = {"name": "Anna", "password": PASSWORD, "csrf_token": token}
    assert client.post(SIGN_IN_PATH, data=form).status_code == 303
    second = client.get_cookie(COOKIE)
    assert second is not None
    assert first.value != second.value
    other.set_cookie(COOKIE, first.value)
    assert not is_inside(other)


def test_an_id_from_elsewhere_is_never_taken_over(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "gekozen-door-een-ander")
    sign_in(client)
    found = client.get_cookie(COOKIE)
    assert found is not None
    assert found.value != "gekozen-door-een-ander"


def test_a_session_ends_when_nothing_happens(client: FlaskClient, clock: Clock) -> None:
    sign_in(client)
    for _ in range(3):
        clock.forward(119 * 60)
        assert is_inside(client)
    clock.forward(121 * 60)
    assert not is_inside(client)


def test_a_session_ends_after_half_a_day_whatever_happens(
    client: FlaskClient, clock: Clock
) -> None:
    sign_in(client)
    for _ in range(12):
        assert is_inside(client)
        clock.forward(60 * 60)
    clock.forward(1)
    assert not is_inside(client)


@pytest.mark.parametrize("how", ["disabled", "password", "removed"])
def test_an_account_that_changes_is_signed_out_everywhere(
    client: FlaskClient, database: Database, how: str
) -> None:
    sign_in(client)
    if how == "disabled":
        set_active(database, "Anna", is_active=False)
    elif how == "password":
        set_password(database, "Anna", "een heel ander wachtwoord")
    else:
        remove_moderator(database, "Anna")
    assert not is_inside(client)
    with database.reading() as session:
        assert session.query(SessionRow).count() == 0


def test_the_database_holds_no_cookie(client: FlaskClient, database: Database) -> None:
    sign_in(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    with database.reading() as session:
        row = session.query(SessionRow).one()
    assert cookie.value not in repr(vars(row))


def test_cookies_are_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    set_cookies = sign_in(client).headers.getlist("Set-Cookie")
    assert all("HttpOnly" in line and "SameSite=Lax" in line for line in set_cookies)


def test_over_https_the_cookie_belongs_to_this_host_alone(client: FlaskClient) -> None:
    answer = sign_in(client, base_url="https://localhost")
    (line,) = [line for line in answer.headers.getlist("Set-Cookie") if "sessie" in line]
    assert line.startswith("__Host-vraagwijzer-sessie=")
    assert "Secure" in line
    assert "Domain" not in line


@pytest.mark.parametrize("token", [None, "", "fout", "\u00e9", "x" * 5000])
def test_a_post_needs_the_token_of_its_session(
    client: FlaskClient, database: Database, token: str | None
) -> None:
    sign_in(client)
    form = {} if token is None else {"csrf_token": token}
    assert client.post("/moderatie/afmelden", data=form).status_code == 403
    assert is_inside(client)


def test_somebody_elses_token_does_not_fit(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    form = {"csrf_token": token_in(other.get(INSIDE))}
    assert client.post("/moderatie/afmelden", data=form).status_code == 403


def test_the_token_may_stand_in_a_header(client: FlaskClient) -> None:
    sign_in(client)
    headers = {"X-CSRF-Token": token_in(client.get(INSIDE))}
    assert client.post("/moderatie/afmelden", headers=headers).status_code == 303


def test_the_sign_in_form_needs_its_own_token(app: Flask, client: FlaskClient) -> None:
    form = {"name": "Anna", "password": PASSWORD}
    assert client.post(SIGN_IN_PATH, data=form).status_code == 403
    strange = token_in(app.test_client().get(SIGN_IN_PATH))
    client.get(SIGN_IN_PATH)
    assert client.post(SIGN_IN_PATH, data={**form, "csrf_token": strange}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
    ],
)
def test_another_sites_post_is_refused_even_with_the_token(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    sign_in(client)
    form = {"csrf_token": token_in(client.get(INSIDE))}
    assert client.post("/moderatie/afmelden", data=form, headers=headers).status_code == 403


def test_a_script_is_told_401_and_a_page_is_sent_to_the_form(client: FlaskClient) -> None:
    asked = client.get(INSIDE)
    assert (asked.status_code, asked.location) == (
        303,
        "/moderatie/aanmelden?next=%2Fmoderatie%2Faccount",
    )
    answer = client.get(INSIDE, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert client.post("/moderatie/afmelden").location == SIGN_IN_PATH


@pytest.mark.parametrize(
    ("path", "followed"),
    [
        ("/moderatie/webinar/1", True),
        ("//elders.example", False),
        ("/\\elders.example", False),
        ("https://elders.example", False),
        ("/a\r\nSet-Cookie: x", False),
        ("", False),
    ],
)
def test_sign_in_leads_to_paths_of_this_site_only(path: str, followed: bool) -> None:
    assert (safe_next(path, "/thuis") == path) is followed


def test_attendees_get_no_cookie(client: FlaskClient) -> None:
    for path in ("/", "/vragen", "/privacy"):
        assert "Set-Cookie" not in client.get(path).headers


def test_the_secret_key_is_made_once_for_its_owner_only(settings: Settings) -> None:
    first = secret_key(settings)
    path = settings.data / FILE_NAME
    assert (secret_key(settings), len(first)) == (first, 64)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in settings.data.iterdir()] == [FILE_NAME]


def test_a_key_from_the_environment_is_used_and_not_written(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"VRAAGWIJZER_SECRET_KEY": "zeer-geheim", "VRAAGWIJZER_DATA": str(tmp_path / "data")}
    )
    assert secret_key(settings) == b"zeer-geheim"
    assert not settings.data.exists()
    assert "zeer-geheim" not in repr(settings)
