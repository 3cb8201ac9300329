"""The pages to read: all questions, one question, contact, and what a site tells of itself."""

import pytest
from flask.testing import FlaskClient

from corpus import Corpus
from web.pages import search_entries
from web.presentation import sections_of


def test_every_question_stands_under_its_section(client: FlaskClient, corpus: Corpus) -> None:
    page = client.get("/vragen").text
    places = [page.index(f'href="/vraag/{entry.id}"') for entry in corpus.entries]
    assert places == sorted(places)
    assert page.count("<h2 id=") == len(corpus.sections)


def test_the_page_prints_every_answer(client: FlaskClient, corpus: Corpus) -> None:
    page = client.get("/vragen").text
    assert page.count('class="print-only prose"') == len(corpus.entries)
    assert "Maak dozen plat" in page


def test_sections_have_their_letter_apart(corpus: Corpus) -> None:
    first, _, last = sections_of(corpus)
    assert (first.code, first.name) == ("A", "Scheiden aan huis")
    assert (last.code, last.name) == ("", "Praktisch")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pizzadoos", []),
        ("karton", ["q03"]),
        ("KARTÓN oud", ["q03"]),
        ("kart", ["q03"]),
        ("arton", []),
        ("apotheek verf", ["q05"]),
        ("", ["q01", "q02", "q03", "q04", "q05", "q06", "p01"]),
    ],
)
def test_search_finds_each_word_or_its_beginning(
    corpus: Corpus, query: str, expected: list[str]
) -> None:
    assert [entry.id for entry in search_entries(corpus, query)] == expected


def test_search_is_posted_and_shows_what_it_found(client: FlaskClient) -> None:
    page = client.post("/vragen", data={"search": "karton"}).text
    assert "1 vraag gevonden." in page
    assert 'href="/vraag/q03"' in page
    assert 'href="/vraag/q02"' not in page
    assert 'value="karton"' in page


def test_search_without_result_offers_to_ask(client: FlaskClient) -> None:
    page = client.post("/vragen", data={"search": "<b>bromfiets</b>"}).text
    assert "0 vragen gevonden." in page
    assert "Geen vraag gevonden" in page
    assert 'name="question" value="&lt;b&gt;bromfiets&lt;/b&gt;"' in page


def test_search_text_never_stands_in_an_address(client: FlaskClient) -> None:
    page = client.get("/vragen").text
    assert 'method="post" action="/vragen"' in page
    assert 'method="get"' not in page.lower()


@pytest.mark.parametrize("query", ["\0", "x" * 5000, "\ufdfa" * 200, "[" * 100, "  "])
def test_odd_searches_get_a_page(client: FlaskClient, query: str) -> None:
    assert client.post("/vragen", data={"search": query}).status_code == 200


def test_an_entry_has_a_page_of_its_own(client: FlaskClient, corpus: Corpus) -> None:
    page = client.get("/vraag/q05").text
    entry = corpus.entry_by_id["q05"]
    assert f"<title>{entry.question} - Vraagwijzer</title>" in page
    assert "Gooi het nooit bij het restafval" in page
    assert "Je staat er niet alleen voor" in page
    assert entry.section in page
    assert entry.source in page
    assert 'href="/vraag/q04"' in page
    assert "http://localhost/vraag/q05" in page  # on paper, the address of the page


@pytest.mark.parametrize("entry_id", ["q99", "g01", "Q05", "q05%00", "<script>", "../q05"])
def test_an_unknown_entry_is_not_found(client: FlaskClient, entry_id: str) -> None:
    assert client.get(f"/vraag/{entry_id}").status_code == 404


def test_contact_lists_every_way(client: FlaskClient, corpus: Corpus) -> None:
    page = client.get("/contact").text
    assert all(contact.label in page for contact in corpus.contacts)
    assert 'href="mailto:milieustraat@waterveen.example">milieustraat@waterveen.example' in page


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/over", "Mensen hebben de antwoorden geschreven en goedgekeurd."),
        ("/toegankelijkheid", "Wat we nog niet hebben getest"),
        ("/privacy", "We bewaren je vraag niet"),
    ],
)
def test_the_site_tells_about_itself(client: FlaskClient, path: str, sentence: str) -> None:
    page = client.get(path).text
    assert sentence in page
    assert 'href="/contact"' in page
