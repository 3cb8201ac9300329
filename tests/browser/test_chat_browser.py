"""The chat page in a real browser: by keyboard, without script, and every way an answer can go."""

from collections.abc import Callable

import pytest
from chat_steps import ask
from playwright.sync_api import Page, Route, expect

from assistant import ReplyKind
from corpus import Corpus

QuestionFor = Callable[[ReplyKind], str]
TWO_QUESTIONS = "Ik ben mijn afvalpas kwijt, wat nu? En waar lever ik lege batterijen in?"


def focused_id(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def tab_to(page: Page, text: str, limit: int = 40) -> None:
    """Press Tab until what has focus holds the text, as someone without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"Tab never reached {text!r}")


def test_ask_and_read_by_keyboard_alone(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused_id(page) == "vraag":
            break
    page.keyboard.type(question_for(ReplyKind.ANSWER))
    page.keyboard.press("Enter")
    answer = page.locator("article.answer")
    expect(answer.locator("h3")).to_be_in_viewport()
    assert focused_id(page) == "vraag"
    expect(page.locator("#vraag")).to_have_value("")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Nee":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Staat je vraag hier wel bij?")).to_be_visible()
    assert focused_id(page) == "vervolg-1-0"
    tab_to(page, "Geen van deze")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Klantenservice Afval")).to_be_visible()


def test_the_skip_link_comes_first_and_works(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    assert focused_id(page) == "inhoud"


def test_an_example_is_answered_in_the_page(page: Page, corpus: Corpus) -> None:
    page.goto("/")
    page.get_by_role("button", name=corpus.examples[0]).click()
    expect(page.locator("#gesprek .asked .sign")).to_have_text(corpus.examples[0])
    expect(page.get_by_role("heading", name="Bijvoorbeeld")).to_have_count(0)
    expect(page.locator("#vraag")).to_be_focused()
    assert page.url.endswith("/")


def test_each_answer_is_added_to_the_log_once(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    page.evaluate(
        """() => {
          window.added = [];
          const log = document.querySelector("[role=log]");
          new MutationObserver((changes) => {
            for (const change of changes) {
              for (const node of change.addedNodes) if (node.id) window.added.push(node.id);
            }
          }).observe(log, { childList: true, subtree: true });
        }"""
    )
    ask(page, question_for(ReplyKind.ANSWER))
    ask(page, question_for(ReplyKind.GAP))
    assert page.evaluate("window.added") == ["antwoord-1", "antwoord-2"]
    expect(page.locator("[role=log]")).to_have_count(1)


def test_choices_are_answered_in_the_conversation(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    turn = ask(page, question_for(ReplyKind.CHOICES))
    choice = turn.locator(".choices button").nth(1)
    question = choice.inner_text()
    choice.click()
    turns = page.locator("#gesprek > .turn")
    expect(turns).to_have_count(2)
    expect(turns.last.locator("h3")).to_have_text(question)
    expect(turns.last.locator(".asked-by")).to_have_text("Jij koos")


def test_none_of_these_moves_focus_to_the_people(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    turn = ask(page, question_for(ReplyKind.CHOICES))
    turn.get_by_role("button", name="Geen van deze").click()
    expect(turn.locator(".follow")).to_be_focused()
    expect(turn.get_by_role("link", name="Naar de contactpagina")).to_be_visible()


def test_fallback_has_a_link_to_people(
    page: Page, question_for: QuestionFor, corpus: Corpus
) -> None:
    page.goto("/")
    turn = ask(page, question_for(ReplyKind.FALLBACK))
    expect(turn.locator("h3")).to_have_text("Deze FAQ geeft hier geen antwoord op")
    link = turn.get_by_role("link", name="Naar de contactpagina")
    expect(link).to_have_attribute("href", corpus.contacts[0].url)
    expect(turn.locator(".links a")).to_have_count(2)


def test_yes_is_thanked_where_it_was_asked(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    turn = ask(page, question_for(ReplyKind.ANSWER))
    turn.get_by_role("button", name="Ja").click()
    expect(turn.locator(".follow")).to_have_text("Fijn dat dit antwoord je helpt.")
    expect(turn.locator(".follow")).to_be_focused()


def test_two_questions_get_two_answers(page: Page) -> None:
    page.goto("/")
    turn = ask(page, TWO_QUESTIONS)
    expect(turn.locator("article")).to_have_count(2)
    expect(turn.get_by_text("Je stelde 2 vragen.")).to_be_visible()


def test_everything_works_without_script(
    new_page: Callable[..., Page], question_for: QuestionFor
) -> None:
    # Chromium logs a page with status 422 as an error.
    page = new_page(java_script_enabled=False, expected="422")
    page.goto("/")
    page.locator("#vraag").fill(question_for(ReplyKind.ANSWER))
    page.locator("#vraag").press("Enter")
    assert page.url.endswith("/#antwoord-1")
    expect(page.locator("#antwoord-1 h3")).to_be_in_viewport()
    page.get_by_role("button", name="Nee").click()
    assert page.url.endswith("/#vervolg-1-0")
    page.locator("#vervolg-1-0 .choices button").first.click()
    expect(page.locator("#antwoord-2 .asked-by")).to_have_text("Jij koos")
    page.locator("#vraag").fill(question_for(ReplyKind.CHOICES))
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.locator("#gesprek > .turn")).to_have_count(3)
    page.get_by_role("button", name="Geen van deze", exact=True).click()
    people = page.locator("#vervolg-3-0").get_by_role("heading", name="Klantenservice Afval")
    expect(people).to_be_visible()
    page.locator("#vraag").fill("   ")
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_text("Je vraag is nog leeg.")).to_be_visible()
    expect(page.locator("#gesprek > .turn")).to_have_count(3)


@pytest.mark.parametrize("script", [True, False])
def test_a_long_text_is_kept_in_a_field_that_shows_it(
    new_page: Callable[..., Page], question_for: QuestionFor, script: bool
) -> None:
    expected = "" if script else "422"  # Chromium logs a page with this status as an error
    page = new_page(java_script_enabled=script, expected=expected)
    text = "waarom wordt dat afval niet opgehaald " * 15
    page.goto("/")
    page.locator("#vraag").fill(text)
    page.get_by_role("button", name="Stel je vraag").click()
    field = page.locator("textarea#vraag")
    expect(page.get_by_text("Je vraag is te lang: 569 tekens.")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-describedby", "vraag-fout vraag-hulp")
    assert field.input_value().strip() == text.strip()
    field.fill(question_for(ReplyKind.ANSWER))
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.locator("article.answer")).to_be_visible()
    expect(page.get_by_text("Je vraag is te lang")).to_have_count(0)
    expect(page.locator("input#vraag")).to_have_value("")


def test_the_counter_appears_near_the_limit(page: Page) -> None:
    page.goto("/")
    counter = page.locator("#vraag-teller")
    page.locator("#vraag").fill("x" * 400)
    expect(counter).to_be_hidden()
    page.locator("#vraag").fill("x" * 450)
    expect(counter).to_have_text("450 van 500 tekens")


def test_an_empty_question_is_said_at_the_field(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Stel je vraag").click()
    expect(page.get_by_role("alert").get_by_text("Je vraag is nog leeg.")).to_be_visible()
    expect(page.locator("#vraag")).to_be_focused()
    expect(page.locator("#vraag")).to_have_attribute("aria-invalid", "true")


def test_a_failure_keeps_the_text_and_says_what_to_do(
    new_page: Callable[..., Page], question_for: QuestionFor
) -> None:
    page = new_page(expected="Failed to load resource")
    page.goto("/")
    page.route("**/", lambda route: route.abort())
    question = question_for(ReplyKind.ANSWER)
    page.locator("#vraag").fill(question)
    page.locator("#vraag").press("Enter")
    expect(page.get_by_role("heading", name="Er ging iets mis bij ons")).to_be_visible()
    expect(page.locator("#vraag")).to_have_value(question)
    expect(page.locator("#vraag")).to_be_focused()
    page.unroute("**/")
    page.locator("#vraag").press("Enter")
    expect(page.locator("article.answer")).to_be_visible()
    expect(page.get_by_text("Er ging iets mis")).to_be_hidden()


def test_a_slow_answer_says_that_it_is_being_looked_for(
    page: Page, question_for: QuestionFor
) -> None:
    page.goto("/")
    waiting: list[Route] = []
    page.route("**/", lambda route: waiting.append(route))
    page.locator("#vraag").fill(question_for(ReplyKind.ANSWER))
    page.locator("#vraag").press("Enter")
    expect(page.locator("#bezig")).to_be_visible()
    expect(page.locator("#vraag-status")).to_have_text("Vraagwijzer zoekt het antwoord.")
    expect(page.locator("#vraag")).to_be_focused()
    expect(page.locator("#vraag-knop")).to_have_attribute("aria-disabled", "true")
    page.locator("#vraag").press("Enter")  # a second time: nothing more is sent
    waiting[0].continue_()
    expect(page.locator("article.answer")).to_be_visible()
    expect(page.locator("#bezig")).to_be_hidden()
    assert len(waiting) == 1


def test_typed_html_stays_text(page: Page) -> None:
    page.goto("/")
    text = "<img src=x onerror=document.title='kapot'> waar laat ik lege batterijen?"
    turn = ask(page, text)
    expect(turn.locator(".asked .sign")).to_have_text(text)
    assert "kapot" not in page.title()


def test_back_shows_the_conversation_without_script(
    new_page: Callable[..., Page], question_for: QuestionFor
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    ask(page, question_for(ReplyKind.ANSWER))
    page.locator("#antwoord-1 .links a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator("#antwoord-1 h3")).to_be_visible()
