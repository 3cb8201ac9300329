"""Every page for moderators in every state: axe-core finds nothing, nothing is too wide."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import QUESTIONS, Desk, make_desk, open_database
from playwright.sync_api import Page, expect
from running_server import serving

from web.queue.actions import answer, claim, give_to_speaker, mark_noise
from web.queue.cards import Act, Actor
from web.queue.reading import get_card
from web.queue.webinars import edit_webinar

RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
LOOKS = {
    "light and large": {"width": 1440, "height": 900, "color_scheme": "light"},
    "dark and at 400 percent": {"width": 320, "height": 256, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("axe")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    with serving(corpus_folder, data) as server:
        yield server.address


@pytest.fixture(scope="module")
def stored(address: str, data: Path) -> object:
    return open_database(data)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page_for_moderators(
    stored: object, new_page: Callable[..., Page], look: str
) -> None:
    """Go through all states in one session: each sign-in costs a slow hash on purpose."""
    options = {**LOOKS[look], "expected": "Failed to load resource"}
    desk = make_desk(stored, new_page)  # type: ignore[arg-type]
    desk.add(*QUESTIONS)
    page = desk.open_page(**options)
    page.goto("/moderatie/aanmelden")
    problems = check(page, "sign in")
    page = desk.console(**options)
    page.keyboard.press("Escape")
    problems += check(page, "new card")
    page.keyboard.press("1")
    expect(page.locator("[data-saved]")).to_contain_text("bewaard")
    problems += check(page, "picked")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_be_visible()
    problems += check(page, "toast")
    page.keyboard.press("?")
    problems += check(page, "keys")
    page.get_by_role("button", name="Wijzig de toetsen").click()
    problems += check(page, "changing keys")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("#dubbel-zoek")).to_be_visible()
    problems += check(page, "double")
    page.keyboard.press("Escape")
    problems += states(desk, page)
    for path in (
        "/moderatie",
        "/moderatie/account",
        "/moderatie/vaste-teksten",
        f"{desk.path}/inlezen",
        f"{desk.path}/instellingen",
        f"{desk.path}/verslag",
        f"{desk.path}/na-afloop",
        f"/spreker/{desk.webinar.speaker_token}",
        f"/webinar/{desk.webinar.public_token}",
        "/moderatie/webinar/99999",
    ):
        page.goto(path)
        problems += check(page, path)
    assert problems == []


def states(desk: Desk, page: Page) -> list[str]:
    """Look at a card in each state."""
    bram = Actor(2, "Bram")
    database = desk.database
    edit_webinar(database, desk.webinar.id, is_public=True)

    def act(word: str) -> Act:
        card = desk.card(word)
        return Act(card, bram, get_card(database, card).version, confirm=True)

    page.goto(f"{desk.path}?kaart={desk.card('batterijen')}")
    page.locator("#antw").fill("Bij de supermarkt.")
    expect(page.locator("[data-saved]")).to_contain_text("bewaard")
    page.context.set_offline(True)  # else the page would show the other answer at once
    answer(database, act("batterijen"), "Bij de winkel.", entry_id="q05")
    page.locator("#antw").press("Control+Enter")
    page.context.set_offline(False)
    expect(page.locator(".versus")).to_be_visible()
    found = check(page, "two answers side by side")
    desk.add(QUESTIONS[0], start=900)
    claim(database, act("yoghurt"))
    give_to_speaker(database, act("afvalpas"))
    mark_noise(database, act("taart"))
    for word in ("batterijen", "yoghurt", "afvalpas", "taart"):
        page.goto(f"{desk.path}?toon=alles&kaart={desk.card(word)}")
        found += check(page, word)
    page.goto(f"{desk.path}?toon=spreker")
    found += check(page, "the speaker's list")
    page.goto(f"{desk.path}?zoek=zebra")
    return found + check(page, "nothing found")


def check(page: Page, state: str) -> list[str]:
    results = Axe().run(page, options={"runOnly": RULES})
    found = [f"{state}: {results.generate_report()}"] if results.violations_count else []
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{state}: too wide")
    return found
