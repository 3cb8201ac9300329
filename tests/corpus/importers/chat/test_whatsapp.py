from collections.abc import Callable

import pytest

from corpus.importers.chat import ChatFormat, ChatImport

Reader = Callable[..., ChatImport]

ANDROID = (
    "03-04-2026 09:41 - Berichten en gesprekken zijn end-to-end versleuteld.\n"
    '03-04-2026 09:41 - Ria heeft de groep "Proef: les" gemaakt\n'
    "03-04-2026 10:00 - Ria Test: Welkom\nop twee regels\n"
    "03-04-2026 10:01 - +31 6 12345678: <Media weggelaten>\n"
    "03-04-2026 10:02 - Bas: Waar is de zaal? <Dit bericht is bewerkt>\n"
    "03-04-2026 10:03 - Bas: Dit bericht is verwijderd\n"
    "03-04-2026 10:04 - Jo: IMG-1.jpg (bestand bijgevoegd)\nmet een bijschrift\n"
)
IOS = (
    "[03-04-2026 10:00:05] Ria Test: \u200eBerichten zijn end-to-end versleuteld\n"
    "[03-04-2026 10:00:09] Bas: Hoi: dubbele punt\n"
    "\u200e[03-04-2026 10:00:11] Jo: \u200eafbeelding weggelaten\n"
)


def test_android_export(read: Reader) -> None:
    chat = read(ANDROID)
    assert chat.format is ChatFormat.WHATSAPP
    assert [m.text for m in chat.messages] == [
        "Welkom\nop twee regels",
        "Waar is de zaal?",
        "met een bijschrift",
    ]
    assert chat.messages[0].time == "2026-04-03T10:00:00"
    assert chat.skipped == 4


def test_ios_export(read: Reader) -> None:
    chat = read(IOS)
    assert [m.text for m in chat.messages][-1] == "Hoi: dubbele punt"
    assert chat.messages[-1].time == "2026-04-03T10:00:09"
    assert not any("weggelaten" in m.text for m in chat.messages)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("8/27/20, 11:17 AM - ", "2020-08-27T11:17:00"),
        ("27/08/2020, 23:17 - ", "2020-08-27T23:17:00"),
        ("[27.08.20, 11:17:05] ", "2020-08-27T11:17:05"),
        ("8/27/20, 1:07\u202fPM - ", "2020-08-27T13:07:00"),
    ],
)
def test_dates_of_other_countries(read: Reader, stamp: str, expected: str) -> None:
    chat = read(f"{stamp}Bas: hallo\n{stamp}Jo: dag\n", format=ChatFormat.WHATSAPP)
    assert [m.time for m in chat.messages] == [expected, expected]
