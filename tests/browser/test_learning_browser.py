"""Editors at work in a real browser: learn from a question, see the proof, publish, go back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import PASSWORD, open_database
from playwright.sync_api import Page, expect
from running_server import serving
from test_console_accessibility import LOOKS, check

from corpus import Corpus
from web.accounts import Role, set_role
from web.db import Database
from web.editing.practice import questions
from web.editing.rows import AskedRow
from web.editing.shelf import Shelf, shelf_of

SLOW = 60_000
ASKED = "Wat is de zin van mijn leven vandaag?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("leren")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VRAAGWIJZER_STORE_QUESTIONS", "ja")
        with serving(corpus_folder, data) as server:
            yield server.address


@pytest.fixture(scope="module")
def stored(address: str, data: Path) -> Database:
    database = open_database(data)
    set_role(database, "Anna", Role.EDITOR)
    return database


@pytest.fixture
def shelf(stored: Database, corpus_folder: Path, corpus: Corpus) -> Shelf:
    return shelf_of(stored, corpus_folder, corpus)


@pytest.fixture
def sign_in(stored: Database, new_page: Callable[..., Page]) -> Callable[..., Page]:
    def call(**options: object) -> Page:
        page = new_page(**options)
        page.set_default_timeout(SLOW)
        page.goto("/moderatie/aanmelden")
        page.get_by_label("Naam").fill("Anna")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Meld je aan").click()
        expect(page.get_by_role("heading", name="Webinars")).to_be_visible(timeout=SLOW)
        return page

    return call


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_label("Je vraag", exact=True).fill(question)
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.locator(".asked .sign").first).to_contain_text(question)


def test_from_a_question_to_a_published_version_and_back(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], shelf: Shelf
) -> None:
    attendee = new_page()
    ask(attendee, ASKED)
    expect(attendee.get_by_text("We bewaren je vraag 30 dagen")).to_be_visible()
    expect(attendee.get_by_text("geeft hier geen antwoord op").first).to_be_visible()

    page = sign_in()
    page.get_by_role("link", name="Redactie").click()
    page.get_by_role("link", name="Zonder antwoord").click()
    expect(page.get_by_role("heading", name=ASKED)).to_be_visible()
    page.keyboard.press("g")  # the key opens the form and goes to the first empty field
    page.keyboard.type("Daar gaat deze FAQ niet over. Praat met een filosoof.")
    page.get_by_role("button", name="Zet het gat in het concept").click()
    expect(page.get_by_text("Het bekende gat staat in het concept.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Dat is ongedaan gemaakt.")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.type("Praat met een filosoof.")
    page.get_by_role("button", name="Zet het gat in het concept").click()

    page.get_by_role("link", name="Concept", exact=True).click()
    expect(page.get_by_text("Nieuw bekend gat")).to_be_visible()
    expect(page.locator(".verdict")).to_be_visible()
    expect(page.get_by_text("Dit is een schatting")).to_be_visible()
    page.get_by_label("Wat heb je gewijzigd?").fill("Zin van het leven")
    page.get_by_role("button", name="Publiceer", exact=True).or_(
        page.get_by_role("button", name="Laat het precies narekenen")
    ).click()
    done = page.get_by_role("heading", name="is gepubliceerd")
    held = page.get_by_role("heading", name="Deze versie is nog niet gepubliceerd")
    expect(done.or_(held)).to_be_visible(timeout=2 * SLOW)  # the page looks by itself
    expect(page.get_by_text("Gemeten nadat alles opnieuw geleerd is.")).to_be_visible()
    if held.is_visible():
        page.get_by_label("Waarom publiceer je toch?").fill("De testvragen zijn verouderd.")
        page.get_by_role("button", name="Publiceer toch").click()
        expect(done).to_be_visible()

    page.get_by_role("link", name="Versies", exact=True).click()
    expect(page.get_by_text("Nu in gebruik")).to_be_visible()
    page.get_by_role("link", name="Wat veranderde er?").first.click()
    expect(page.get_by_role("heading", name=ASKED)).to_be_visible()
    ask_until(attendee, "Praat met een filosoof.")
    page.go_back()
    page.get_by_role("button", name="Zet terug").last.click()
    expect(page.get_by_text("De oude versie is terug.")).to_be_visible()
    ask_until(attendee, "geeft hier geen antwoord op", without="Praat met een filosoof.")
    versions = {question.corpus_version for question in questions(shelf, AskedRow.id > 0)}
    assert len(versions) == 2


def ask_until(page: Page, told: str, without: str = "") -> None:
    """Ask until the answer is that of the new version: the server follows within seconds."""
    for _ in range(60):
        ask(page, ASKED)
        text = page.locator("#gesprek").inner_text()
        if told in text and (not without or without not in text):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{told!r} never came")


def test_everything_works_without_javascript(
    sign_in: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    ask(new_page(java_script_enabled=False), ASKED)
    page = sign_in(java_script_enabled=False)
    page.goto("/redactie/gevraagd")
    page.locator(".asked-list a").first.click()
    page.get_by_role("button", name="Negeer").click()
    expect(page.get_by_text("Deze vragen zijn genegeerd.")).to_be_visible()
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_text("Dat is ongedaan gemaakt.")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page_for_learning(
    look: str, sign_in: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    ask(new_page(), ASKED)
    page = sign_in(**LOOKS[look])
    problems = []
    for path in ("", "/gevraagd", "/gevraagd/per-vraag", "/te-schrijven", "/versies"):
        page.goto(f"/redactie{path}")
        problems += check(page, path)
    page.goto("/redactie/gevraagd")
    page.locator("#nieuw-gat summary").click()
    problems += check(page, "new gap")
    page.get_by_role("button", name="Hoort er niet bij").click()
    problems += check(page, "done")
    page.goto("/redactie/concept")
    expect(page.locator(".verdict")).to_be_visible()
    problems += check(page, "draft")
    page.get_by_role("button", name="Haal weg").first.click()
    expect(page.get_by_text("Er zijn geen wijzigingen.")).to_be_visible()
    problems += check(page, "empty draft")
    assert problems == []
