import pytest

from assistant.sentences import sentences, without_urls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een. Twee? Drie!", ["Een.", "Twee?", "Drie!"]),
        ("Kan dit o.a. op 10.30 uur? Ja", ["Kan dit o.a. op 10.30 uur?", "Ja"]),
        ("klaar.Nog een", ["klaar.", "Nog een"]),
        ("Klaar?Nog een", ["Klaar?", "Nog een"]),
        ("Mooi 😀 ja! 👍 Dank", ["Mooi 😀 ja! 👍", "Dank"]),
        ("eerst\n\ndan", ["eerst", "dan"]),
        ("nou... misschien", ["nou... misschien"]),
        ("", []),
        ("...", ["..."]),
    ],
)
def test_sentences_of_chat(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_addresses_go() -> None:
    assert without_urls("zie https://a.nl/b?c=d en www.e.nl").split() == ["zie", "en"]
