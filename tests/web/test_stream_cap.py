"""Streams never starve plain requests: beyond the cap they are refused, and pages keep coming."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from running_server import Server, serving

from web.accounts import add_moderator
from web.db import Database
from web.moderation import live
from web.queue.webinars import create_webinar

PASSWORD = "vier schapen op de dijk"  # noqa: S105 (of an account that lives for one test)
STREAMS = 500 if os.environ.get("VRAAGWIJZER_FULL") else live.STREAMS + 24
PLAIN = 400 if os.environ.get("VRAAGWIJZER_FULL") else 60


@pytest.fixture
def server(corpus_folder: Path, tmp_path: Path) -> Iterator[Server]:
    database = Database(f"sqlite:///{tmp_path / 'vraagwijzer.sqlite3'}")
    add_moderator(database, "Anna", PASSWORD)
    create_webinar(database, "Afval scheiden")
    database.close()
    with serving(corpus_folder, tmp_path) as server:
        yield server


def sign_in(server: Server) -> dict[str, str]:
    """Give the cookies of a moderator."""
    with requests.Session() as browser:
        page = browser.get(f"{server.address}/moderatie/aanmelden", timeout=30).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        form = {"csrf_token": token[1], "name": "Anna", "password": PASSWORD}
        browser.post(f"{server.address}/moderatie/aanmelden", data=form, timeout=30)
        return dict(browser.cookies)


def test_500_streams_leave_room_for_pages(server: Server) -> None:
    """40 streams on one worker; 500 with `make verify-full`."""
    cookies = sign_in(server)

    def open_stream(_number: int) -> requests.Response:
        address = f"{server.address}/moderatie/webinar/1/stroom"
        return requests.get(address, cookies=cookies, stream=True, timeout=60)

    def ask(_number: int) -> int:
        with requests.get(f"{server.address}/", timeout=60) as answer:
            return answer.status_code

    with ThreadPoolExecutor(32) as pool:
        streams = list(pool.map(open_stream, range(STREAMS)))
        try:
            statuses = [stream.status_code for stream in streams]
            refused = [stream for stream in streams if stream.status_code == 503]
            assert statuses.count(200) == live.STREAMS
            assert len(refused) == STREAMS - live.STREAMS
            assert {stream.headers["Retry-After"] for stream in refused} == {
                str(live.RETRY_SECONDS)
            }
            assert set(pool.map(ask, range(PLAIN))) == {200}
        finally:
            for stream in streams:
                stream.close()
