"""The conversation in the form: what fits comes back, what does not is dropped."""

import json
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import ReplyKind
from corpus import Corpus
from web.conversation import (
    MAX_BYTES,
    MAX_TURNS,
    Conversation,
    Part,
    Step,
    Turn,
    read_conversation,
)

ANSWER = Part("waar laat ik verf?", ReplyKind.ANSWER, ("q05",), ("q01", "q02"), 0.91)
GAP = Part("hoe hoog is de heffing?", ReplyKind.GAP, ("q01", "q02"), gap_id="g01")


def conversation_of(*parts: Part) -> Conversation:
    return Conversation(tuple(Turn(part.question, (part,)) for part in parts))


def test_a_conversation_survives_the_form(corpus: Corpus) -> None:
    conversation = Conversation((Turn("verf en heffing?", (ANSWER, GAP)),), dropped=3)
    assert read_conversation(conversation.as_text(), corpus) == conversation


def test_what_the_asker_said_survives_the_form(corpus: Corpus) -> None:
    conversation = conversation_of(ANSWER, GAP).with_step(1, 0, Step.NO)
    assert read_conversation(conversation.as_text(), corpus).turns[0].parts[0].step is Step.NO


def changed(position: int, value: Any) -> str:
    """Give the text of a conversation with one value of its only part changed."""
    rows = json.loads(conversation_of(ANSWER).as_text())
    rows[1][0][1][0][position] = value
    return json.dumps(rows)


@pytest.mark.parametrize(
    "text",
    [
        "geen json",
        "[" * 8000,
        "null",
        "[]",
        "{}",
        "[0]",
        "[0,{}]",
        '[0,"q01"]',
        "[-1,[]]",
        "[true,[]]",
        "[0,[[]]]",
        '[0,[["vraag",[]]]]',
        json.dumps([0, [["x", [["x"] * 9]] * 1] * (MAX_TURNS + 1)]),
        changed(0, "x" * 501),
        changed(0, 7),
        changed(1, "verzonnen"),
        changed(1, "choices").replace('["q05"]', "[]"),
        changed(1, "gap"),
        changed(2, ["q99"]),
        changed(2, ["<script>"]),
        changed(2, []),
        changed(2, [["q01"]]),
        changed(2, ["q01", "q02", "q03", "q04"]),
        changed(3, {"q01": 1, "x": 2}),
        changed(4, 2),
        changed(4, "0.5"),
        changed(4, True),
        changed(4, float("nan")),
        changed(5, "g99"),
        changed(5, ["g01"]),
        changed(6, "nl' onload='x"),
        changed(6, None),
        changed(8, "misschien"),
    ],
)
def test_a_tampered_conversation_starts_anew(text: str, corpus: Corpus) -> None:
    assert read_conversation(text, corpus) == Conversation()


def test_invisible_and_broken_characters_are_dropped(corpus: Corpus) -> None:
    text = changed(0, "verf\ud800\0 weg").replace("waar laat ik verf?", "a\\ud800b")
    turn = read_conversation(text, corpus).turns[0]
    assert (turn.message, turn.parts[0].question) == ("ab", "verf weg")


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=30,
)


@given(value=json_values)
def test_no_json_at_all_raises(corpus: Corpus, value: Any) -> None:
    assert isinstance(read_conversation(json.dumps(value), corpus), Conversation)


def test_old_turns_make_way_and_numbers_stay(corpus: Corpus) -> None:
    conversation = Conversation()
    for number in range(1, 31):
        question = f"vraag {number} " + "é" * 400
        conversation = conversation.with_turn(Turn(question, (GAP,)))
    assert len(quote_plus(conversation.as_text())) <= MAX_BYTES
    assert conversation.next_number == 31
    last = conversation.turn(30)
    assert last is not None
    assert last.message.startswith("vraag 30 ")
    assert conversation.turn(1) is None


def test_at_most_so_many_turns_are_kept() -> None:
    conversation = Conversation()
    for _ in range(MAX_TURNS + 5):
        conversation = conversation.with_turn(Turn("ok", (ANSWER,)))
    assert (len(conversation.turns), conversation.dropped) == (MAX_TURNS, 5)
