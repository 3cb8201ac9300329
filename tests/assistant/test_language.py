"""Questions in another language are told apart; Dutch ones never are."""

import pytest

from assistant.language import foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What should I do when nobody listens to my advice?", "en"),
        ("Gibt es dazu auch eine Aufzeichnung?", "de"),
        ("Est-ce que je peux revoir la réunion plus tard ?", "fr"),
        ("Patronum beni dinlemezse ne yapmalıyım?", "tr"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Wat doe ik als niemand luistert?",
        "top webinar",
        "ok",
        "feedback is een cadeautje, awareness ook",
        "speak up cultuur bij ons in huis",
        "",
    ],
)
def test_dutch_with_borrowed_words_stays_dutch(text: str) -> None:
    assert foreign_language(text) is None
