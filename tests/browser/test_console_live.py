"""A webinar as it happens: the chat streams in while two moderators work by keys alone.

And what a connection does to them: no stream, a long break, and five minutes without any network.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desk import QUESTIONS, Desk, chosen, make_desk, open_database
from playwright.sync_api import Page, Request, Route, expect
from running_server import serving

from corpus import SHIPPED_CORPUS
from corpus.importers.chat import Message, read_chat_file
from web.db import Database
from web.queue.cards import Filter, State
from web.queue.reading import events_since, get_card, list_cards
from web.queue.webinars import renew_live_token

CHAT = SHIPPED_CORPUS / "evaluation" / "chats" / "chat_zoom_new.txt"
BATCHES = 4
AT_ONCE = 12
"""Messages in one request."""
MINUTE = 60_000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """Give the address of a server with the FAQ that the chat asks about."""
    with serving(SHIPPED_CORPUS, data) as server:
        yield server.address


@pytest.fixture(scope="module")
def database(address: str, data: Path) -> Database:
    return open_database(data)


@pytest.fixture
def desk(database: Database, new_page: Callable[..., Page]) -> Desk:
    return make_desk(database, new_page)


def send(address: str, desk: Desk, token: str, messages: list[Message]) -> None:
    """Send messages as a program would that watches the chat."""
    body = [{"id": m.key, "text": m.text, "from_host": m.from_host} for m in messages]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
    with closing(connection):
        path = f"/api/v1/webinars/{desk.webinar.id}/messages"
        connection.request("POST", path, json.dumps({"messages": body}), headers)
        assert connection.getresponse().status == 200


def card_on(page: Page) -> int:
    return int(page.locator("#kaart-form").get_attribute("data-card") or 0)


def finish(page: Page, *keys: str) -> int:
    """Press keys that finish the card, once it is free; give its number."""
    while not page.locator("#antw").is_visible():  # somebody else has it
        to_next(page, "j")
    card = card_on(page)
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#kaart-form")).not_to_have_attribute("data-card", str(card))
    return card


def to_next(page: Page, key: str) -> None:
    card = card_on(page)
    page.keyboard.press(key)
    expect(page.locator("#kaart-form")).not_to_have_attribute("data-card", str(card))


def test_the_development_chat_is_played_live_to_two_moderators(address: str, desk: Desk) -> None:
    messages = list(read_chat_file(CHAT).messages)
    size = -(-len(messages) // BATCHES)
    token = renew_live_token(desk.database, desk.webinar.id)
    anna, bram = desk.console("Anna"), desk.console("Bram")
    done: dict[int, State] = {}
    for number in range(BATCHES):
        for begin in range(number * size, (number + 1) * size, AT_ONCE):
            send(address, desk, token, messages[begin : min(begin + AT_ONCE, (number + 1) * size)])
        for page in (anna, bram):
            expect(page.locator(".new-bar")).to_be_visible()
            page.keyboard.press("t")
            expect(page.locator(".new-bar")).to_be_hidden()
            expect(page.locator("#kaart-form")).to_be_visible()
        for _ in range(8):  # out of Anna's way
            to_next(bram, "j")
        done[finish(anna, "1", "Control+Enter")] = State.ANSWERED
        done[finish(bram, "x")] = State.POSTPONED
        done[finish(anna, "s")] = State.SPEAKER
        done[finish(bram, "1", "Control+Enter")] = State.ANSWERED
    assert len(done) == 4 * BATCHES
    for page in (anna, bram):
        for which, state in (("beantwoord", State.ANSWERED), ("opzij", State.POSTPONED)):
            count = list(done.values()).count(state)
            expect(page.locator(f'[data-filter="{which}"] b')).to_have_text(str(count))
    assert {card: get_card(desk.database, card).state for card in done} == done
    events = events_since(desk.database, desk.webinar.id, 0, limit=10_000)
    answered = [event.card_id or 0 for event in events if event.kind == "answer"]
    assert sorted(answered) == sorted(c for c, s in done.items() if s is State.ANSWERED)
    stored = "".join(
        card.question for card in list_cards(desk.database, desk.webinar.id, Filter.ALL)
    )
    assert stored
    for private in ("(Direct Message)", "(direct message)"):
        assert private not in stored


def test_news_comes_by_asking_when_streams_are_refused(desk: Desk) -> None:
    desk.add(QUESTIONS[0])
    page = desk.sign_in("Anna", expected="Failed to load resource")
    page.route("**/stroom?*", lambda route: route.fulfill(status=503, body="{}"))
    page.goto(desk.path)
    with page.expect_response("**/nieuws?*"):
        expect(page.locator("[data-live]")).to_be_visible()
    desk.add(QUESTIONS[2], start=300)
    expect(page.locator(".new-bar")).to_contain_text("1 nieuwe vraag tonen")
    page.keyboard.press("l")  # and one's own work goes on as ever
    expect(page.locator('[data-filter="beantwoord"] b')).to_have_text("1")


def test_after_a_break_the_stream_goes_on_without_gap_or_double(desk: Desk) -> None:
    desk.add(QUESTIONS[0])
    page = desk.console("Anna", expected="Failed to load resource")
    streams: list[str] = []
    page.on("request", lambda request: streams.append(last_seen(request)))
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    desk.add(*QUESTIONS[1:], start=300)  # all that a minute without connection brings
    page.context.set_offline(False)
    expect(page.locator("[data-live]")).to_be_visible()
    expect(page.locator(".new-bar")).to_contain_text("3 nieuwe vragen tonen")
    assert any(name.isdecimal() and int(name) > 0 for name in streams)
    desk.add("Wie betaalt de koffie van vanmiddag?", start=600)
    expect(page.locator(".new-bar")).to_contain_text("4 nieuwe vragen tonen")
    page.keyboard.press("t")
    expect(page.locator("#rijen li")).to_have_count(5)


def last_seen(request: Request) -> str:
    """Give the number of the last event that a stream says it had; '' for other requests."""
    if "/stroom?" not in request.url:
        return ""
    return request.headers.get("last-event-id") or request.url.split("na=")[-1]


def test_five_minutes_off_line_lose_nothing_and_do_nothing_twice(desk: Desk) -> None:
    """The browser's clock runs ahead; each minute of it the waiting actions are tried again."""
    desk.add(*QUESTIONS)
    page = desk.sign_in("Anna", expected="Failed to load resource")
    page.clock.install()
    page.goto(desk.path)
    expect(page.locator("[data-live]")).to_be_visible()
    before = len(events_since(desk.database, desk.webinar.id, 0))
    lost: list[str] = []

    def refuse(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    page.route("**/moderatie/webinar/**", refuse)
    first = card_on(page)
    page.keyboard.press("e")
    page.keyboard.type("Dat staat in de mail.")
    page.keyboard.press("Control+Enter")
    for _ in range(5):
        page.clock.run_for(MINUTE)
    expect(page.locator("[data-waiting]")).to_contain_text("wacht")
    assert sum(url.endswith(f"/kaart/{first}") for url in lost) > 4  # it kept trying
    assert len(events_since(desk.database, desk.webinar.id, 0)) == before
    page.unroute("**/moderatie/webinar/**")
    page.clock.run_for(MINUTE)
    expect(page.locator('[data-filter="beantwoord"] b')).to_have_text("1")
    page.clock.run_for(MINUTE)
    expect(page.locator("[data-waiting]")).to_be_empty()
    kinds = [e.kind for e in events_since(desk.database, desk.webinar.id, 0)][before:]
    assert kinds.count("answer") == 1
    assert get_card(desk.database, first).answer == "Dat staat in de mail."
    page.reload()
    assert chosen(page)
    assert len(events_since(desk.database, desk.webinar.id, 0)) == before + len(kinds)
