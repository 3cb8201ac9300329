"""How easily a text reads, by sentence length and by how many people use its words."""

import pytest

from assistant.inspection import Subject, inspect
from assistant.readability import LONG_SENTENCE, hints, is_common, readability
from corpus import Corpus

LONG = (
    "Wie een grote doos met oude boeken heeft en die graag wil weggeven aan iemand die er nog veel "
    "plezier van heeft, kan elke dag langskomen."
)


def test_sentences_are_counted_in_paragraphs_lists_and_headings() -> None:
    measured = readability("# Zo doe je dat\n\nKom langs. Neem je pas mee.\n\n- Loop naar de balie")
    assert measured.sentences == (
        "Zo doe je dat",
        "Kom langs.",
        "Neem je pas mee.",
        "Loop naar de balie",
    )
    assert measured.words == 14
    assert measured.average == 3.5


def test_a_table_an_address_and_an_abbreviation_do_not_make_sentences() -> None:
    measured = readability(
        "Kies iets, bijv. een film.\nZie www.voorbeeld.nl/x.y of bel.\n\n|a|b|\n|-|-|\n|c|d|"
    )
    assert len(measured.sentences) == 2


def test_a_long_sentence_is_named_with_its_length() -> None:
    measured = readability(f"Kom langs. {LONG}")
    assert measured.long_sentences == (LONG,)
    long = next(hint for hint in hints(measured) if LONG in hint)
    assert f"{len(LONG.split())} woorden" in long
    assert len(LONG.split()) > LONG_SENTENCE


def test_the_average_is_told_when_it_is_high() -> None:
    [hint] = hints(
        readability(
            "Je mag elke dag langskomen om je boeken te brengen of er een paar mee te nemen."
        )
    )
    assert hint == "Een zin heeft gemiddeld 17,0 woorden. Tot 14 leest makkelijk."


@pytest.mark.parametrize(
    "word", ["boek", "inleveren", "bibliotheekboek", "verblijfsdocument", "e-book", "gemeentehuis"]
)
def test_words_and_compounds_of_common_words_are_common(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["geprononceerd", "discrepanties", "voornoemd", "vigerend"])
def test_words_that_few_people_use_are_not_common(word: str) -> None:
    assert not is_common(word)


def test_uncommon_words_are_listed_once_without_names_and_familiar_words() -> None:
    text = (
        "De vigerende regels gelden. Vigerende afspraken gaan naar Zwammerdam. Het gaat om een EZK."
    )
    assert readability(text).uncommon == ("vigerende",)
    assert readability(text, ("welke regels zijn vigerend",)).uncommon == ()


@pytest.mark.parametrize("text", ["", "   ", "|a|\n|-|", "***", "12 345", "\0", "[" * 500])
def test_a_text_without_sentences_has_no_hints(text: str) -> None:
    assert hints(readability(text)) == ()


def test_check_deep_names_the_answers_that_read_hard(corpus: Corpus) -> None:
    found = [f for f in inspect(corpus) if f.subject is Subject.READING]
    assert {finding.target for finding in found} <= set(corpus.entry_by_id)
    assert all("woorden" in finding.message for finding in found)
    assert found
