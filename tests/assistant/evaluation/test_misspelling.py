"""Edits are what they say, the same each time, and cost what is counted."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from assistant.evaluation.misspelling import misspell, spelling_results
from assistant.evaluation.questions import LabelledQuestion


def dice(seed: object) -> Random:
    return Random(str(seed))  # noqa: S311 - dice, no secret


@given(st.text(min_size=4, max_size=60), st.integers(0, 9), st.integers())
def test_a_text_lies_at_most_so_many_edits_away(text, edits, seed):
    # each edit is one step of optimal string alignment; several may touch the same place
    assert OSA.distance(text, misspell(text, edits, dice(seed))) <= 2 * edits
    assert OSA.distance(text, misspell(text, 1, dice(seed))) <= 1


def test_every_kind_of_edit_comes_up():
    found = [misspell("waar kan ik heen", 1, dice(seed)) for seed in range(300)]
    lengths = {len(text) - len("waar kan ik heen") for text in found}
    swapped = [t for t in found if sorted(t) == sorted("waar kan ik heen") and t != found[0]]
    assert lengths == {-1, 0, 1}
    assert swapped
    assert any(text.count(" ") == 2 for text in found)
    assert any(text.count(" ") == 4 for text in found)


def test_the_same_seed_gives_the_same_text():
    once, again = (misspell("wie betaalt dit", 3, dice("a")) for _ in range(2))
    assert once == again != "wie betaalt dit"


@pytest.mark.parametrize("text", ["", "a"])
def test_next_to_nothing_can_be_misspelled(text):
    assert len(misspell(text, 1, dice(1))) == len(text) + 1


def test_drop_is_against_the_same_questions(assistant, questions):
    none, three = spelling_results(questions, assistant.match, (0, 3), samples=20)

    in_scope = [q for q in questions if q.in_scope]
    assert none.drop.value == 0
    assert none.success.count == three.success.count == len(in_scope)
    assert three.success.value == pytest.approx(none.success.value - three.drop.value)
    assert three.drop.low <= three.drop.value <= three.drop.high


def test_without_questions_in_scope_there_is_nothing_to_say(assistant):
    assert (
        spelling_results([LabelledQuestion("a", "Hoe laat is het?")], assistant.match, (1,)) == ()
    )
