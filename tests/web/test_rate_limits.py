"""Rate limits: by address and by visit, behind exactly one proxy, and without losing a text."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assistant import Assistant
from web import create_app
from web.config import Settings

QUESTION = "Waar laat ik lege batterijen?"
MakeApp = Callable[..., Flask]


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give no allowance back while a test runs, however slow the machine."""
    monkeypatch.setattr("web.limits.time", SimpleNamespace(monotonic=lambda: 1000.0))


@pytest.fixture
def make_app(assistant: Assistant, corpus_folder: Path, tmp_path: Path) -> MakeApp:
    def make(**settings: int) -> Flask:
        return create_app(Settings(corpus=corpus_folder, data=tmp_path, **settings), assistant)

    return make


def ask(client: FlaskClient, visit: str = "", **options: object) -> TestResponse:
    form = {"question": QUESTION, "visit": visit}
    return client.post("/", data=form, **options)  # type: ignore[arg-type]


def visit_of(client: FlaskClient) -> str:
    found = re.search(r'name="visit" value="([0-9a-f.]+)"', client.get("/").text)
    assert found is not None
    return found[1]


def test_an_address_that_asks_too_fast_is_told_how_long_to_wait(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=6).test_client()
    answers = [ask(client) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    wait = int(answers[-1].headers["Retry-After"])
    assert 1 <= wait <= 10
    assert f"Het gaat nu te snel. Wacht {wait} seconden en probeer het dan" in answers[-1].text


def test_the_typed_question_and_the_conversation_stay(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    first = ask(client)
    conversation = re.search(r'name="conversation" value="([^"]+)"', first.text)
    assert conversation is not None
    form = {"question": "En mijn <oude> verf?", "conversation": html.unescape(conversation[1])}
    page = client.post("/", data=form)
    assert page.status_code == 429
    assert 'value="En mijn &lt;oude&gt; verf?"' in page.text
    assert f'value="{conversation[1]}"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_the_script_gets_the_sentence_alone(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    ask(client)
    part = ask(client, headers={"X-Requested-With": "fetch"})
    assert part.status_code == 429
    assert part.text.strip().startswith('<p class="error" id="vraag-fout">')


def test_other_forms_show_what_was_typed(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    client.post("/vragen", data={"search": "verf"})
    page = client.post("/vragen", data={"search": "oude verf & lijm"})
    assert page.status_code == 429
    assert "oude verf &amp; lijm</textarea>" in page.text


def test_programs_get_a_problem(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    client.post("/api/v1/ask", json={"question": QUESTION})
    answer = client.post("/api/v1/ask", json={"question": QUESTION})
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert "Wacht" in answer.get_json()["detail"]
    assert answer.headers["Retry-After"]


def test_250_attendees_behind_one_address_are_all_answered(make_app: MakeApp) -> None:
    client = make_app().test_client()
    for _ in range(250):  # they all open the page, and ask within seconds
        page = client.get("/")
        assert page.status_code == 200
    visits = [visit_of(client) for _ in range(20)]
    answers = [ask(client, visits[n % 20]).status_code for n in range(250)]
    assert answers == [200] * 250


def test_one_page_that_runs_wild_does_not_use_up_its_neighbours_share(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1000).test_client()
    wild, calm = visit_of(client), visit_of(client)
    answers = [ask(client, wild).status_code for _ in range(240)]
    assert answers[:120] == [200] * 120
    assert 429 in answers  # how many depends on the time that the questions took
    assert ask(client, calm).status_code == 200


@pytest.mark.parametrize("visit", ["", "zelf.bedacht", "é.é", ".", "x" * 5000])
def test_a_visit_that_is_not_ours_counts_for_the_address(make_app: MakeApp, visit: str) -> None:
    client = make_app(requests_per_minute=3).test_client()
    assert [ask(client, visit).status_code for _ in range(4)] == [200] * 3 + [429]


def test_a_visit_goes_on_in_the_next_page_and_is_the_same_in_each_form(make_app: MakeApp) -> None:
    client = make_app().test_client()
    visit = visit_of(client)
    page = ask(client, visit).text
    assert set(re.findall(r'name="visit" value="([^"]+)"', page)) == {visit}


def from_address(client: FlaskClient, forwarded: str) -> int:
    return ask(client, headers={"X-Forwarded-For": forwarded}).status_code


def test_behind_one_proxy_each_visitor_counts_alone(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1, trusted_proxies=1).test_client()
    assert from_address(client, "192.0.2.1") == 200
    assert from_address(client, "192.0.2.2") == 200
    assert from_address(client, "192.0.2.1") == 429


def test_behind_one_proxy_only_what_the_proxy_added_counts(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1, trusted_proxies=1).test_client()
    assert from_address(client, "10.1.1.1, 192.0.2.1") == 200
    assert from_address(client, "10.2.2.2, 192.0.2.1") == 429


def test_without_a_proxy_a_forwarded_address_is_not_believed(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    assert from_address(client, "192.0.2.1") == 200
    assert from_address(client, "192.0.2.2") == 429


def test_one_customers_ipv6_addresses_count_as_one(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1, trusted_proxies=1).test_client()
    assert from_address(client, "2001:db8:1:2::1") == 200
    assert from_address(client, "2001:db8:1:2:ffff::9") == 429
    assert from_address(client, "2001:db8:1:3::1") == 200
    assert from_address(client, "::ffff:192.0.2.1") == 200
    assert from_address(client, "::ffff:192.0.2.2") == 200


def test_files_and_health_are_always_given(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    for path in ("/static/chat.js", "/api/v1/health"):
        statuses = [client.get(path, buffered=True).status_code for _ in range(9)]
        assert statuses == [200] * 9


def test_pages_of_moderators_are_limited_too(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=1).test_client()
    statuses = [client.get("/moderatie").status_code for _ in range(5)]
    assert statuses == [303] * 4 + [429]


def test_zero_means_no_limit(make_app: MakeApp) -> None:
    client = make_app(requests_per_minute=0).test_client()
    assert {ask(client).status_code for _ in range(40)} == {200}
