"""Sign-in at the organisation's own provider, against a real one in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assistant import Assistant
from web import create_app
from web.accounts import Role, list_moderators, set_active
from web.config import Settings, SettingsError
from web.db import Database
from web.oidc import Flow, role_of

START = "/moderatie/aanmelden/organisatie"
BACK = "/moderatie/aanmelden/terug"
NOOR = {"sub": "n-1", "name": "Noor de Wit", "groups": ["iedereen", "vw-moderatie"]}


class Provider:
    """Tell the provider who signs in and what it does wrong."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def control(self, user: dict[str, Any] | None = None, **faults: Any) -> None:
        body = {"user": NOOR if user is None else user, **faults}
        requests.post(f"{self.address}/control", json=body, timeout=20)

    def seen(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = requests.get(f"{self.address}/seen", timeout=20).json()
        return found


@pytest.fixture(scope="module")
def running_provider() -> Iterator[Provider]:
    command = [sys.executable, str(Path(__file__).with_name("oidc_provider.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Provider(int(process.stdout.readline()))
        process.kill()


@pytest.fixture
def provider(running_provider: Provider) -> Provider:
    running_provider.control()
    return running_provider


@pytest.fixture
def settings(provider: Provider, corpus_folder: Path, tmp_path: Path) -> Settings:
    return Settings(
        corpus=corpus_folder,
        data=tmp_path,
        oidc_issuer=provider.address,
        oidc_client_id="vraagwijzer",
        oidc_client_secret="geheim-van-de-test",  # noqa: S106
        oidc_moderators=("vw-moderatie",),
        oidc_editors=("vw-redactie",),
        oidc_administrators=("vw-beheer",),
    )


@pytest.fixture
def app(settings: Settings, assistant: Assistant) -> Iterator[Flask]:
    app = create_app(settings, assistant)
    yield app
    app.extensions["vraagwijzer.database"].close()


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["vraagwijzer.database"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def at_provider(start: TestResponse) -> str:
    """Sign in at the provider, and give the address it sends the browser back to."""
    answer = requests.get(start.location, allow_redirects=False, timeout=20)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def sign_in(client: FlaskClient, path: str = START) -> TestResponse:
    return client.get(at_provider(client.get(path)))


def is_inside(client: FlaskClient) -> bool:
    return client.get("/moderatie/account").status_code == 200


def test_who_has_a_role_gets_in_and_goes_where_they_wanted(client: FlaskClient) -> None:
    answer = sign_in(client, f"{START}?next=/moderatie/account")
    assert (answer.status_code, answer.location) == (303, "/moderatie/account")
    page = client.get("/moderatie/account")
    assert "Noor de Wit" in page.text
    assert "Je meldt je aan met je organisatie." in page.text
    assert 'name="current"' not in page.text


def test_the_provider_is_asked_with_state_nonce_and_a_hashed_verifier(
    client: FlaskClient, provider: Provider
) -> None:
    sign_in(client)
    asked, traded = provider.seen()
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost/moderatie/aanmelden/terug"
    assert len({asked["state"], asked["nonce"], traded["code_verifier"]}) == 3
    cookie = client.get_cookie("vraagwijzer-sessie")
    assert cookie is not None
    assert asked["state"] not in cookie.value


def test_each_sign_in_has_values_of_its_own(client: FlaskClient) -> None:
    first, second = (parse_qs(urlsplit(client.get(START).location).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_the_page_offers_it_only_when_it_is_set(client: FlaskClient, site: Any) -> None:
    assert "Meld je aan met je organisatie" in client.get("/moderatie/aanmelden").text
    plain = site.app.test_client()
    assert "met je organisatie" not in plain.get("/moderatie/aanmelden").text
    assert plain.get(START).status_code == 404
    assert plain.get(BACK).status_code == 404


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["vw-moderatie"], Role.MODERATOR),
        ("vw-redactie", Role.EDITOR),
        (["vw-moderatie", "vw-beheer"], Role.ADMINISTRATOR),
        (["vw-redactie", "vw-moderatie"], Role.EDITOR),
    ],
)
def test_the_claim_decides_on_the_role(
    client: FlaskClient, database: Database, provider: Provider, groups: object, role: Role
) -> None:
    provider.control({**NOOR, "groups": groups})
    assert sign_in(client).status_code == 303
    assert [found.role for found in list_moderators(database)] == [role]


@pytest.mark.parametrize("groups", [[], ["iedereen"], None, {"vw-beheer": 1}, [["vw-beheer"]], 7])
def test_who_has_no_role_stays_out(
    client: FlaskClient, database: Database, provider: Provider, groups: object
) -> None:
    provider.control({**NOOR, "groups": groups})
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "je mag hier niet in" in answer.text
    assert list_moderators(database) == []
    assert not is_inside(client)


def test_a_role_that_only_userinfo_tells_counts_too(
    client: FlaskClient, provider: Provider
) -> None:
    user = {"sub": "n-1", "name": "Noor"}
    provider.control(user, userinfo={"groups": ["vw-moderatie"]})
    assert sign_in(client).status_code == 303


def test_userinfo_of_somebody_else_is_refused(client: FlaskClient, provider: Provider) -> None:
    provider.control({"sub": "n-1"}, userinfo={"sub": "n-2", "groups": ["vw-beheer"]})
    assert sign_in(client).status_code == 502


def test_the_same_person_keeps_one_account_whose_role_follows_the_provider(
    app: Flask, database: Database, provider: Provider
) -> None:
    sign_in(app.test_client())
    provider.control({**NOOR, "name": "Noor Anders", "groups": ["vw-beheer"]})
    sign_in(app.test_client())
    [account] = list_moderators(database)
    assert (account.name, account.role) == ("Noor de Wit", Role.ADMINISTRATOR)


def test_a_name_that_is_taken_is_not_taken_over(site: Any, settings: Settings) -> None:
    account_before = list_moderators(site.database)[0]
    data = Path(site.app.config["VRAAGWIJZER"].data)
    assistant = site.app.extensions["vraagwijzer.assistant"]
    client = create_app(replace(settings, data=data), assistant).test_client()
    requests.post(
        f"{settings.oidc_issuer}/control",
        json={"user": {**NOOR, "name": account_before.name}},
        timeout=20,
    )
    assert sign_in(client).status_code == 303
    assert "Anna 2" in client.get("/moderatie/account").text
    assert account_before in list_moderators(site.database)


def test_an_account_that_was_disabled_here_stays_out(app: Flask, database: Database) -> None:
    inside = app.test_client()
    sign_in(inside)
    set_active(database, "Noor de Wit", is_active=False)
    assert not is_inside(inside)
    assert sign_in(app.test_client()).status_code == 403


def test_no_password_opens_such_an_account(client: FlaskClient, app: Flask) -> None:
    sign_in(client)
    other = app.test_client()
    page = other.get("/moderatie/aanmelden").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "name": "Noor de Wit", "password": ""}
    assert other.post("/moderatie/aanmelden", data=form).status_code == 401


@pytest.mark.parametrize(
    "fault",
    [
        {"claims": {"nonce": "van-een-ander"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "een-andere-site"}},
        {"claims": {"aud": None}},
        {"claims": {"aud": ["vraagwijzer", "ander"], "azp": "ander"}},
        {"claims": {"iss": "https://elders.example"}},
        {"claims": {"iss": None}},
        {"claims": {"exp": 1_000_000_000}},
        {"claims": {"exp": None}},
        {"claims": {"sub": None}},
        {"claims": {"at_hash": "past-niet"}},
        {"signed": "none"},
        {"signed": "HS256"},
        {"signed": "strange"},
    ],
    ids=str,
)
def test_a_token_that_is_not_right_opens_nothing(
    client: FlaskClient, database: Database, provider: Provider, fault: dict[str, Any]
) -> None:
    provider.control(**fault)
    answer = sign_in(client)
    assert answer.status_code == 502
    assert "Het antwoord van je organisatie klopt niet." in answer.text
    assert list_moderators(database) == []
    assert not is_inside(client)


@pytest.mark.parametrize(
    "fault",
    [{"issuer": "https://elders.example"}, {"token_endpoint": "http://elders.example/token"}],
    ids=str,
)
def test_a_description_that_is_not_right_is_refused(
    client: FlaskClient, provider: Provider, fault: dict[str, str]
) -> None:
    provider.control(**fault)
    start = client.get(START)
    answer = start if start.status_code == 502 else client.get(at_provider(start))
    assert answer.status_code == 502


def test_the_answer_must_come_back_to_the_browser_that_asked(
    app: Flask, client: FlaskClient
) -> None:
    back = at_provider(client.get(START))
    stranger = app.test_client()
    assert stranger.get(back).status_code == 400  # no cookie at all
    stranger.get(START)
    assert stranger.get(back).status_code == 400  # a cookie of another sign-in
    assert not is_inside(stranger)


def test_a_changed_cookie_fits_no_state(client: FlaskClient) -> None:
    back = at_provider(client.get(START))
    cookie = client.get_cookie("vraagwijzer-aanmelding")
    assert cookie is not None
    client.set_cookie("vraagwijzer-aanmelding", cookie.value + "/elders")
    assert client.get(back).status_code == 400


def test_an_answer_works_once(client: FlaskClient, app: Flask) -> None:
    start = client.get(START)
    cookie = client.get_cookie("vraagwijzer-aanmelding")
    back = at_provider(start)
    assert client.get(back).status_code == 303
    assert client.get_cookie("vraagwijzer-aanmelding") is None
    thief = app.test_client()
    assert cookie is not None
    thief.set_cookie("vraagwijzer-aanmelding", cookie.value)
    assert thief.get(back).status_code == 502  # the provider took the code back
    assert not is_inside(thief)


def test_an_answer_that_comes_too_late_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = at_provider(client.get(START))
    monkeypatch.setattr("web.oidc.FLOW_SECONDS", -1)
    answer = client.get(back)
    assert answer.status_code == 400
    assert "duurde te lang" in answer.text


def test_the_answer_of_another_provider_is_refused(client: FlaskClient) -> None:
    back = at_provider(client.get(START))
    other = back.replace("iss=http%3A%2F%2F127.0.0.1", "iss=https%3A%2F%2Felders.example")
    assert other != back
    assert client.get(other).status_code == 400


def test_who_says_no_at_the_provider_is_back_at_the_form(
    client: FlaskClient, provider: Provider
) -> None:
    provider.control(error="access_denied")
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "Je hebt je niet aangemeld." in answer.text


def test_a_provider_that_is_down_is_told_and_passwords_still_work(
    settings: Settings, assistant: Assistant
) -> None:
    gone = replace(settings, oidc_issuer="http://127.0.0.1:9")
    client = create_app(gone, assistant).test_client()
    answer = client.get(START)
    assert answer.status_code == 502
    assert "doet het niet" in answer.text
    assert 'name="password"' in answer.text


@pytest.mark.parametrize("target", ["//elders.example", "https://elders.example", "/\\elders"])
def test_it_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    answer = sign_in(client, f"{START}?next={target}")
    assert answer.location == "/moderatie"


def test_a_new_session_replaces_the_one_before(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    first = client.get_cookie("vraagwijzer-sessie")
    sign_in(client)
    old = app.test_client()
    assert first is not None
    old.set_cookie("vraagwijzer-sessie", first.value)
    assert is_inside(client)
    assert not is_inside(old)


def test_over_https_the_cookies_belong_to_this_host_alone(client: FlaskClient) -> None:
    answer = client.get(START, base_url="https://localhost")
    [line] = answer.headers.getlist("Set-Cookie")
    assert line.startswith("__Host-vraagwijzer-aanmelding=")
    assert "Secure" in line
    assert "HttpOnly" in line
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_address_counts_once_the_provider_verified_it() -> None:
    settings = Settings(oidc_role_claim="email", oidc_editors=("noor@voorbeeld.nl",))
    claims = {"email": "noor@voorbeeld.nl", "email_verified": True}
    assert role_of(settings, claims) is Role.EDITOR
    assert role_of(settings, {**claims, "email_verified": False}) is None
    assert role_of(settings, {"email": "noor@voorbeeld.nl"}) is None


def test_a_flow_remembers_where_to_go() -> None:
    flow = Flow.begin(b"sleutel", "/moderatie/é.x?a=b")
    assert flow.is_fresh(flow.state)
    assert flow.target == "/moderatie/é.x?a=b"
    assert flow.cookie.isascii()
    assert not flow.is_fresh("é")


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"ISSUER": "http://id.voorbeeld.nl"}, "OIDC_ISSUER moet een adres zijn"),
        ({"ISSUER": "https://id.voorbeeld.nl"}, "OIDC_CLIENT_ID ontbreekt"),
        ({"ISSUER": "https://id.voorbeeld.nl", "CLIENT_ID": "x"}, "dan mag niemand zich aanmelden"),
    ],
)
def test_half_settings_are_named(environ: dict[str, str], told: str) -> None:
    found = {f"VRAAGWIJZER_OIDC_{name}": value for name, value in environ.items()}
    with pytest.raises(SettingsError, match=told):
        Settings.from_environment(found)
