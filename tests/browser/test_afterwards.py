"""The page with draft entries in a real browser: by keys alone, and by dragging."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import QUESTIONS, Desk, make_desk, open_database
from playwright.sync_api import Page, expect
from running_server import serving

from web.moderation.keys import AFTERWARDS
from web.queue.reading import get_card


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("afterwards")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    with serving(corpus_folder, data) as server:
        yield server.address


@pytest.fixture
def desk(address: str, data: Path, new_page: Callable[..., Page]) -> Desk:
    desk = make_desk(open_database(data), new_page)
    desk.add(*QUESTIONS)
    return desk


def done(page: Page, text: str) -> None:
    """Wait until the page says so and its keys work."""
    expect(page.locator("[role=status]")).to_contain_text(text)
    expect(page.locator("button[data-action=help]")).to_be_visible()


def test_drafts_are_merged_moved_edited_and_taken_back_by_keys_and_by_dragging(desk: Desk) -> None:
    page = desk.sign_in()
    page.goto(f"{desk.path}/na-afloop")
    expect(page.locator("button[data-action=help]")).to_be_visible()
    shown = page.locator("#toetsen [data-name]").evaluate_all("all => all.map(r => r.dataset.name)")
    assert shown == [key.name for key in AFTERWARDS]
    groups = page.locator("[data-group]")
    for key in "jxjx":
        page.keyboard.press(key)
    page.keyboard.press("m")
    done(page, "staan nu bij elkaar")
    expect(groups).to_have_count(3)
    page.keyboard.press("u")
    done(page, "ongedaan")
    expect(groups).to_have_count(4)

    groups.nth(1).locator("h2").drag_to(groups.nth(0).locator("h2"))
    done(page, "staan nu bij elkaar")
    expect(groups).to_have_count(3)
    whole = page.locator("[data-group]:has([data-wording])")
    whole.get_by_text("Zo is het gevraagd").click()
    other = page.locator("[data-group]:not(:has([data-wording]))").first
    number = int(other.get_attribute("data-group") or 0)
    whole.locator("[data-wording]").first.drag_to(other.locator("h2"))
    done(page, "verplaatst")
    assert get_card(desk.database, number).asked == 2

    page.keyboard.press("j")
    page.keyboard.press("e")
    field = page.locator("[data-edit][open] input").first
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("jmx")
    page.keyboard.press("Tab")
    page.keyboard.type("Bram")
    page.locator("[data-edit][open] select").select_option("goedgekeurd")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.locator("[data-edit][open]").get_by_role("button", name="Bewaar").click()
    expect(page.locator(".lead")).to_contain_text("1 concept is goedgekeurd")
    expect(page.locator(".draft-meta").filter(has_text="Bram")).to_contain_text("Goedgekeurd")
