from collections.abc import Callable

from corpus.importers.chat import ChatFormat, ChatImport

Reader = Callable[..., ChatImport]

PANEL = (
    "Ria Test 10:03 AM\nWaar is de koffie?\n"
    "Bas Proef 10:04 AM\nOp de gang om 10:15\nlinks\n\n"
    "Jo Voorbeeld 10:06 AM\nTot straks om 11:30\n"
)
TEAMS = (
    "Is de zaal al open? Ik sta voor een dichte deur... by Ria Test\nRia Test\n2:44 pm\n"
    "Is de zaal al open? Ik sta voor een dichte deur.\n\n3\n"
    "Ja hoor by Bas Proef\nBas Proef\n2:45 pm\nRia Test\n4/2/2026 2:44 PM\n"
    "Is de zaal al open?\nJa hoor, loop maar door\nhas context menu\n\n"
    "Last read\n"
    "2:47 pm\nRia Test\nDank je\n"
)
TEAMS_OLD = "[10:03] Ria Test\nEerste vraag?\n\n[dinsdag 10:05] Bas Proef\nEen antwoord\n"


def test_copy_of_the_zoom_panel_links_replies_below(read: Reader) -> None:
    chat = read(PANEL)
    assert chat.format is ChatFormat.ZOOM_PANEL
    assert [m.text for m in chat.messages] == [
        "Waar is de koffie?",
        "Op de gang om 10:15\nlinks",
        "Tot straks om 11:30",
    ]
    assert [m.reply_to for m in chat.messages] == [None, 0, None]
    assert chat.messages[0].time == "10:03:00"


def test_copy_of_teams_with_teasers_quotes_and_counts(read: Reader) -> None:
    chat = read(TEAMS)
    assert chat.format is ChatFormat.TEAMS_COPIED
    assert [m.text for m in chat.messages] == [
        "Is de zaal al open? Ik sta voor een dichte deur.",
        "Ja hoor, loop maar door",
        "Dank je",
    ]
    assert chat.messages[0].reactions == 3
    assert chat.messages[1].reply_to == 0
    assert chat.messages[2].time == "14:47:00"


def test_copy_of_teams_with_times_in_brackets(read: Reader) -> None:
    chat = read(TEAMS_OLD)
    assert [m.text for m in chat.messages] == ["Eerste vraag?", "Een antwoord"]
    assert [m.time for m in chat.messages] == ["10:03:00", "10:05:00"]
