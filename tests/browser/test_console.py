"""The console in a real browser: by keys alone, with two moderators, on and off line."""

import time
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest
from desk import QUESTIONS, Desk, chosen, clipboard, make_desk, open_database
from playwright.sync_api import Page, expect
from running_server import serving

from assistant import Assistant
from assistant.segmentation import judge
from corpus import SHIPPED_CORPUS, load_corpus
from web.db import Database
from web.moderation.keys import REGISTRY
from web.moderation.live import STREAMS
from web.queue.cards import Filter, State
from web.queue.reading import events_since, get_card, list_cards

NEW_QUESTIONS = (
    "Mag glas bij het papier?",
    "Hoe laat komt de vuilniswagen?",
    "Wat kost een extra container?",
    "Wie ruimt het zwerfvuil op?",
)
CHOSEN = "#rijen a[aria-current=true]"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder of the running server."""
    return tmp_path_factory.mktemp("console")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    """Give the address of a server whose database the tests look into."""
    with serving(corpus_folder, data) as server:
        yield server.address


@pytest.fixture(scope="module")
def database(address: str, data: Path) -> Database:
    """Give the database of the running server."""
    return open_database(data)


@pytest.fixture
def desk(database: Database, new_page: Callable[..., Page]) -> Desk:
    """Give a webinar with four questions."""
    desk = make_desk(database, new_page)
    desk.add(*QUESTIONS)
    return desk


def test_help_lists_exactly_the_registered_keys(desk: Desk) -> None:
    page = desk.console()
    page.keyboard.press("?")
    shown = page.locator("#toetsen [data-name]").evaluate_all(
        "rows => rows.map(row => [row.dataset.name, row.querySelector('dt').textContent,"
        " [...row.querySelectorAll('kbd')].map(key => key.textContent)])"
    )
    assert shown == [[key.name, key.label, list(key.shown)] for key in REGISTRY]
    page.keyboard.press("Escape")
    expect(page.locator("#toetsen")).not_to_be_visible()


def test_two_presses_copy_the_answer_and_go_on(desk: Desk) -> None:
    page = desk.console()
    first = chosen(page)
    text = page.locator(".sugg-text").first.inner_text()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#h-k")).not_to_have_text(first)
    assert clipboard(page) == text
    expect(page.locator("#toast-plaats")).to_contain_text("Gekopieerd.")
    expect(page.locator(CHOSEN)).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#h-k")).to_have_text(first)
    expect(page.locator("#antw")).to_have_value(text)


def test_every_state_is_reached_by_keys_alone(desk: Desk) -> None:
    page = desk.console()
    for key, state in (
        ("s", State.SPEAKER),
        ("l", State.ANSWERED),
        ("x", State.POSTPONED),
        ("n", State.NOISE),
    ):
        before = chosen(page)
        card = desk.card(before)
        page.keyboard.press(key)
        expect(page.locator("#toast-plaats")).to_contain_text("vraag")
        _until(lambda card=card, state=state: get_card(desk.database, card).state is state)
        page.keyboard.press("u")
        _until(lambda card=card: get_card(desk.database, card).state is State.NEW)
        expect(page.locator("#h-k")).to_have_text(before)


def test_claim_and_none_fits_by_key(desk: Desk) -> None:
    page = desk.console()
    card = desk.card(chosen(page))
    page.keyboard.press("c")
    expect(page.locator(".card-top")).to_contain_text("Geclaimd door jou")
    page.keyboard.press("c")
    expect(page.locator(".card-top")).not_to_contain_text("Geclaimd")
    page.keyboard.press("0")
    expect(page.locator("#antwoorden")).to_contain_text("genoteerd")
    assert get_card(desk.database, card).entry_id == ""


def test_a_double_is_chosen_by_keyboard(desk: Desk) -> None:
    page = desk.console()
    card = desk.card(chosen(page))
    page.keyboard.press("d")
    expect(page.locator("#dubbel-zoek")).to_be_focused()
    page.keyboard.type("batterijen")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    _until(lambda: get_card(desk.database, card).state is State.DUPLICATE)
    assert get_card(desk.database, desk.card("batterijen")).asked == 2


def test_letters_do_nothing_while_typing_and_can_be_switched_off(desk: Desk) -> None:
    page = desk.console()
    first = chosen(page)
    page.keyboard.press("e")
    page.keyboard.type("jxs")
    expect(page.locator("#antw")).to_have_value("jxs")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#letters").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert chosen(page) == first
    assert page.locator('[data-action="aside"]').get_attribute("aria-keyshortcuts") is None


def test_a_key_can_be_changed_and_works_after_a_reload(desk: Desk) -> None:
    page = desk.console()
    page.keyboard.press("?")
    page.get_by_role("button", name="Wijzig de toetsen").click()
    field = page.locator('[data-name="next"] input')
    field.fill("k")
    field.blur()
    expect(page.locator("#toets-fout")).to_contain_text("Vorige vraag")
    field.fill("v")
    field.blur()
    page.reload()
    expect(page.locator("[data-live]")).to_be_visible()
    first = chosen(page)
    page.keyboard.press("v")
    expect(page.locator("#h-k")).not_to_have_text(first)


def test_new_cards_wait_and_focus_stays(desk: Desk) -> None:
    page = desk.console()
    page.keyboard.press("j")
    before = page.locator("#rijen li").count()
    held = page.locator(CHOSEN).get_attribute("href")
    desk.add("Mag glas bij het papier?", "Hoe laat komt de vuilniswagen?", start=600)
    bar = page.locator(".new-bar")
    expect(bar).to_contain_text("2 nieuwe vragen tonen")
    assert page.locator("#rijen li").count() == before
    page.keyboard.press("t")
    expect(bar).to_be_hidden()
    assert page.locator("#rijen li").count() == before + 2
    assert page.evaluate("document.activeElement.getAttribute('href')") == held


def test_a_draft_is_saved_while_typing_and_survives_a_reload(desk: Desk) -> None:
    page = desk.console()
    card = desk.card(chosen(page))
    page.keyboard.press("e")
    page.keyboard.type("Breng ze terug")
    _until(lambda: get_card(desk.database, card).draft == "Breng ze terug")
    page.keyboard.type(" naar de winkel")
    page.reload()
    expect(page.locator("#antw")).to_have_value("Breng ze terug naar de winkel")


def test_two_moderators_see_each_other_and_nothing_is_answered_twice(desk: Desk) -> None:
    card = desk.card("batterijen")
    query = f"?kaart={card}"
    anna = desk.console("Anna", query)
    bram = desk.console("Bram", query, expected="Failed to load resource")
    anna.keyboard.press("c")
    expect(bram.locator(CHOSEN)).to_contain_text("Anna")
    expect(bram.locator("#kaart")).to_contain_text("Anna werkt aan deze vraag.")
    anna.keyboard.press("c")
    expect(bram.locator("#antw")).to_be_visible()
    bram.keyboard.press("e")
    bram.keyboard.type("Bij de winkel.")
    expect(anna.locator(CHOSEN)).to_contain_text("Bram")
    expect(anna.locator("#kaart")).to_contain_text("Neem over van Bram")


def test_a_place_for_live_news_is_free_as_soon_as_a_browser_left(desk: Desk) -> None:
    """A refused stream would be an error in the browser's log, which the fixture forbids."""
    page = desk.console()
    for _ in range(STREAMS + 4):
        with page.expect_response("**/stroom?*"):
            page.reload()
    expect(page.locator("[data-live]")).to_be_visible()


def test_a_stale_answer_is_shown_side_by_side(desk: Desk) -> None:
    card = desk.card("batterijen")
    anna = desk.console("Anna", f"?kaart={card}", expected="Failed to load resource")
    anna.keyboard.press("e")
    anna.keyboard.type("Bij de winkel.")
    expect(anna.locator("[data-saved]")).to_contain_text("bewaard")
    anna.context.set_offline(True)
    bram = desk.console("Bram", f"?kaart={card}")
    bram.get_by_role("button", name="Neem over").click()
    expect(bram.locator("#antw")).to_be_visible()
    bram.locator("#antw").fill("Bij de supermarkt.")
    bram.keyboard.press("Control+Enter")
    _until(lambda: get_card(desk.database, card).state is State.ANSWERED)
    anna.keyboard.press("Control+Enter")
    anna.context.set_offline(False)
    expect(anna.locator("#kaart")).to_contain_text("Bram heeft deze vraag net ook beantwoord.")
    expect(anna.locator(".versus")).to_contain_text("Bij de winkel.")
    assert get_card(desk.database, card).answer == "Bij de supermarkt."
    anna.get_by_role("button", name="Houd mijn tekst").click()
    _until(lambda: get_card(desk.database, card).answer == "Bij de winkel.")


def test_offline_actions_wait_and_are_done_once(desk: Desk) -> None:
    page = desk.console(expected="Failed to load resource")
    before = len(events_since(desk.database, desk.webinar.id, 0))
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    card = desk.card(chosen(page))
    page.keyboard.press("e")
    page.keyboard.type("Zonder verbinding")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-waiting]")).to_contain_text("wacht")
    # What is shown and what the list points at stay the same card, and it is finished only once.
    expect(page.locator(CHOSEN)).to_contain_text(chosen(page))
    page.keyboard.press("Control+Enter")
    page.context.set_offline(False)
    expect(page.locator("[data-live]")).to_be_visible()
    _until(lambda: get_card(desk.database, card).answer == "Zonder verbinding")
    page.wait_for_timeout(500)
    after = events_since(desk.database, desk.webinar.id, 0)[before:]
    assert [event.kind for event in after].count("answer") == 1
    assert desk.card(chosen(page)) != card


def test_announcements_come_at_most_once_in_five_seconds(desk: Desk) -> None:
    page = desk.console()
    page.evaluate(
        "window.told = []; new MutationObserver(() => told.push(performance.now()))"
        ".observe(document.getElementById('melder'), {childList: true})"
    )
    for number, question in enumerate(NEW_QUESTIONS):
        desk.add(question, start=900 + number)
        page.wait_for_timeout(700)
    expect(page.locator(".new-bar")).to_contain_text("nieuwe vragen")
    page.wait_for_timeout(4000)
    told = page.evaluate("window.told")
    assert told
    assert all(later - earlier > 4900 for earlier, later in pairwise(told))


def test_core_actions_work_without_script_at_320_pixels(desk: Desk) -> None:
    page = desk.console(width=320, height=640, java_script_enabled=False)
    question = chosen(page)
    card = desk.card(question)
    page.get_by_role("button", name="Claim").click()
    expect(page.locator(".card-top")).to_contain_text("Geclaimd door jou")
    page.locator("[data-entry] button").first.click()
    page.get_by_role("button", name="Rond af").click()
    expect(page.locator("#kaart")).to_contain_text("Dit staat in de chat")
    assert get_card(desk.database, card).state is State.ANSWERED
    page.locator("#rijen a").first.click()
    page.get_by_role("button", name="Opzij").click()
    assert len(list_cards(desk.database, desk.webinar.id, Filter.ASIDE)) == 1


def test_the_speakers_screen_follows_the_console(desk: Desk) -> None:
    page = desk.console()
    screen = desk.open_page(width=1280, height=720)
    screen.goto(f"/spreker/{desk.webinar.speaker_token}")
    expect(screen.locator("h1")).to_have_text("Er staan nog geen vragen klaar")
    question = chosen(page)
    page.keyboard.press("s")
    expect(screen.locator("h1")).to_have_text(question)


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """Give a server with the shipped FAQ."""
    data = tmp_path_factory.mktemp("real")
    with serving(SHIPPED_CORPUS, data) as server:
        yield server.address, open_database(data)


def known_questions() -> dict[str, str]:
    """Give twenty questions whose best suggestion is right, with their short answers."""
    corpus = load_corpus(SHIPPED_CORPUS)
    assistant = Assistant.from_corpus(corpus)
    found: dict[str, str] = {}
    for entry in corpus.entries:
        single = (
            text for text in (entry.question, *entry.phrasings) if judge(text).parts == (text,)
        )
        for text in islice(single, 20):
            if assistant.match([text])[0].matches[0].entry_id == entry.id:
                found[text] = entry.short_answer
                break
    return dict(islice(found.items(), 20))


def test_twenty_known_questions_take_two_presses_each(
    browser: object, real_server: tuple[str, Database]
) -> None:
    """Play questions of the FAQ: the short answer must lie on the clipboard, quickly."""
    address, database = real_server
    answer_of = known_questions()
    assert len(answer_of) == 20
    desk = make_desk(database, lambda **options: _page(browser, address, **options))
    desk.add(*answer_of)
    page = desk.console()
    times = []
    for _ in range(20):
        question = chosen(page)
        begin = time.monotonic()
        page.keyboard.press("1")
        page.keyboard.press("Control+Enter")
        times.append(time.monotonic() - begin)
        assert clipboard(page) == answer_of.pop(question)
        if answer_of:
            expect(page.locator("#h-k")).not_to_have_text(question)
    assert sorted(times)[10] < 5
    page.context.close()


def _page(browser: object, address: str, **options: object) -> Page:
    page: Page = browser.new_context(base_url=address, **options).new_page()  # type: ignore[attr-defined]
    return page


def _until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
