"""Every page in every state: axe-core finds nothing, and nothing is wider than the window."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from chat_steps import ask, scrolls_sideways
from playwright.sync_api import Page, expect

from assistant import ReplyKind

QuestionFor = Callable[[ReplyKind], str]
State = Callable[[Page, QuestionFor], None]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def visit(path: str) -> State:
    return lambda page, question_for: page.goto(path) and None


def asked(kind: ReplyKind, button: str = "") -> State:
    """Give the state after a question with a kind of reply, and perhaps a button in that reply."""

    def go(page: Page, question_for: QuestionFor) -> None:
        page.goto("/")
        turn = ask(page, question_for(kind))
        if button:
            turn.get_by_role("button", name=button).click()
            expect(turn.locator(".follow")).to_be_focused()

    return go


def typed(text: str, key: str = "") -> State:
    """Give the state after typing a text, and perhaps a key."""

    def go(page: Page, question_for: QuestionFor) -> None:
        page.goto("/")
        page.locator("#vraag").fill(text)
        if key:
            page.locator("#vraag").press(key)

    return go


def failed(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    page.route("**/", lambda route: route.abort())
    page.locator("#vraag").fill("waar laat ik lege batterijen?")
    page.locator("#vraag").press("Enter")
    expect(page.get_by_role("heading", name="Er ging iets mis bij ons")).to_be_visible()


def busy(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    page.route("**/", lambda route: None)  # never answered
    page.locator("#vraag").fill("waar laat ik lege batterijen?")
    page.locator("#vraag").press("Enter")
    expect(page.locator("#bezig")).to_be_visible()


def signpost(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    turn = ask(page, "ik heb asbest gevonden in de schuur")
    expect(turn.get_by_role("heading", name="Je staat er niet alleen voor")).to_be_visible()


def two_questions(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    ask(page, "Ik ben mijn afvalpas kwijt, wat nu? En waar lever ik lege batterijen in?")


def long_word(page: Page, question_for: QuestionFor) -> None:
    page.goto("/")
    ask(page, "w" * 400 + " waar laat ik verf")


def searched(text: str) -> State:
    def go(page: Page, question_for: QuestionFor) -> None:
        page.goto("/vragen")
        page.locator("#zoek").fill(text)
        expect(page.locator("#zoek-uitslag")).not_to_be_empty()

    return go


STATES: dict[str, State] = {
    "start": visit("/"),
    "suggestions": typed("wat", "ArrowDown"),
    "answer": asked(ReplyKind.ANSWER),
    "answer with signpost": signpost,
    "yes": asked(ReplyKind.ANSWER, "Ja"),
    "no": asked(ReplyKind.ANSWER, "Nee"),
    "choices": asked(ReplyKind.CHOICES),
    "none of these": asked(ReplyKind.CHOICES, "Geen van deze"),
    "fallback": asked(ReplyKind.FALLBACK),
    "gap": asked(ReplyKind.GAP),
    "two questions": two_questions,
    "greeting": asked(ReplyKind.GREETING),
    "technical": asked(ReplyKind.TECHNICAL),
    "other language": asked(ReplyKind.OTHER_LANGUAGE),
    "long word": long_word,
    "empty": typed(" ", "Enter"),
    "too long": typed("waarom " * 90, "Enter"),
    "failed": failed,
    "busy": busy,
    "all questions": visit("/vragen"),
    "found": searched("karton"),
    "nothing found": searched("bromfiets"),
    "entry": visit("/vraag/q04"),
    "entry with signpost": visit("/vraag/q05"),
    "contact": visit("/contact"),
    "about": visit("/over"),
    "accessibility": visit("/toegankelijkheid"),
    "privacy": visit("/privacy"),
    "not found": visit("/bestaat-niet"),
}
LOOKS = {
    "light and large": {"width": 1440, "height": 900, "color_scheme": "light"},
    "dark and at 400 percent": {"width": 320, "height": 256, "color_scheme": "dark"},
}
# What these states cause on purpose, Chromium logs as an error.
EXPECTED = {"failed": "Failed to load resource", "not found": "404"}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    new_page: Callable[..., Page], question_for: QuestionFor, state: str, look: str
) -> None:
    page = new_page(**LOOKS[look], expected=EXPECTED.get(state, ""))
    STATES[state](page, question_for)
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("state", ["start", "answer", "choices", "gap", "all questions", "entry"])
def test_text_spacing_cuts_nothing_off(
    new_page: Callable[..., Page], question_for: QuestionFor, state: str
) -> None:
    page = new_page(width=320, height=640, bypass_csp=True)
    STATES[state](page, question_for)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((element) => {
          const style = getComputedStyle(element);
          return style.overflow === "hidden" && !element.closest(".visually-hidden, svg")
            && element.scrollHeight > element.clientHeight + 1;
        }).map((element) => element.className)"""
    )
    assert cut == []
    assert not scrolls_sideways(page)


def test_the_focused_field_is_not_hidden_at_400_percent(
    new_page: Callable[..., Page], question_for: QuestionFor
) -> None:
    page = new_page(width=320, height=256)
    asked(ReplyKind.ANSWER)(page, question_for)
    position = "getComputedStyle(document.querySelector('.composer')).position"
    assert page.evaluate(position) == "static"
    page.locator("#vraag").scroll_into_view_if_needed()
    page.locator("#vraag").press_sequentially("wat")
    expect(page.locator("#vraag")).to_be_in_viewport(ratio=1)
    page.locator("#vraag").press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_in_viewport(ratio=1)


def test_nothing_focused_lies_under_the_composer(page: Page, question_for: QuestionFor) -> None:
    asked(ReplyKind.FALLBACK)(page, question_for)
    composer = page.locator(".composer")
    for link in page.locator("#gesprek a").all():
        link.focus()
        box, bar = link.bounding_box(), composer.bounding_box()
        assert box is not None
        assert bar is not None
        assert box["y"] + box["height"] <= bar["y"] + 1


def test_main_controls_are_large_enough(page: Page, question_for: QuestionFor) -> None:
    asked(ReplyKind.CHOICES)(page, question_for)
    for control in page.locator("button:visible, .nav a, .links a, input:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44, control.inner_text()


def test_forced_colours_keep_the_shape_of_choices(
    new_page: Callable[..., Page], question_for: QuestionFor
) -> None:
    page = new_page(forced_colors="active")
    asked(ReplyKind.CHOICES)(page, question_for)
    style = "(element) => getComputedStyle(element).borderTopStyle"
    assert page.locator(".choices .sign").first.evaluate(style) == "solid"
    assert page.locator(".asked .sign").first.evaluate(style) == "solid"


def test_reduced_motion_stops_the_dots(
    new_page: Callable[..., Page], question_for: QuestionFor
) -> None:
    page = new_page(reduced_motion="reduce")
    busy(page, question_for)
    animation = "(element) => getComputedStyle(element).animationName"
    assert page.locator("#bezig .dots i").first.evaluate(animation) == "none"
