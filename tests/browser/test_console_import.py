"""Taking a chat in, in a real browser: the preview comes by itself and can be corrected."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, make_desk, open_database
from playwright.sync_api import Page, expect
from running_server import serving

CHAT = (
    "14:00:01\t From  Jan : Waar laat ik lege batterijen?\n"
    "14:00:20\t From  Piet : sluit me aan\n"
    "14:02:00\t From  Ans  to  Jan(Privately) : dit is geheim\n"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("import")


@pytest.fixture(scope="module")
def address(corpus_folder: Path, data: Path) -> Iterator[str]:
    with serving(corpus_folder, data) as server:
        yield server.address


@pytest.fixture
def desk(address: str, data: Path, new_page: Callable[..., Page]) -> Desk:
    return make_desk(open_database(data), new_page)


def test_a_chat_is_looked_at_corrected_and_taken_in(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT, "utf-8")
    page = desk.sign_in()
    page.goto(f"{desk.path}/inlezen")
    page.locator("#bestand").set_input_files(file)
    place = page.locator("#voorbeeld")
    expect(place).to_contain_text("1 privébericht overgeslagen", timeout=20_000)
    expect(place).not_to_contain_text("geheim")
    page.locator("#formaat").select_option("pasted")
    expect(place).to_contain_text("geplakte tekst", timeout=20_000)
    page.locator("#formaat").select_option("zoom")
    expect(place).to_contain_text("1 privébericht overgeslagen", timeout=20_000)
    page.get_by_role("button", name="Lees 1 vraag in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De chat is ingelezen")
    page.get_by_role("link", name="Naar de vragen").click()
    expect(page.locator("#h-k")).to_have_text("Waar laat ik lege batterijen?")
