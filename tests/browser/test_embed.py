"""The chat page in a frame on a page of another site, opened from a second origin."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect
from running_server import Server, serving

QUESTION = "Mag een yoghurtbeker bij het plastic?"
HOST_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Afval in de gemeente</h1><p><a href="#meer">Lees meer</a></p></main>
<script src="{address}/embed.js" async></script></body></html>"""


class Host(NamedTuple):
    """Hold another site with the script on its page, and the server that the script comes from."""

    port: int
    vraagwijzer: Server

    @property
    def named(self) -> str:
        return f"http://localhost:{self.port}/"

    @property
    def stranger(self) -> str:
        """Give the same page at an origin that no setting names."""
        return f"http://127.0.0.1:{self.port}/"


class _Handler(BaseHTTPRequestHandler):
    vraagwijzer = ""

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        body = HOST_PAGE.format(address=self.vraagwijzer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        # A strict policy of its own: the script must not need inline styles.
        policy = f"default-src 'none'; script-src {self.vraagwijzer}; frame-src {self.vraagwijzer}"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def host(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VRAAGWIJZER_EMBED_HOSTS", f"http://localhost:{site.server_port}")
        with serving(corpus_folder, tmp_path_factory.mktemp("embed")) as server:
            _Handler.vraagwijzer = server.address
            threading.Thread(target=site.serve_forever, daemon=True).start()
            yield Host(site.server_port, server)
            site.shutdown()
            site.server_close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, host: Host) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []

    def open_at(address: str = host.named, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        expect(opener(page)).to_be_visible()
        return page

    yield open_at
    for context in contexts:
        context.close()


def opener(page: Page) -> Locator:
    return page.locator("[data-vraagwijzer] > button, [data-vraagwijzer] .open")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Stel je vraag")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("[data-vraagwijzer] iframe")


def test_it_opens_answers_and_closes_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    expect(opener(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")  # the page's own link
    page.keyboard.press("Tab")
    expect(opener(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    expect(opener(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("button", name="Sluit")).to_be_focused()
    field = frame(page).get_by_label("Je vraag")
    field.focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Escape")  # closes the suggestions, not the frame
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(frame(page).locator("#antwoord-1, .turn").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(opener(page)).to_be_focused()
    page.keyboard.press("Enter")  # the conversation is still there
    expect(frame(page).locator(".turn").first).to_be_visible()
    expect(page.get_by_role("button", name="Sluit")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(opener(page)).to_be_focused()


def test_it_closes_by_mouse_and_gives_focus_back(open_page: OpenPage) -> None:
    page = open_page()
    opener(page).click()
    page.get_by_role("button", name="Sluit").click()
    expect(dialog(page)).to_be_hidden()
    expect(opener(page)).to_be_focused()


def test_nothing_is_asked_for_before_the_first_click(open_page: OpenPage, host: Host) -> None:
    page = open_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    expect(opener(page)).to_be_visible()
    ours = [url for url in requests if url.startswith(host.vraagwijzer.address)]
    assert ours == [f"{host.vraagwijzer.address}/embed.js"]
    opener(page).click()
    expect(frame(page).get_by_label("Je vraag")).to_be_visible()
    others = (host.vraagwijzer.address, host.named.rstrip("/"))
    assert [url for url in requests if not url.startswith(others)] == []


def test_a_site_that_is_not_named_gets_no_frame(open_page: OpenPage, host: Host) -> None:
    page = open_page(host.stranger)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        opener(page).click()
    expect(frame(page).get_by_label("Je vraag")).to_have_count(0)
    link = page.get_by_role("link", name="Nieuw venster")
    expect(link).to_have_attribute("href", f"{host.vraagwijzer.address}/")


def test_at_320_pixels_it_fills_the_screen_and_the_page_behind_rests(open_page: OpenPage) -> None:
    page = open_page(width=320, reduced_motion="reduce")  # it would be measured on its way
    opener(page).click()
    box = dialog(page).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 800}
    assert dialog(page).evaluate("element => element.matches(':modal')")
    expect(frame(page).get_by_label("Je vraag")).to_be_visible()
    inner = frame(page).locator("html")
    assert inner.evaluate("html => html.scrollWidth <= html.clientWidth")
    page.get_by_role("button", name="Sluit").press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(opener(page)).to_be_focused()


def test_a_window_that_becomes_small_keeps_it_open(open_page: OpenPage) -> None:
    page = open_page()
    opener(page).click()
    assert not dialog(page).evaluate("element => element.matches(':modal')")
    page.set_viewport_size({"width": 320, "height": 700})
    expect(page.locator("[data-vraagwijzer] dialog:modal")).to_be_visible()


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_it_follows_light_and_dark(open_page: OpenPage, scheme: str, dark: bool) -> None:
    page = open_page(color_scheme=scheme)
    opener(page).click()
    is_dark = "element => getComputedStyle(element).backgroundColor.match(/\\d+/g)[0] < 100"
    assert dialog(page).evaluate(is_dark) is dark
    expect(frame(page).get_by_label("Je vraag")).to_be_visible()
    assert frame(page).locator("body").evaluate(is_dark) is dark


@pytest.mark.parametrize(("motion", "name"), [("reduce", "none"), ("no-preference", "rise")])
def test_it_moves_only_where_motion_is_welcome(open_page: OpenPage, motion: str, name: str) -> None:
    page = open_page(reduced_motion=motion)
    opener(page).click()
    assert dialog(page).evaluate("element => getComputedStyle(element).animationName") == name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_page_and_frame(open_page: OpenPage, scheme: str) -> None:
    page = open_page(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    found = partial(Axe().run, page, options={"iframes": False})
    assert found().response["violations"] == []
    opener(page).click()
    expect(frame(page).get_by_label("Je vraag")).to_be_visible()
    assert found().response["violations"] == []


def test_controls_are_large_enough(open_page: OpenPage) -> None:
    page = open_page()
    opener(page).click()
    closer = page.get_by_role("button", name="Sluit")
    for control in (opener(page), closer, page.get_by_role("link", name="Nieuw venster")):
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_a_link_to_a_third_site_opens_outside_the_frame(open_page: OpenPage) -> None:
    page = open_page()
    opener(page).click()
    expect(frame(page).get_by_label("Je vraag")).to_be_visible()
    target = (
        frame(page)
        .locator("body")
        .evaluate(
            """body => new Promise(resolve => {
          const link = document.createElement("a");
          link.href = "https://elders.example/";
          body.append(link);
          link.addEventListener("click", (event) => {
            event.preventDefault();
            setTimeout(() => resolve(link.target));
          });
          link.click();
        })"""
        )
    )
    assert target == "_blank"
