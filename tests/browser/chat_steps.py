"""Do in the browser what an attendee does; shared by the browser tests."""

from playwright.sync_api import Locator, Page, expect


def ask(page: Page, question: str) -> Locator:
    """Type a question, press Enter, and give the turn that answers it."""
    turns = page.locator("#gesprek > .turn")
    before = turns.count()
    field = page.get_by_label("Je vraag", exact=True)
    field.fill(question)
    field.press("Enter")
    expect(turns).to_have_count(before + 1)
    return turns.last


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width > page.evaluate("window.innerWidth")
