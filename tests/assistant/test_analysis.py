"""Misspelled words are mended against the corpus's vocabulary, and jargon is joined."""

import pytest

from assistant.analysis import Analyzer

TEXTS = [
    "mijn leidinggevende luistert niet naar mijn bezwaren",
    "de gedeputeerde wil een ander advies",
    "de gedeputeerde tekent het besluit",
    "wat vinden gedeputeerde staten daarvan",
    "een ander besluit",
]
JARGON = [("gedeputeerde staten", ("gs", "college van gs"))]


@pytest.fixture
def analyzer() -> Analyzer:
    return Analyzer.from_texts(TEXTS, JARGON)


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("leidingevende", ("leidinggevende",)),
        ("beslutt", ("besluit",)),
        ("advise", ("advies",)),
        ("anderbesluit", ("ander", "besluit")),
        ("besluit", ("besluit",)),
        ("nee", ("nee",)),
        ("xylofoon", ("xylofoon",)),
        ("123456", ("123456",)),
    ],
)
def test_repair_finds_the_word_that_was_meant(
    analyzer: Analyzer, word: str, mended: tuple[str, ...]
) -> None:
    assert analyzer.repair(word) == mended


@pytest.mark.parametrize("text", ["GS", "college van GS", "Gedeputeerde Staten"])
def test_every_variant_of_a_term_becomes_the_same_word(analyzer: Analyzer, text: str) -> None:
    assert analyzer.words(text) == ["gedeputeerde_staten_"]


def test_a_part_of_a_term_is_left_as_it_is(analyzer: Analyzer) -> None:
    assert analyzer.words("de gedeputeerde") == ["de", "gedeputeerde"]


def test_unknown_share_counts_words_as_they_were_typed(analyzer: Analyzer) -> None:
    assert analyzer.unknown_share("mijn xylofoon") == 0.5


def test_unknown_share_of_nothing_is_zero(analyzer: Analyzer) -> None:
    assert analyzer.unknown_share("!!!") == 0.0
