"""Measure the import on the owner's document, where it lies beside the checkout.

The document is the owner's and stays outside the repository, so this test reads what it expects
from the files next to it.
"""

import re
from pathlib import Path

import pytest

from corpus.importers.faq import Change, Recognised, compare, merge, read_document
from corpus.importers.faq.escaping import plain_blocks
from corpus.importers.faq.writing import corpus_in

DATA = Path(__file__).parents[3].parent / "shared" / "data"
DOCUMENT = DATA / "faq-loyale-tegenspraak.txt"
SHIPPED = Path(__file__).parents[3] / "corpus" / "loyale_tegenspraak"

pytestmark = pytest.mark.skipif(
    not DOCUMENT.exists(), reason="the owner's document does not lie beside the checkout"
)


@pytest.fixture(scope="module")
def found() -> Recognised:
    """Give what was recognised in the document."""
    return read_document(DOCUMENT)


def rows() -> list[list[str]]:
    """Give (id, section, question) of each entry, as the owner listed them."""
    lines = (DATA / "entries.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.startswith("q")]


def words(text: str) -> list[str]:
    """Give the words of a text."""
    return re.findall(r"[^\W_]+", text)


def answers_in_the_raw_text() -> list[list[str]]:
    """Cut the raw text at its questions and sections, up to the closing."""
    text = " ".join(words(DOCUMENT.read_text("utf-8")))
    closing = " ".join(words("Tot slot"))
    text = text[: text.index(f" {closing} ")]
    heads = [" ".join(words(head)) for _, *row in rows() for head in row]
    for head in dict.fromkeys(heads):
        text = text.replace(head, "\n", 1)
    return [piece.split() for piece in text.split("\n")[1:] if piece.strip()]


def test_gives_exactly_the_18_entries_in_order(found: Recognised) -> None:
    expected = [(section, question) for _, section, question in rows()]

    assert len(expected) == 18
    assert [(draft.section, draft.question) for draft in found.questions] == expected


def test_answers_are_complete_and_verbatim(found: Recognised) -> None:
    answers = [words(" ".join(plain_blocks(draft.answer))) for draft in found.questions]

    assert answers == answers_in_the_raw_text()


def test_an_answer_that_ends_in_a_question_stays_whole(found: Recognised) -> None:
    endings = [line for draft in found.questions for line in plain_blocks(draft.answer)]

    assert sum(line.endswith("?") for line in endings) == 2


def test_the_list_stays_a_list(found: Recognised) -> None:
    lists = [re.findall(r"^- ", draft.answer, re.M) for draft in found.questions]

    assert [len(items) for items in lists if items] == [4]


def test_guide_and_closing_are_offered_with_their_links(found: Recognised) -> None:
    names = [draft.question for draft in found.practical]
    links = [len(re.findall(r"https://\S+", draft.answer)) for draft in found.practical]

    assert names[0] == "Leeswijzer"
    assert names[-1] == "Tot slot"
    assert links == [1, 3, 1]


def test_a_link_broken_over_two_lines_is_whole(found: Recognised) -> None:
    raw = DOCUMENT.read_text("utf-8")
    links = {link for draft in found.practical for link in re.findall(r"https://\S+", draft.answer)}

    assert links == {link for link in re.findall(r"https://\S+", raw) if not link.endswith("-")}


def test_the_second_rendering_is_left_out(found: Recognised) -> None:
    copies = [piece for piece in found.left_out if "tweede weergave" in piece.reason]

    assert len(found.left_out) == len(copies) == 1
    assert len(copies[0].text) > 7000


def test_import_over_the_shipped_corpus_keeps_our_phrasings(found: Recognised) -> None:
    shipped = corpus_in(SHIPPED)
    assert shipped is not None
    comparison = compare(found, shipped)
    merged = merge(found, comparison, shipped)

    assert not comparison.unsure
    assert not comparison.of(Change.GONE)
    for draft, row in zip(found.questions, rows(), strict=True):
        new, old = merged.entry_by_id[row[0]], shipped.entry_by_id[row[0]]
        assert new.answer == draft.answer
        assert (new.phrasings, new.short_answer, new.related) == (
            old.phrasings,
            old.short_answer,
            old.related,
        )
    assert (merged.gaps, merged.training, merged.calibration) == (
        shipped.gaps,
        shipped.training,
        shipped.calibration,
    )
