"""Hold the browser tests' fixtures: a real server, a real Chromium, and pages that are watched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request
from running_server import serving

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running server with the small corpus."""
    with serving(corpus_folder, tmp_path_factory.mktemp("browser")) as server:
        yield server.address


@pytest.fixture
def new_page(browser: Browser, address: str) -> Iterator[NewPage]:
    """Give a function that opens a page; afterwards none may have logged an error.

    Errors are console errors, which breaches of the Content-Security-Policy are too, uncaught
    exceptions, and requests to another host. `expected` names the console errors that a test
    causes on purpose.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(width: int = 1440, height: int = 900, expected: str = "", **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=address, **options
        )
        contexts.append(context)
        page = context.new_page()

        def note(text: str) -> None:
            if not expected or expected not in text:
                errors.append(text)

        def note_request(request: Request) -> None:
            if not request.url.startswith(f"{address}/"):
                errors.append(f"request to {request.url}")

        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: note(str(error)))
        page.on("request", note_request)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Give one page in a large window."""
    return new_page()
