"""The rules on what may be asked."""

import pytest

from web.questions import EMPTY, check_question, holds_broken_characters


@pytest.mark.parametrize("raw", ["", "   ", "\n\t \r\n", "\0", "\u200b\u200e", "\u00a0"])
def test_nothing_to_read_is_empty(raw: str) -> None:
    assert check_question(raw).problem == EMPTY


def test_five_hundred_characters_fit() -> None:
    assert check_question("é" * 500).problem == ""


def test_one_more_is_too_long_and_the_message_counts() -> None:
    problem = check_question("x" * 501).problem
    assert problem == (
        "Je vraag is te lang: 501 tekens. Er passen 500 tekens in. Maak je vraag korter."
    )


def test_length_counts_again_after_nfkc() -> None:
    # one such character becomes eighteen letters
    assert "540 tekens" in check_question("\ufdfa" * 30).problem


def test_invisible_characters_are_dropped() -> None:
    assert check_question(" waar\0 laat ik \u202everf? ").text == "waar laat ik verf?"


@pytest.mark.parametrize(("raw", "expected"), [("verf", False), ("v\0", True), ("\ud83d", True)])
def test_broken_characters_are_seen(raw: str, expected: bool) -> None:
    assert holds_broken_characters(raw) is expected
