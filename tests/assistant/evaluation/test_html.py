from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from assistant.evaluation.drawing import Chart, Point, Series, risk_coverage_chart
from assistant.evaluation.html import to_html
from assistant.evaluation.report import BaselineResult

EMPTY_TAGS = {"meta", "link", "circle", "rect", "path", "line", "polyline", "br"}


class Outline(HTMLParser):
    """Collect ids, links, tags and texts of a page, and whether tags close in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src") if name in found]
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def page_file(report, corpus, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("verslag") / "verslag.html"
    path.write_text(to_html(report, corpus), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outline(page_file) -> Outline:
    return Outline(page_file.read_text(encoding="utf-8"))


def test_page_stands_on_its_own(outline):
    assert all(link.startswith(("#", "data:")) for link in outline.links)
    assert "script" not in outline.tags
    assert outline.open == []


def test_each_link_on_the_page_leads_somewhere_and_ids_are_unique(outline):
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))


def test_each_picture_has_its_numbers_in_a_table(page_file):
    page = page_file.read_text(encoding="utf-8")

    assert page.count('<svg class="chart"') == 3
    assert page.count("De getallen bij de grafiek") == 3


@pytest.mark.parametrize(
    "text",
    [
        "De belofte",
        "Hoeveel vragen kun je beantwoorden",
        "Klopt de zekerheid?",
        "Welke antwoorden worden verward?",
        "De grootste fouten",
        "Gedeelde woorden",
        "Hoe vaak wordt naar een bekend gat gevraagd?",
        "Wat levert meer leerstof op?",
        "Formuleringen per vraag en gat",
        "Wat kosten spelfouten?",
        "BM25",
        "Vragen in een andere taal",
        "vraagwijzer evaluate",
    ],
)
def test_page_holds_every_part(outline, text):
    assert text in outline.text


def test_corpus_version_is_named(outline, corpus):
    assert corpus.version in outline.text


def test_what_comes_from_outside_is_escaped(page_file):
    page = page_file.read_text(encoding="utf-8")

    assert "Afval &lt;scheiden&gt;" in page
    assert "<scheiden>" not in page


def test_what_was_not_measured_is_said(report, corpus):
    bare = replace(
        report,
        learning=(),
        learning_asked=(),
        spelling=(),
        baselines=(BaselineResult("BM25", (), "Installeer het."),),
    )

    text = Outline(to_html(bare, corpus)).text

    assert "--learning-curve" in text
    assert "--edits" in text
    assert "BM25 is niet gemeten. Installeer het." in text


def test_both_learning_curves_are_drawn_and_say_where_they_flatten(report, corpus):
    page = to_html(replace(report, learning_asked=report.learning), corpus)

    assert page.count('<svg class="chart"') == 4
    assert "Vrij gestelde vragen om van te leren" in Outline(page).text
    verdicts = ("meer helpt hier niet", "vlakt af bij", "stijgt nog aan het eind")
    assert sum(page.count(verdict) for verdict in verdicts) == 6
    assert len(set(Outline(page).ids)) == len(Outline(page).ids)


def test_page_of_foreign_questions_alone_can_be_made(report, corpus):
    foreign = replace(
        report,
        groups=tuple(group for group in report.groups if group.name == "kind english"),
        observations=report.foreign,
    )

    assert "Vragen in een andere taal" in Outline(to_html(foreign, corpus)).text


def test_series_differ_without_colour(observations, report):
    sets = [
        replace(o, question=replace(o.question, set_name=o.question.id[0])) for o in observations
    ]

    chart = risk_coverage_chart(replace(report, observations=tuple(sets)))

    assert [series.label for series in chart.series[:3]] == ["Alle vragen", "a", "b"]
    assert len({(series.dash, series.marker) for series in chart.series}) == len(chart.series)


def test_a_curve_is_marked_only_so_often():
    points = (Point(0, 0), Point(0.01, 0.01), Point(1, 1))
    chart = Chart("a", "A", "", "x", "y", (Series("Een", points, marker="circle"),))

    assert chart.marked(chart.series[0]) == [points[0], points[2]]


@pytest.fixture(scope="module")
def browser_page(browser, page_file) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (320, "screen"), (680, "print")])
def test_page_never_scrolls_sideways(browser_page, width, media):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(media=media)

    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_accessibility_faults(browser_page, scheme):
    browser_page.emulate_media(media="screen", color_scheme=scheme)

    found = Axe().run(browser_page)

    assert found.violations_count == 0, found.generate_report()
