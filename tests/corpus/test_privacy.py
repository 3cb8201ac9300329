"""Test that personal data goes and that all other text stays."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted_personal import harmless_traps, planted

from corpus import SHIPPED_CORPUS, load_corpus
from corpus.privacy import PersonalData, find_personal, redact


def _is_gone(kind: PersonalData, item: str, text: str) -> bool:
    return redact(text) == text.replace(item, kind.value)


def test_at_least_98_of_100_planted_items_are_taken_out_whole() -> None:
    items = list(planted())
    missed = [(text, redact(text)) for kind, item, text in items if not _is_gone(kind, item, text)]
    assert len(items) == 300
    assert len(missed) <= 0.02 * len(items), missed


def test_at_most_one_false_hit_in_2000_harmless_sentences() -> None:
    corpus = load_corpus(SHIPPED_CORPUS)
    lines = [text for text, _ in corpus.labelled_phrasings()] + list(corpus.out_of_scope)
    sentences = [*lines[:1500], *harmless_traps(2000 - min(1500, len(lines)))]
    hits = [(text, redact(text)) for text in sentences if redact(text) != text]
    assert len(sentences) == 2000
    assert len(hits) <= 1, hits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel 06-12345678 of mail a@b.nl", "bel [telefoonnummer] of mail [e-mailadres]"),
        ("bsn is 111222333", "bsn is [burgerservicenummer]"),
        ("nummer 123456789 faalt de elfproef", "nummer 123456789 faalt de elfproef"),
        ("ik ben Karin van Provincie Utrecht", "ik ben [naam] van Provincie Utrecht"),
        ("Mijn naam is Jan de Koning", "Mijn naam is [naam]"),
        ("mijn naam is jan jansen en ik werk hier", "mijn naam is [naam] en ik werk hier"),
        ("de Koning", "de Koning"),
        ("", ""),
    ],
)
def test_text_after_redaction(text: str, expected: str) -> None:
    assert redact(text) == expected


def test_findings_are_in_order_and_do_not_overlap() -> None:
    findings = find_personal("Ik ben Petra, mail petra@x.nl of bel 0612345678.")
    assert [finding.kind.name for finding in findings] == ["NAME", "EMAIL", "PHONE"]
    assert all(a.end <= b.start for a, b in pairwise(findings))


@given(st.text(max_size=300))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@pytest.mark.parametrize(
    "piece", ["a", "1", "0 ", "a.", "NL12 ", "Van ", "ik ben ", "1234 AB ", "@"]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.perf_counter()
    redact(text)
    assert time.perf_counter() - started < 2
