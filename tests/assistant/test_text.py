"""Dutch chat text becomes words and stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import MAX_QUESTION_LENGTH, clean, normalise, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Collega's helpen", ["collega", "helpen"]),
        ("zo\u2019n vraag", ["zo", "een", "vraag"]),
        ("m'n baas", ["mijn", "baas"]),
        ("'t is 'n regel", ["het", "is", "een", "regel"]),
        ("BEÏNVLOEDEN, één keer", ["beinvloeden", "een", "keer"]),
        ("heeeeel lang", ["heel", "lang"]),
        ("ff kijken mbt 2030", ["even", "kijken", "met", "betrekking", "tot", "2030"]),
        ("ﬁnanciën", ["financien"]),
        ("👍 ...", []),
    ],
)
def test_words_are_lower_case_plain_and_written_out(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_inflected_words_share_a_stem() -> None:
    assert stems("besluiten besluit") == ["besluit", "besluit"]


def test_clean_drops_control_characters_and_broken_characters() -> None:
    assert clean("een\x00 vraag\u202e \ud800 hier") == "een vraag hier"


def test_clean_keeps_words_apart_at_line_ends_and_tabs() -> None:
    assert clean("regel een\nregel\ttwee") == "regel een regel twee"


def test_normalise_never_gives_more_than_twice_the_longest_question() -> None:
    grows_eighteenfold = "\ufdfa" * 10_000
    assert len(normalise(grows_eighteenfold)) <= 2 * MAX_QUESTION_LENGTH


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=300))
def test_words_hold_only_plain_letters_digits_and_underscores(text: str) -> None:
    assert all(word and word.isascii() and word == word.lower() for word in words(text))
