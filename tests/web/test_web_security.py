"""Headers, cross-site posts, proxies, and pages without inline code."""

import re
from pathlib import Path

import pytest
from flask import request
from flask.testing import FlaskClient

from assistant import Assistant
from web import create_app
from web.config import Settings

PAGES = [
    "/",
    "/vragen",
    "/vraag/q05",
    "/contact",
    "/over",
    "/toegankelijkheid",
    "/privacy",
    "/bestaat-niet",
]
EVERYWHERE = [*PAGES, "/api/v1/entries", "/api/v1/niets", "/static/chat.js"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_response_is_guarded(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    for directive in ("base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert directive in policy
    assert not re.search(r"unsafe-|data:|https?:|\*", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_inline_code_and_ask_no_other_host(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<base", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r'\ssrc="(?!/static/)', page)
    assert not re.search(r'<link[^>]*\shref="(?!/static/)', page)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "https://kwaad.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/vragen"])
def test_posts_from_another_site_are_refused(
    client: FlaskClient, path: str, headers: dict[str, str], status: int
) -> None:
    data = {"question": "waar laat ik verf?", "search": "verf"}
    assert client.post(path, data=data, headers=headers).status_code == status


def test_links_from_another_site_work(client: FlaskClient) -> None:
    assert client.get("/vraag/q01", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_forwarded_headers_count_only_behind_a_known_proxy(
    assistant: Assistant, client: FlaskClient, corpus_folder: Path
) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "faq.example"}
    behind = create_app(Settings(corpus=corpus_folder, trusted_proxies=1), assistant).test_client()
    assert "Strict-Transport-Security" not in client.get("/", headers=forwarded).headers
    assert "Strict-Transport-Security" in behind.get("/", headers=forwarded).headers
    assert "https://faq.example/vraag/q01" in behind.get("/vraag/q01", headers=forwarded).text


def test_static_files_are_kept_only_at_their_right_version(client: FlaskClient) -> None:
    match = re.search(r'href="(/static/vraagwijzer\.css\?v=[0-9a-f]{12})"', client.get("/").text)
    assert match is not None
    assert "immutable" in client.get(match[1], buffered=True).headers["Cache-Control"]
    for path in ("/static/vraagwijzer.css?v=oud", "/static/words.js"):
        assert client.get(path, buffered=True).headers["Cache-Control"] == "no-cache"


def test_back_may_show_the_conversation_again(client: FlaskClient) -> None:
    assert client.post("/", data={"question": "hallo"}).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "route"),
    [("/vraag/q05", "/vraag/<entry_id>"), ("/mijn-geheim?ook=geheim", "-")],
)
def test_the_route_for_the_log_holds_nothing_typed(
    client: FlaskClient, path: str, route: str
) -> None:
    with client:
        client.get(path)
        assert request.environ["vraagwijzer.route"] == route
