"""Give the console's tests a running server whose database they can look into."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from corpus.importers.chat import parse_text
from web.accounts import add_moderator
from web.db import Database
from web.queue.cards import Filter
from web.queue.intake import add_messages
from web.queue.reading import list_cards
from web.queue.webinars import Webinar, create_webinar

PASSWORD = "vier schapen op de dijk"  # noqa: S105 (of accounts that live for one run)
QUESTIONS = (
    "Waar laat ik lege batterijen?",
    "Mag een yoghurtbeker bij het plastic?",
    "Hoe bak ik een taart met kersen?",
    "Ik ben mijn afvalpas kwijt, hoe krijg ik een nieuwe?",
)


def open_database(data: Path) -> Database:
    """Give the database of a data folder, with two moderators in it."""
    database = Database(f"sqlite:///{data / 'vraagwijzer.sqlite3'}")
    for name in ("Anna", "Bram"):
        add_moderator(database, name, PASSWORD)
    return database


@dataclass(frozen=True)
class Desk:
    """Hold a webinar of one test, and how to get to it."""

    database: Database
    webinar: Webinar
    open_page: Callable[..., Page]

    @property
    def path(self) -> str:
        return f"/moderatie/webinar/{self.webinar.id}"

    def add(self, *questions: str, start: int = 0) -> None:
        lines = (
            f"15:{at // 60:02}:{at % 60:02}\t From  X : {question}"
            for at, question in enumerate(questions, start)
        )
        add_messages(self.database, self.webinar.id, parse_text("\n".join(lines)).messages)

    def card(self, word: str) -> int:
        cards = list_cards(self.database, self.webinar.id, Filter.ALL)
        return next(card.id for card in cards if word in card.question)

    def sign_in(self, name: str = "Anna", **options: object) -> Page:
        page = self.open_page(permissions=["clipboard-read", "clipboard-write"], **options)
        page.goto("/moderatie/aanmelden")
        page.get_by_label("Naam").fill(name)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Meld je aan").click()
        expect(page.get_by_role("heading", name="Webinars")).to_be_visible()
        return page

    def console(self, name: str = "Anna", query: str = "", **options: object) -> Page:
        page = self.sign_in(name, **options)
        page.goto(f"{self.path}{query}")
        if options.get("java_script_enabled", True):
            expect(page.locator("[data-live]")).to_be_visible()
        return page


def make_desk(database: Database, open_page: Callable[..., Page]) -> Desk:
    """Give a desk with a new webinar."""
    return Desk(database, create_webinar(database, "Afval scheiden"), open_page)


def chosen(page: Page) -> str:
    """Give the question of the card that is shown."""
    return page.locator("#h-k").inner_text()


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text
