"""Test how a chat message is read, by example and by measure on our own labelled messages.

The labelled messages in data/ are invented, and no line of them is in the data that is learnt from.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cues import patterns
from assistant.message_kinds import LINES, read_lines
from assistant.segmentation import MessageKind, classify, judge, split_questions
from assistant.text import MAX_QUESTION_LENGTH

DATA = Path(__file__).parent / "data"


def labelled_splits() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each message of splits.tsv with its questions."""
    for line in (DATA / "splits.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            message, *parts = line.split("\t")
            yield message.replace("\\n", "\n"), tuple(parts)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Hoe vertel ik mijn baas dat zijn plan niet deugt?", MessageKind.QUESTION),
        ("ik vraag me af of dit ook voor stagiairs geldt", MessageKind.QUESTION),
        ("Stel dat niemand meedoet, wat dan", MessageKind.QUESTION),
        ("Krijgen we de sheets nog?", MessageKind.LOGISTICS),
        ("ik heb geen geluid", MessageKind.TECHNICAL),
        ("Daar sluit ik me bij aan", MessageKind.ME_TOO),
        ("Herkenbaar hè?", MessageKind.STATEMENT),
        ("Wat fijn dat dit er is!", MessageKind.STATEMENT),
        ("wie zijn wij om dat te vinden", MessageKind.STATEMENT),
        ("Goedemiddag allemaal", MessageKind.NOISE),
        ("https://voorbeeld.nl/lezen?id=3", MessageKind.NOISE),
        ("", MessageKind.NOISE),
    ],
)
def test_kind_of_a_message(message: str, kind: MessageKind) -> None:
    assert classify(message) is kind


def test_questions_are_found_and_chatter_is_left_out() -> None:
    messages, kinds = read_lines(DATA / "chat-lines.tsv")
    wanted = [MessageKind(kind).is_question for kind in kinds]
    found = [classify(message).is_question for message in messages]
    hits = sum(a and b for a, b in zip(wanted, found, strict=True))
    assert len(messages) >= 400
    assert hits / sum(wanted) >= 0.95
    assert hits / sum(found) >= 0.93


def test_kinds_are_told_apart() -> None:
    messages, kinds = read_lines(DATA / "chat-lines.tsv")
    right = sum(classify(message) == kind for message, kind in zip(messages, kinds, strict=True))
    assert right / len(messages) >= 0.87


def test_nothing_that_is_measured_with_was_learnt_from() -> None:
    learnt = {message.lower() for message in read_lines(LINES)[0]}
    measured = {message.lower() for message in read_lines(DATA / "chat-lines.tsv")[0]}
    assert not learnt & measured


def test_messages_are_split_into_their_questions() -> None:
    rows = list(labelled_splits())
    several = [(message, parts) for message, parts in rows if len(parts) > 1]
    wrong = [message for message, parts in rows if split_questions(message) != parts]
    assert len(several) >= 120
    assert len(wrong) <= 0.05 * len(rows), wrong


def test_two_questions_become_two_parts_without_the_announcement() -> None:
    parts = split_questions("Twee vragen. Wie leest dit mee? En komt er een verslag?")
    assert parts == ("Wie leest dit mee?", "komt er een verslag?")


def test_each_part_has_a_kind() -> None:
    verdict = judge("Mag ik een opdracht weigeren? En krijgen we de slides?")
    assert verdict.kinds == (MessageKind.QUESTION, MessageKind.LOGISTICS)


def test_context_stays_with_its_question() -> None:
    message = "Mijn chef is nieuw hier. Hoe begin ik zo'n gesprek?"
    assert split_questions(message) == (message,)


def test_message_without_question_is_one_part() -> None:
    assert split_questions("Mooi verhaal.") == ("Mooi verhaal.",)
    assert judge("Mooi verhaal.").parts == ()


def test_host_asks_the_audience_unless_the_question_is_passed_on() -> None:
    assert judge("Hoe doen jullie dat?", from_host=True).parts == ()
    relayed = judge("Vraag uit de zaal: hoe doe je dat met een klein team?", from_host=True)
    assert relayed.kind is MessageKind.QUESTION


def test_long_story_keeps_what_stands_nearest_to_the_question() -> None:
    story = "Er gebeurde van alles bij ons op de afdeling dat jaar. " * 20
    (part,) = split_questions(f"{story}Wat had ik moeten doen?")
    assert part.endswith("jaar. Wat had ik moeten doen?")
    assert len(part) <= MAX_QUESTION_LENGTH


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict_that_holds_together(text: str) -> None:
    verdict = judge(text)
    assert bool(verdict.parts) == verdict.kind.is_question
    assert all(0 < len(part) <= MAX_QUESTION_LENGTH for part in verdict.parts)
    assert verdict == judge(text)


@pytest.mark.parametrize("table", ["clause", "message", "rule", "split"])
@pytest.mark.parametrize(
    "piece", ["a ", "en ", "wat ik ", "vraag ", "? ", "1. ", "graag\t", "(", "wie"]
)
def test_no_pattern_takes_long(table: str, piece: str) -> None:
    text = (piece * 1000)[:1000]
    for name, pattern in patterns(table).items():
        started = time.perf_counter()
        pattern.search(text)
        assert time.perf_counter() - started < 0.1, name
