"""Test that one document is recognised the same way in every format it can have."""

import re
from collections.abc import Callable

import faq_documents as documents
import pytest

from corpus.importers.faq import Recognised
from corpus.importers.faq.escaping import plain_blocks
from corpus.importers.faq.formats import parse

DOCUMENTS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "text": lambda: (documents.as_text().encode(), "faq.txt"),
    "text in pages": lambda: (documents.as_text(feed=True).encode(), "faq.txt"),
    "narrow text": lambda: (documents.as_text(width=55).encode(), "faq.txt"),
    "markdown": lambda: (documents.as_markdown().encode(), "faq.md"),
    "html": lambda: (documents.as_html().encode(), "faq.html"),
    "details": lambda: (documents.as_details().encode(), "faq.html"),
    "docx": lambda: (documents.as_docx(), "faq.docx"),
    "docx in bold": lambda: (documents.as_docx(bold=True), "faq.docx"),
    "pdf": lambda: (documents.as_pdf(), "faq.pdf"),
    "pdf in bold": lambda: (documents.as_pdf(bold=True), "faq.pdf"),
    "pdf in two columns": lambda: (documents.as_pdf(columns=2), "faq.pdf"),
}


@pytest.fixture(scope="module", params=list(DOCUMENTS))
def found(request: pytest.FixtureRequest) -> Recognised:
    """Give what was recognised, once a format."""
    return parse(*DOCUMENTS[request.param]())


def words(text: str) -> str:
    """Give the words of a text; joined lines and list marks make no difference."""
    return " ".join(re.findall(r"\w+", text))


def test_questions_are_exact_and_in_order(found: Recognised) -> None:
    assert [draft.question for draft in found.questions] == documents.QUESTIONS


def test_sections_are_kept_in_order(found: Recognised) -> None:
    assert [section.casefold() for section in found.sections] == [
        section.casefold() for section in documents.SECTIONS
    ]


def test_answers_are_complete_and_verbatim(found: Recognised) -> None:
    answers = [words(" ".join(plain_blocks(table_text(d.answer)))) for d in found.questions]

    expected = [words(answer) for answer in documents.answers()]
    without_link = [answer.replace(words(documents.LINK), "").strip() for answer in answers]
    assert [re.sub(r"\s+", " ", answer) for answer in without_link] == expected


def table_text(markdown: str) -> str:
    """Give Markdown with the lines of tables as paragraphs."""
    return re.sub(
        r"^\|(.*)\|$",
        lambda m: m[1].replace("|", " ").replace("-", "") + "\n",
        markdown,
        flags=re.M,
    )


def test_lists_stay_lists(found: Recognised) -> None:
    steps, nested = found.questions[1].answer, found.questions[2].answer

    assert re.findall(r"^\d\. (?:Zet|Plak|Laat)", steps, re.M) == ["1. Zet", "2. Plak", "3. Laat"]
    assert re.findall(r"^( *)[-*] (\w+)", nested, re.M) == [
        ("", "papier"),
        ("", "glas"),
        ("  ", "flessen"),
        ("  ", "vlakglas"),
        ("", "kleine"),
    ]


def test_links_are_kept(found: Recognised) -> None:
    assert documents.LINK in found.questions[1].answer


def test_tables_stay_tables(found: Recognised) -> None:
    answer = found.questions[3].answer

    assert "| Soort | Prijs per kilo |\n| --- | --- |\n| schoon puin | 2 cent |" in answer


def test_guide_and_closing_are_offered_as_practical(found: Recognised) -> None:
    assert [draft.question for draft in found.practical] == ["Leeswijzer", "Tot slot"]
    assert found.practical[1].answer.endswith("of loop binnen bij de balie in het stadhuis.")


def test_short_answers_fit_and_are_marked_unsure(found: Recognised) -> None:
    for draft in found.drafts:
        assert 0 < len(draft.short_answer) <= 300
        assert any("korte antwoord" in doubt for doubt in draft.doubts)


def test_title_is_that_of_the_document(found: Recognised) -> None:
    assert found.title == documents.TITLE
