"""The pages to read: search while typing, share, print."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from corpus import Corpus


def test_search_filters_while_typing_and_asks_nobody(page: Page) -> None:
    page.goto("/vragen", wait_until="networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.get_by_label("Zoek in vragen en antwoorden").press_sequentially("apotheek VERF")
    expect(page.locator("#zoek-uitslag")).to_have_text("1 vraag gevonden.")
    expect(page.locator(".entry-list a:visible")).to_have_count(1)
    expect(page.locator("section:visible h2")).to_have_text("Ophalen en wegbrengen")
    page.get_by_label("Zoek in vragen en antwoorden").fill("")
    expect(page.locator(".entry-list a:visible")).to_have_count(7)
    assert requests == []


def test_search_without_result_leads_to_the_chat_page(page: Page) -> None:
    page.goto("/vragen")
    page.get_by_label("Zoek in vragen en antwoorden").fill("lege batterijen inleveren waar")
    expect(page.get_by_role("heading", name="Geen vraag gevonden")).to_be_visible()
    page.get_by_role("button", name="Stel dit als vraag").click()
    expect(page.locator(".asked .sign").first).to_have_text("lege batterijen inleveren waar")
    assert page.url.endswith("/#antwoord-1")


def test_search_works_without_script(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/vragen")
    page.get_by_label("Zoek in vragen en antwoorden").fill("karton")
    page.get_by_role("button", name="Zoek").click()
    assert page.url == f"{address}/vragen"
    expect(page.locator(".entry-list a")).to_have_count(1)
    expect(page.get_by_text("1 vraag gevonden.")).to_be_visible()


def test_all_questions_print_as_one_document(page: Page, corpus: Corpus) -> None:
    page.goto("/vragen")
    expect(page.get_by_text("Maak dozen plat")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("Maak dozen plat")).to_be_visible()
    expect(page.locator(".print-only.prose:visible")).to_have_count(len(corpus.entries))
    for hidden in (".nav", ".search", ".toc", ".foot ul"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_an_entry_prints_with_its_address(page: Page, address: str) -> None:
    page.goto("/vraag/q05")
    page.emulate_media(media="print")
    expect(page.get_by_text(f"Dit antwoord staat op {address}/vraag/q05")).to_be_visible()
    expect(page.get_by_role("button", name="Druk af")).to_be_hidden()


def test_the_link_of_an_entry_can_be_copied(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/vraag/q05")
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/vraag/q05"


def test_print_and_copy_are_offered_only_where_script_runs(
    new_page: Callable[..., Page],
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/vraag/q05")
    expect(page.get_by_role("button", name="Druk af")).to_be_hidden()
    page.goto("/vragen")
    expect(page.get_by_role("button", name="Druk alles af")).to_be_hidden()


def test_a_section_of_the_start_page_leads_to_its_questions(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Ophalen en wegbrengen").click()
    expect(page.get_by_role("heading", name="Ophalen en wegbrengen")).to_be_in_viewport()
