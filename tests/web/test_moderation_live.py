"""What the consoles are told: a stream with Last-Event-ID, and the same on request."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from web.moderation import live
from web.queue.actions import claim
from web.queue.cards import Act, Actor
from web.queue.reading import last_sequence


@pytest.fixture
def site(make_site: Any) -> Any:
    site = make_site()
    site.take_in()
    return site


def first_news(lines: Iterator[bytes]) -> tuple[int, Any]:
    """Give number and content of the first message of a stream."""
    text = ""
    for line in lines:
        text += line.decode()
        if "data:" in text:
            block = next(part for part in text.split("\n\n") if "data:" in part)
            number, data = block.split("\n")
            return int(number.removeprefix("id: ")), json.loads(data.removeprefix("data: "))
    raise AssertionError(text)


def test_a_stream_gives_what_happened_after_the_event_that_was_seen(anna: Any, site: Any) -> None:
    before = last_sequence(site.database, site.webinar.id)
    claim(site.database, Act(1, Actor(2, "Bram"), 1))
    response = anna.get(f"{site.path}/stroom", headers={"Last-Event-ID": str(before)})
    number, news = first_news(response.iter_encoded())
    response.close()
    assert response.mimetype == "text/event-stream"
    assert number == news["sequence"] == before + 1
    assert [card["id"] for card in news["cards"]] == [1]
    assert "Bram" in news["cards"][0]["row"]
    assert news["present"] == "Jij en Bram modereren"


def test_news_on_request_is_the_same_and_then_nothing(anna: Any, site: Any) -> None:
    news = anna.fetch(f"{site.path}/nieuws?na=0").json
    assert news["sequence"] == last_sequence(site.database, site.webinar.id)
    assert len(news["cards"]) == 4
    again = anna.fetch(f"{site.path}/nieuws?na={news['sequence']}").json
    assert again == {"sequence": news["sequence"], "cards": [], "more": False}


def test_too_many_streams_are_refused_and_places_come_back(anna: Any, site: Any) -> None:
    path = f"{site.path}/stroom"
    held = [anna.get(path) for _ in range(live.STREAMS)]
    refused = anna.get(path)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == str(live.RETRY_SECONDS)
    for response in held:
        response.close()
    again = anna.get(path)
    again.close()
    assert again.status_code == 200


def test_a_stream_ends_when_its_moderator_signs_out(
    anna: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0)
    monkeypatch.setattr(live, "LOOK_SECONDS", 0)
    response = anna.get(f"{site.path}/stroom?na=99999")
    lines = response.iter_encoded()
    assert b"retry" in next(lines)
    assert next(lines).startswith(b":")
    site.app.test_client()
    other = site.person("Anna")
    cookie = anna.client.get_cookie("vraagwijzer-sessie")
    other.client.set_cookie("vraagwijzer-sessie", cookie.value)
    other.token = anna.token
    other.post("/moderatie/afmelden")
    assert sum(1 for _ in lines) <= 1
    response.close()


def test_someone_signed_out_gets_401_for_news(site: Any) -> None:
    headers = {"X-Requested-With": "fetch"}
    answer = site.app.test_client().get(f"{site.path}/nieuws", headers=headers)
    assert answer.status_code == 401
