"""More by keys alone: parts and orders of the queue, the speaker's list, and where one was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import QUESTIONS, Desk, chosen, clipboard, make_desk, open_database
from playwright.sync_api import Page, expect
from running_server import serving

from web.db import Database
from web.queue.actions import claim
from web.queue.cards import Act, Actor, Filter
from web.queue.reading import get_card, list_cards

CHOSEN = "#rijen a[aria-current=true]"
PART = "[data-filter][aria-current=true]"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    with serving(corpus_folder, data) as server:
        yield server.address


@pytest.fixture(scope="module")
def database(address: str, data: Path) -> Database:
    return open_database(data)


@pytest.fixture
def desk(database: Database, new_page: Callable[..., Page]) -> Desk:
    desk = make_desk(database, new_page)
    desk.add(*QUESTIONS)
    return desk


def test_parts_and_orders_of_the_queue_are_one_key_away(desk: Desk) -> None:
    page = desk.console()
    page.keyboard.press("n")
    expect(page.locator("#toast-plaats")).to_contain_text("Ruis")
    page.keyboard.press("r")
    expect(page.locator(PART)).to_contain_text("Ruis 1")
    page.keyboard.press("n")
    expect(page.locator("#toast-plaats")).to_contain_text("weer bij Open")
    page.keyboard.press("r")
    expect(page.locator(PART)).to_contain_text("Open 4")
    page.keyboard.press("f")
    expect(page.locator(PART)).to_contain_text("Van mij")
    page.keyboard.press("r")
    page.keyboard.press("r")
    expect(page.locator(PART)).to_contain_text("Open")
    desk.add(QUESTIONS[0], start=300)
    page.keyboard.press("w")
    expect(page.locator("[data-order][aria-current=true]")).to_have_text("Meest gevraagd")
    expect(page.locator("#h-k")).to_have_text(QUESTIONS[0])


def test_the_speakers_list_is_put_in_order_by_keys(desk: Desk) -> None:
    page = desk.console()
    for _ in range(3):
        question = chosen(page)
        page.keyboard.press("s")
        expect(page.locator("#h-k")).not_to_have_text(question)
    page.goto(f"{desk.path}?toon=spreker")
    screen = desk.open_page(width=1280, height=720)
    screen.goto(f"/spreker/{desk.webinar.speaker_token}")
    first = screen.locator("h1").inner_text()
    expect(page.locator("#h-k")).to_have_text(first)
    page.keyboard.press("b")
    expect(page.locator("#rijen li").nth(1)).to_contain_text(first)
    expect(page.locator("#h-k")).to_have_text(first)
    expect(screen.locator("h1")).not_to_have_text(first)
    page.keyboard.press("h")
    expect(screen.locator("h1")).to_have_text(first)
    page.keyboard.press("h")
    expect(page.locator("#toast-plaats")).to_contain_text("hoger")
    page.keyboard.press("l")
    expect(screen.locator("h1")).not_to_have_text(first)


def test_a_claim_is_taken_over_and_a_group_is_split_by_key(desk: Desk) -> None:
    desk.add("Waar laat ik mijn lege batterijen?", start=300)
    card = desk.card("batterijen")
    claim(desk.database, Act(card, Actor(2, "Bram"), 1))
    page = desk.console(query=f"?kaart={card}")
    expect(page.locator("#kaart")).to_contain_text("Bram werkt aan deze vraag.")
    page.keyboard.press("o")
    expect(page.locator(".card-top")).to_contain_text("Geclaimd door jou")
    if get_card(desk.database, card).asked == 2:
        page.keyboard.press("g")
        expect(page.locator("[data-split] input").first).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#toast-plaats")).to_contain_text("gesplitst")


def test_who_asks_after_the_answer_gets_it_with_one_press(desk: Desk) -> None:
    page = desk.console(query=f"?kaart={desk.card('batterijen')}")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast-plaats")).to_contain_text("Gekopieerd.")
    text = clipboard(page)
    page.evaluate("navigator.clipboard.writeText('iets anders')")
    desk.add(QUESTIONS[0], start=300)
    expect(page.locator('[data-filter="opnieuw"]')).to_contain_text("1")
    while "Opnieuw" not in page.locator(PART).inner_text():
        before = page.locator(PART).inner_text()
        page.keyboard.press("f")
        expect(page.locator(PART)).not_to_have_text(before)
    expect(page.locator("#kaart")).to_contain_text("nog 1 keer gevraagd")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast-plaats")).to_contain_text("iedereen")
    assert clipboard(page) == text
    assert list_cards(desk.database, desk.webinar.id, Filter.AGAIN) == []


def test_a_closed_tab_opens_at_the_same_card_with_the_same_draft(desk: Desk) -> None:
    page = desk.console()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#h-k")).to_have_text(QUESTIONS[1])
    page.keyboard.press("e")
    page.keyboard.type("Nog niet af")
    again = page.context.new_page()
    page.close()
    again.goto(desk.path)
    expect(again.locator("#h-k")).to_have_text(QUESTIONS[1])
    expect(again.locator("#antw")).to_have_value("Nog niet af")
    expect(again.locator(CHOSEN)).to_contain_text(QUESTIONS[1])
