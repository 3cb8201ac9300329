"""Markdown of the corpus becomes safe HTML."""

import pytest

from web.markdown import render_markdown


def test_lists_and_strong_text_are_rendered() -> None:
    html = render_markdown("Kies **een**:\n\n- glas\n- papier")
    assert "<strong>een</strong>" in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "tekst <img src=x onerror=alert(1)>",
        "<div\nonclick='x'>",
        "<!-- weg -->",
    ],
)
def test_html_is_shown_as_text(text: str) -> None:
    html = render_markdown(text)
    assert "&lt;" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "<div" not in html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//kwaad.nl"],
)
def test_unsafe_addresses_become_no_link(url: str) -> None:
    assert "<a" not in render_markdown(f"[klik]({url})")


def test_links_to_elsewhere_get_no_opener() -> None:
    html = render_markdown("[site](https://www.waterveen.example/afval)")
    assert '<a href="https://www.waterveen.example/afval" rel="noopener">' in html


def test_images_ask_no_other_host() -> None:
    assert "<img" not in render_markdown("![foto](https://elders.example/foto.png)")


def test_headings_stand_below_the_question() -> None:
    assert render_markdown("# Eerst\n\n## Dan") == "<h4>Eerst</h4>\n<h5>Dan</h5>\n"
