"""Suggestions while typing, by keyboard, by pointer, and for who listens."""

from playwright.sync_api import Page, expect

from corpus import Corpus


def test_suggestions_by_keyboard(page: Page, corpus: Corpus) -> None:
    page.goto("/")
    field, options = page.locator("#vraag"), page.get_by_role("option")
    field.press_sequentially("w")
    expect(options).to_have_count(0)
    field.press_sequentially("at")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert 2 <= options.count() <= 5
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "vraag-lijst-1")
    expect(field).to_be_focused()
    chosen = options.nth(1).inner_text()
    field.press("Enter")
    expect(page.locator("article.answer h3")).to_have_text(chosen)
    expect(page.locator("#gesprek .asked-by")).to_have_text("Jij koos")
    expect(options).to_have_count(0)


def test_enter_without_a_choice_asks_what_was_typed(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").press_sequentially("waar laat ik lege batterijen")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.locator("#vraag").press("Enter")
    expect(page.locator("#gesprek .asked .sign")).to_have_text("waar laat ik lege batterijen")


def test_arrows_go_round_through_the_field(page: Page) -> None:
    page.goto("/")
    field = page.locator("#vraag")
    field.press_sequentially("karton")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", "vraag-lijst-0")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None


def test_escape_closes_and_keeps_the_text(page: Page) -> None:
    page.goto("/")
    field = page.locator("#vraag")
    field.press_sequentially("afval")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("afval")


def test_tab_closes_the_list_and_moves_on(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").press_sequentially("afval")
    page.locator("#vraag").press("Tab")
    expect(page.locator("#vraag-knop")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_click_chooses(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").press_sequentially("karton")
    page.get_by_role("option").first.click()
    expect(page.locator("article.answer h3")).to_have_text("Waar laat ik oud papier en karton?")


def test_accents_case_and_the_beginning_of_a_word_fit(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").press_sequentially("PÁPIER kart")
    expect(page.get_by_role("option").first).to_have_text("Waar laat ik oud papier en karton?")
    assert page.locator("[role=option] mark").all_inner_texts() == ["papier", "karton"]


def test_rare_words_weigh_more_than_common_ones(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").press_sequentially("wat doe ik met batterijen")
    expect(page.get_by_role("option").first).to_contain_text("verf, batterijen")


def test_the_number_is_read_out_after_a_rest(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").press_sequentially("karton")
    expect(page.locator("#vraag-status")).to_have_text(
        "1 vraag lijkt op wat je typt. Kies met de pijltjes."
    )


def test_nothing_typed_leaves_the_page(page: Page, address: str) -> None:
    page.goto("/", wait_until="networkidle")  # the icon is fetched last
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator("#vraag").press_sequentially("waar laat ik mijn geheim")
    page.wait_for_timeout(700)
    assert requests == []
    page.locator("#vraag").press("Enter")
    expect(page.locator(".turn .answer")).to_be_visible()
    assert requests == [f"{address}/"]


def test_the_list_opens_upward_where_there_is_no_room_below(page: Page) -> None:
    page.goto("/")
    page.locator("#vraag").fill("hoe kom ik van mijn oude bank af")
    page.locator("#vraag").press("Enter")
    expect(page.locator("article.answer")).to_be_visible()
    page.locator("#vraag").press_sequentially("wat")
    box = page.get_by_role("listbox").bounding_box()
    field = page.locator("#vraag").bounding_box()
    assert box is not None
    assert field is not None
    assert box["y"] + box["height"] <= field["y"]
    assert box["y"] >= 0
