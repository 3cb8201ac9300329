from collections.abc import Callable

import pytest

from corpus.importers.chat import ChatFormat, ChatImport, parse_text

Reader = Callable[..., ChatImport]


def test_each_line_is_a_message(read: Reader) -> None:
    chat = read("Hoi allemaal\n\nWaar is de zaal, en hoe laat?\n")
    assert chat.format is ChatFormat.PASTED
    assert [m.text for m in chat.messages] == ["Hoi allemaal", "Waar is de zaal, en hoe laat?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "10:03 Ria: hallo\n10:04 Bas: dag\n10:05 Ria: vraag: hoe?\n",
            ["hallo", "dag", "vraag: hoe?"],
        ),
        ("Ria Test: hallo\nBas: dag\nRia Test: doei", ["hallo", "dag", "doei"]),
        ("- eerste\n- tweede\n- derde", ["eerste", "tweede", "derde"]),
        ("1. eerste\n2. tweede", ["eerste", "tweede"]),
        ("let op: regen\nzonder naam\nnog een", ["let op: regen", "zonder naam", "nog een"]),
    ],
)
def test_times_names_and_bullets_before_most_lines_go(text: str, expected: list[str]) -> None:
    assert [m.text for m in parse_text(text).messages] == expected


def test_pasted_names_are_dropped(read: Reader) -> None:
    assert "Ria" not in repr(read("Ria Test: hallo\nBas: dag\nRia Test: doei"))
