"""Errors: calm Dutch pages with a way to people, and logs without what someone typed."""

import logging
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from assistant import Assistant
from corpus import Corpus
from web import create_app
from web.config import Settings
from web.errors import TEXTS

CANARY = "geheim-vraagje-123456782"


@pytest.fixture(scope="module")
def faulty_app(assistant: Assistant, corpus_folder: Path) -> Flask:
    """Give the application with addresses that go wrong on purpose."""
    app = create_app(Settings(corpus=corpus_folder), assistant)
    app.add_url_rule("/fout/<int:status>", view_func=lambda status: abort(status))
    app.add_url_rule("/api/v1/fout/<int:status>", "api_fout", lambda status: abort(status))

    def crash() -> str:
        raise KeyError(CANARY)

    app.add_url_rule("/stuk", view_func=crash, methods=["GET", "POST"])
    app.add_url_rule("/api/v1/stuk", "api_stuk", crash)
    return app


@pytest.mark.parametrize("status", sorted(TEXTS))
def test_each_error_is_a_dutch_page_with_a_way_to_people(
    faulty_app: Flask, corpus: Corpus, status: int
) -> None:
    response = faulty_app.test_client().get(f"/fout/{status}")
    assert response.status_code == status
    assert f"<h1>{TEXTS[status].title}</h1>" in response.text
    assert TEXTS[status].message in response.text
    assert corpus.contacts[0].url in response.text
    assert 'lang="nl"' in response.text


@pytest.mark.parametrize(("status", "like"), [(409, 400), (410, 400), (502, 500)])
def test_other_errors_borrow_a_text(faulty_app: Flask, status: int, like: int) -> None:
    response = faulty_app.test_client().get(f"/fout/{status}")
    assert response.status_code == status
    assert TEXTS[like].title in response.text


def test_an_unexpected_error_shows_no_traceback_and_logs_no_text(
    faulty_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = faulty_app.test_client().post("/stuk?" + CANARY, data={"question": CANARY})
    assert response.status_code == 500
    assert TEXTS[500].title in response.text
    assert "Traceback" not in response.text
    assert CANARY not in response.text
    assert "KeyError on /stuk" in caplog.text
    assert "in crash" in caplog.text
    assert CANARY not in caplog.text


def test_an_unexpected_error_of_the_interface_is_json(faulty_app: Flask) -> None:
    response = faulty_app.test_client().get("/api/v1/stuk")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert response.get_json()["detail"] == "Er ging iets mis bij ons."


def test_an_unknown_address_is_not_quoted(client: FlaskClient) -> None:
    response = client.get(f"/{CANARY}")
    assert response.status_code == 404
    assert CANARY not in response.text


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.post("/contact")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_ten_megabytes_are_refused_unread(client: FlaskClient) -> None:
    response = client.post("/", data={"question": "x" * 10_000_000})
    assert response.status_code == 413
    assert "Dat is te veel tekst" in response.text


@pytest.mark.parametrize("host", ["a" * 200, "a b", "[", "x:y:z", "\xe9"])
def test_a_host_that_is_none_gets_one_dutch_sentence(client: FlaskClient, host: str) -> None:
    for path in ("/", "/bestaat-niet"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code in (200, 400, 404)
    long = client.get("/", headers={"Host": "a" * 200})
    assert (long.status_code, long.text) == (400, "Dit verzoek klopt niet.\n")
