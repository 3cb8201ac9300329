"""Test what must hold for any text: no crash, and nothing lost without a word."""

import re
from collections import Counter

import faq_documents as documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.importers.faq import DocumentError, Recognised
from corpus.importers.faq.formats import parse

LINES = st.sampled_from(
    [
        "Waar mag ik parkeren?",
        "Wat kost een vergunning voor bewoners",
        "en voor bedrijven?",
        "Een vergunning kost veertig euro per jaar, en voor bedrijven het dubbele",
        "daarvan. Dat is vastgelegd in de verordening.",
        "BETAALD PARKEREN",
        "A. Vergunningen",
        "3. Bezwaar",
        "Leeswijzer",
        "Inhoud",
        "Tot slot",
        "Contact",
        "- muntgeld",
        "  - pas",
        "• telefoon",
        "1. Log in.",
        "2. Kies een zone.",
        "a) centrum",
        "________________",
        "V: Mag dat?",
        "A: Ja, dat mag.",
        "Vraag 2",
        "Antwoord",
        "[1] Behalve op zondag.",
        "elke week.[1]",
        "Pagina 2 van 3",
        "12",
        "soort\tprijs",
        "hout\t9 cent",
        "https://www.voorbeeldstad.nl/parkeren",
        "Zie ook *deze* [regels] <hier>.",
        "Waar betaal ik? ......... 4",
        "",
        "",
        "",
        "\f",
    ]
)
MARKERS = {"v", "a", "vraag", "antwoord"}


def words(text: str) -> Counter[str]:
    """Count the words of a text; hyphens and escapes make no difference."""
    return Counter(re.findall(r"[^\W_]+", text.casefold().replace("-\n", "")))


def told(found: Recognised) -> Counter[str]:
    """Count the words that the preview shows somewhere."""
    texts = [found.title, *found.sections]
    for draft in found.drafts:
        texts += [draft.question, draft.answer, draft.section]
    texts += [piece.text for piece in found.left_out]
    return words(" ".join(texts).replace("-", ""))


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=2, max_size=25), st.sampled_from(["faq.txt", "faq.md"]))
def test_every_word_of_a_text_is_imported_or_named_as_left_out(lines: list[str], name: str) -> None:
    text = "\n".join(["Waar is het loket?", "Naast het stadhuis.", "", *lines])
    try:
        found = parse(text.encode(), name)
    except DocumentError:
        return

    letters = Counter({w for w in words(text.replace("-", "")) if w.isalpha() and len(w) > 3})
    missing = set(letters) - set(told(found)) - MARKERS
    assert not missing


def outcome(raw: bytes, name: str) -> Recognised | str:
    """Give what was recognised, or the sentence that says why nothing was."""
    try:
        return parse(raw, name)
    except DocumentError as error:
        return str(error)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(["txt", "md", "html", "csv", "json", "yml"]))
def test_any_bytes_give_a_document_or_one_sentence(raw: bytes, kind: str) -> None:
    found = outcome(raw, f"faq.{kind}")

    assert "\n" not in found if isinstance(found, str) else found.questions


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(["docx", "pdf"]))
def test_a_damaged_file_gives_a_document_or_one_sentence(data: st.DataObject, kind: str) -> None:
    raw = bytearray(documents.as_docx() if kind == "docx" else documents.as_pdf())
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    del raw[data.draw(st.integers(len(raw) // 2, len(raw))) :]

    found = outcome(bytes(raw), f"faq.{kind}")

    assert "\n" not in found if isinstance(found, str) else found.questions
