"""Editors at work in a real browser: a document taken in and an entry changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import PASSWORD, open_database
from docx import Document
from playwright.sync_api import Page, expect
from running_server import serving
from test_console_accessibility import LOOKS, check

from corpus import Corpus
from web.accounts import Role, set_role
from web.db import Database
from web.editing.drafts import draft, withdraw
from web.editing.shelf import Shelf, shelf_of

SLOW = 30_000
UNLIKE = "Kom langs bij het loket, of bel ons. We maken dan meteen een andere pas voor je klaar."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("redactie")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    with serving(corpus_folder, data) as server:
        yield server.address


@pytest.fixture(scope="module")
def stored(address: str, data: Path) -> Database:
    database = open_database(data)
    set_role(database, "Anna", Role.EDITOR)
    return database


@pytest.fixture
def shelf(stored: Database, corpus_folder: Path, corpus: Corpus) -> Iterator[Shelf]:
    """Give the draft that the server works on; it is empty again afterwards."""
    shelf = shelf_of(stored, corpus_folder, corpus)
    yield shelf
    for change in draft(shelf).changes:
        withdraw(shelf, change.batch)


@pytest.fixture
def sign_in(shelf: Shelf, new_page: Callable[..., Page]) -> Callable[..., Page]:
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


@pytest.fixture(scope="module")
def document(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a Word document: one entry changed, one reworded, two new; the others are gone."""
    entries = corpus.entry_by_id
    lost = entries["q06"].answer
    made = Document()
    made.add_heading("Afval scheiden", 0)
    for question, answer in (
        (entries["q03"].question, f"{entries['q03'].answer}\n\nDit is nieuw."),
        ("Wat te doen bij verlies van de afvalpas?", f"{lost[: len(lost) // 2]} {UNLIKE}"),
        ("Mag ik asbest wegbrengen?", "Nee. Bel eerst de gemeente."),
        ("Als je container stuk is", "Bel ons. We brengen een andere."),
    ):
        made.add_heading(question, 2)
        for paragraph in answer.split("\n\n"):
            made.add_paragraph(paragraph)
    path = tmp_path_factory.mktemp("word") / "afval.docx"
    made.save(str(path))
    return path


def test_a_document_is_looked_at_settled_and_put_into_the_draft(
    sign_in: Callable[..., Page], shelf: Shelf, document: Path
) -> None:
    page = sign_in(expected="422")
    page.goto("/redactie/inlezen")
    page.get_by_label("Document met de vragen").set_input_files(document)
    place = page.locator("#voorbeeld")
    expect(place).to_contain_text("Word-document met 4 vragen", timeout=SLOW)
    expect(place).to_contain_text("Deze kop eindigt niet op een vraagteken")
    expect(place).to_contain_text("De meeste vragen zouden verdwijnen")
    changed = place.locator("summary", has_text="Gewijzigd").first
    changed.focus()
    page.keyboard.press("Enter")
    expect(place.locator("ins", has_text="Dit is nieuw.")).to_be_visible()
    assert not draft(shelf).changes
    place.get_by_label("Ja, dezelfde vraag").check()
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.locator("#fout")).to_contain_text("Kruis eerst aan", timeout=SLOW)
    expect(page.get_by_label("Ja, dezelfde vraag")).to_be_checked()
    page.locator("input[name=loses]").check()
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page).not_to_have_url("**/inlezen", timeout=SLOW)
    expect(page.locator("h1")).not_to_have_text("Document inlezen")
    merged = draft(shelf).corpus.entry_by_id
    assert merged["q06"].question == "Wat te doen bij verlies van de afvalpas?"
    assert "Mag ik asbest wegbrengen?" in {entry.question for entry in merged.values()}


def test_a_document_is_taken_in_without_script(
    sign_in: Callable[..., Page], shelf: Shelf, document: Path
) -> None:
    page = sign_in(java_script_enabled=False)
    page.goto("/redactie/inlezen")
    page.locator("#bestand").set_input_files(document)
    page.get_by_role("button", name="Bekijk wat erin staat").click()
    expect(page.locator("#q-h")).to_be_visible(timeout=SLOW)
    page.get_by_label("Nee, een andere vraag").check()
    page.locator("input[name=loses]").check()
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.locator("h1")).not_to_have_text("Document inlezen", timeout=SLOW)
    assert "q06" not in draft(shelf).corpus.entry_by_id


def test_a_bad_document_gives_one_sentence(sign_in: Callable[..., Page], tmp_path: Path) -> None:
    empty = tmp_path / "leeg.docx"
    empty.write_bytes(b"")
    page = sign_in(expected="422")
    page.goto("/redactie/inlezen")
    page.locator("#bestand").set_input_files(empty)
    expect(page.locator("#fout")).to_have_text("Dit bestand is leeg.", timeout=SLOW)


def test_an_answer_is_shown_while_it_is_typed_and_saved_with_the_keyboard(
    sign_in: Callable[..., Page], shelf: Shelf
) -> None:
    page = sign_in()
    page.goto("/redactie/vragen")
    page.get_by_role("link", name="Hoe raak ik grof afval kwijt?").click()
    page.get_by_label("Antwoord", exact=True).fill("Breng het **zelf** weg.\n\nVigerend.")
    shown = page.locator("#zo")
    expect(shown.locator("strong", has_text="zelf")).to_be_visible(timeout=SLOW)
    expect(shown).to_contain_text("Deze woorden gebruiken weinig mensen: vigerend.")
    page.get_by_label("Kort antwoord").fill("é" * 300)
    expect(page.locator("#teller")).to_have_text("300 van 300 tekens")
    page.keyboard.type("x")
    expect(page.locator("#teller")).to_have_class("num is-over")
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Zet in het concept").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text("Vraag wijzigen", timeout=SLOW)
    assert draft(shelf).corpus.entry_by_id["q04"].short_answer == "é" * 300


def test_an_entry_is_changed_without_script(sign_in: Callable[..., Page], shelf: Shelf) -> None:
    page = sign_in(java_script_enabled=False)
    page.goto("/redactie/vraag/q04")
    page.locator("#answer").fill("Breng het **zelf** weg.")
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.locator("#zo strong", has_text="zelf")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.locator("h1")).not_to_have_text("Vraag wijzigen", timeout=SLOW)
    assert draft(shelf).corpus.entry_by_id["q04"].answer == "Breng het **zelf** weg."


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_the_pages_of_entries_and_documents(
    sign_in: Callable[..., Page], document: Path, look: str
) -> None:
    page = sign_in(**LOOKS[look], expected="Failed to load resource")
    problems: list[str] = []
    for path in ("/redactie/vragen", "/redactie/vraag/nieuw", "/redactie/vraag/q04/geschiedenis"):
        page.goto(path)
        problems += check(page, path)
    page.goto("/redactie/vraag/q04")
    for summary in page.locator("summary").all():
        summary.click()
    problems += check(page, "an entry")
    page.locator("#short_answer").fill("x" * 301)
    page.locator("#question").fill("")
    page.get_by_role("button", name="Zet in het concept").click()
    expect(page.locator(".notice.is-bad")).to_be_visible(timeout=SLOW)
    problems += check(page, "an entry with errors")
    page.goto("/redactie/inlezen")
    problems += check(page, "no document")
    page.locator("#bestand").set_input_files(document)
    expect(page.locator("#q-h")).to_be_visible(timeout=SLOW)
    for summary in page.locator("summary").all():
        summary.click()
    problems += check(page, "a document")
    page.locator("#bestand").set_input_files(
        {"name": "leeg.txt", "mimeType": "text/plain", "buffer": b""}
    )
    expect(page.locator("#fout")).to_be_visible(timeout=SLOW)
    problems += check(page, "a bad document")
    assert problems == []
