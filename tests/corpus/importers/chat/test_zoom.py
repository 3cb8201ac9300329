"""Test each form in which Zoom saves a chat; all people and texts are invented."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from corpus.importers.chat import ChatFormat, ChatImport, Message

Reader = Callable[..., ChatImport]

Z1 = (
    "14:00:01\t From  Ria Test (host) : Welkom!\r\n"
    "14:00:05\t From  Jo to Go (she/her) : Hallo : daar\r\n"
    "14:00:09\t From  Bas Proef  to  Ria Test(Privately) : geheim\r\n"
    "14:01:00\t From  Bas Proef : Een regel\r\n"
    "en nog een\r\n"
    "\r\n"
    "een derde\r\n"
    "14:02:00\t From  Jo to Go (she/her) : \r\n"
)
Z1B = (
    "09:00:00 From Ria Test To Everyone : eerste\n"
    "09:00:02 From Bas Proef to Ria Test : alleen voor jou\n"
    "09:00:03 From Bas to Basics To Everyone : tijd: 10:00:00 From nergens\n"
    "x = 1\n"
)
Z2 = (
    "14:00:01 From  Ria Test  to  Everyone:\n"
    "\tWelkom!\n"
    "14:00:02 From Bas Proef to Hosts and panelists:\n"
    "\tkan de muziek uit\n"
    "14:00:03 From Jo to Go To Everyone:\n"
    "  Met twee spaties\n"
    "14:00:04 From Bas Proef to Ria Test(Direct Message):\n"
    "\tpsst\n"
)
Z3 = (
    "2026-03-01 10:00:00 From Ria Test to Everyone:\n"
    "\tWie heeft de sleutel van het hek?\n"
    "\tBas Proef, Jo (zij/haar):👍\n"
    "\tJo (zij/haar):❤️\n"
    "\t\n"
    "2026-03-01 10:00:07 From Bas Proef to Everyone:\n"
    '\tReplying to "Wie heeft de sleutel...":\n'
    "\tDie ligt bij de balie\n"
    "\t\n"
    "\ttweede alinea\n"
    "\t\n"
    "2026-03-01 10:00:09 From Jo (zij/haar) to Bas Proef(direct message):\n"
    "\tklopt niet\n"
    "\t\n"
    "2026-03-01 10:00:12 From Jo (zij/haar) to Everyone:\n"
    "\tdank jullie wel:🙏\n"
    "\t\n"
)
Z4 = "00:00:03\tRia Test:\tWelkom\n00:00:09\tBas: de derde:\tHoi\nen dag\n01:10:00\tJo:\tklaar\n"


def texts(chat: ChatImport) -> list[str]:
    return [message.text for message in chat.messages]


def test_legacy_chat_with_names_and_colons_that_mislead(read: Reader) -> None:
    chat = read(Z1)
    assert chat.format is ChatFormat.ZOOM
    assert texts(chat) == ["Welkom!", "Hallo : daar", "Een regel\nen nog een\n\neen derde", ""]
    assert chat.private_skipped == 1
    assert [message.time for message in chat.messages][:2] == ["14:00:01", "14:00:05"]
    assert [message.from_host for message in chat.messages] == [True, False, False, False]


def test_chat_with_recipient_and_text_on_one_line(read: Reader) -> None:
    chat = read(Z1B)
    assert texts(chat) == ["eerste", "tijd: 10:00:00 From nergens\nx = 1"]
    assert chat.private_skipped == 1


def test_block_chat_takes_every_other_recipient_as_private(read: Reader) -> None:
    chat = read(Z2)
    assert texts(chat) == ["Welkom!", "Met twee spaties"]
    assert chat.private_skipped == 2


def test_new_chat_links_replies_and_counts_reactions(read: Reader) -> None:
    chat = read(Z3)
    assert texts(chat) == [
        "Wie heeft de sleutel van het hek?",
        "Die ligt bij de balie\n\ntweede alinea",
        "dank jullie wel:🙏",
    ]
    first, reply, thanks = chat.messages
    assert (first.reactions, first.weight, first.time) == (3, 4, "2026-03-01T10:00:00")
    assert reply.reply_to == 0
    assert thanks.reactions == 0
    assert (chat.private_skipped, chat.reaction_lines) == (1, 2)


def test_cloud_chat_has_offsets(read: Reader) -> None:
    chat = read(Z4)
    assert chat.format is ChatFormat.ZOOM_CLOUD
    assert texts(chat) == ["Welkom", "Hoi\nen dag", "klaar"]
    assert chat.messages[2].time == "01:10:00"


@pytest.mark.parametrize(
    ("start", "to", "everyone"),
    [
        ("Van", "aan", "Iedereen"),
        ("Von", "an", "Alle"),
        ("Від", "до", "Всі"),
        ("Frá", "til", "Allra"),  # no such locale in the data: found by counting
    ],
)
def test_words_of_another_language(read: Reader, start: str, to: str, everyone: str) -> None:
    names = ["Ria", "Bas", "Jo", "Bas", "Ria"]
    lines = [
        f"10:00:0{n} {start} {name} {to} {everyone}:\n\ttekst {n}\n" for n, name in enumerate(names)
    ]
    private = f"10:00:09 {start} Bas {to} Ria:\n\tgeheim\n"
    chat = read("".join([*lines, private]))
    assert chat.format is ChatFormat.ZOOM
    assert texts(chat) == [f"tekst {n}" for n in range(5)]
    assert chat.private_skipped == 1


def test_old_replies_and_reactions_are_linked(read: Reader) -> None:
    chat = read(
        "10:00:00 From Ria to Everyone:\n\tWaar vind ik het formulier voor de pas?\n"
        '10:00:05 From Bas to Everyone:\n\tReplying to "Waar vind ik het for..." op intranet\n'
        '10:00:06 From Jo to Everyone:\n\tReacted to "Waar vind ik het for..." with 👍\n'
        '10:00:07 From Bas to Everyone:\n\tReacted to "Waar vind ik het for..." with ❤️\n'
        '10:00:08 From Jo to Everyone:\n\tRemoved a 👍 reaction from "Waar vind ik het for..."\n'
    )
    assert texts(chat) == ["Waar vind ik het formulier voor de pas?", "op intranet"]
    assert chat.messages[0].reactions == 1
    assert chat.messages[1].reply_to == 0


def test_lines_before_the_first_message_are_reported(read: Reader) -> None:
    chat = read("Chat van dinsdag\n" + Z2)
    assert chat.unreadable_lines == (1,)
    assert len(chat.messages) == 2


def test_day_of_the_webinar_completes_the_time(read: Reader) -> None:
    chat = read(Z1, name="/opnames/2026-04-02 14.00.00 Webinar/chat.txt")
    assert chat.messages[0].time == "2026-04-02T14:00:01"


def test_names_go_unless_they_are_kept(read: Reader) -> None:
    talk = Z2 + "14:00:09 From Ria Test to Everyone:\n\t@Bas Proef dank je, mail info@bas.nl\n"
    dropped, kept = read(talk), read(talk, keep_names=True)
    assert dropped.messages[-1].text == "@[naam] dank je, mail info@bas.nl"
    assert not any(name in repr(dropped) for name in ("Ria Test", "Bas Proef", "Jo to Go"))
    assert kept.messages[0].sender == "Ria Test"
    assert [m.text for m in kept.messages] == [m.text for m in dropped.messages]
    assert [m.author for m in dropped.messages] == [1, 2, 1]


def test_long_chat_is_read_in_under_a_second(read: Reader) -> None:
    import time

    lines = [
        f"10:{n // 60:02}:{n % 60:02} From Ria to Everyone:\n\tregel {n}\n" for n in range(1000)
    ]
    started = time.perf_counter()
    chat = read("".join(lines))
    assert time.perf_counter() - started < 1
    assert [m.index for m in chat.messages] == list(range(1000))
    assert all(isinstance(a, Message) and a.key != b.key for a, b in pairwise(chat.messages))
