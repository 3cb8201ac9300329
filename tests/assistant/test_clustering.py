"""Questions that ask the same share a group, one by one as they come in."""

import time
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.clustering import QuestionGrouper, QuestionIndex
from assistant.likeness import Question, QuestionReader

TEXTS = (
    "Waar laat ik lege batterijen?",
    "waar moet ik mijn lege batterijen laten",
    "WAAR LAAT IK LEGE BATTERIJEN",
    "Mag een pizzadoos bij het oud papier?",
    "Wanneer wordt het glas opgehaald?",
    "hoe laat komt de wagen in straat 12",
    "hoe laat komt de wagen in straat 13",
    "",
    "???",
)


@cache
def reader_of(assistant: Assistant) -> QuestionReader:
    return QuestionReader(assistant.model.matcher)


@pytest.fixture(scope="module")
def reader(assistant: Assistant) -> QuestionReader:
    return reader_of(assistant)


def groups(reader: QuestionReader, texts: Sequence[str]) -> list[int]:
    return QuestionGrouper(reader).add(texts)


def test_a_group_is_named_by_its_first_question(reader: QuestionReader) -> None:
    assert groups(reader, [TEXTS[3], TEXTS[0], TEXTS[2], TEXTS[3]]) == [0, 1, 1, 0]


def test_other_questions_stay_apart(reader: QuestionReader) -> None:
    assert len(set(groups(reader, [TEXTS[0], TEXTS[3], TEXTS[4]]))) == 3


def test_another_number_is_another_question(reader: QuestionReader) -> None:
    first, second = groups(reader, [TEXTS[5], TEXTS[6]])
    assert first != second


def test_a_corpus_on_another_subject_has_no_profiles(reader: QuestionReader) -> None:
    assert not reader.has_profiles


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(stream=st.lists(st.sampled_from(TEXTS), max_size=20), cuts=st.lists(st.integers(0, 20)))
def test_the_same_stream_gives_the_same_groups_in_whatever_parts_it_comes(
    assistant: Assistant, stream: list[str], cuts: list[int]
) -> None:
    reader = reader_of(assistant)
    grouper = QuestionGrouper(reader)
    bounds = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    found = [group for begin, end in pairwise(bounds) for group in grouper.add(stream[begin:end])]
    assert found == groups(reader, stream)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(stream=st.lists(st.sampled_from(TEXTS), max_size=20), more=st.text(max_size=30))
def test_what_comes_later_changes_no_earlier_group(
    assistant: Assistant, stream: list[str], more: str
) -> None:
    reader = reader_of(assistant)
    assert groups(reader, [*stream, more])[: len(stream)] == groups(reader, stream)


def test_a_question_is_compared_with_few_others(reader: QuestionReader) -> None:
    index = QuestionIndex()
    for number, question in enumerate(_many(reader, 400)):
        index.add(number, question)
    assert 64 <= len(index) <= 400
    assert 0 < len(index.candidates(_many(reader, 1)[0])) <= 48


def test_time_grows_with_the_chat_and_not_with_its_square(reader: QuestionReader) -> None:
    """Compare two sizes within one run: four times as many questions, at most nine times as long.

    A square would make it sixteen; a busy machine makes the rest.
    """

    def seconds(count: int) -> float:
        texts = [
            f"Waar laat ik een {_word(number)} van {_word(number * 7)}?" for number in range(count)
        ]
        started = time.process_time()
        groups(reader, texts)
        return time.process_time() - started

    small, large = seconds(250), seconds(1000)
    assert large < 9 * small


def _many(reader: QuestionReader, count: int) -> list[Question]:
    return reader.read([f"Waar laat ik een {_word(number)}?" for number in range(count)])


def _word(number: int) -> str:
    return "".join(chr(97 + int(digit)) * 2 for digit in str(number))
