from dataclasses import replace

import numpy as np
import pytest
from handmade import observe

from assistant.evaluation.comparison import compare


def improved(observations):
    """Answer the last question in scope rightly instead of wrongly."""
    better = observe("a4", {"q04": 2}, [("q04", 0.7)], outcome="answer", chosen=("q04",))
    return (*observations[:3], better, *observations[4:])


def by_name(found):
    return {item.name: item for item in found.differences}


def test_a_report_compared_with_itself_differs_in_nothing(observations):
    found = compare(observations, observations, samples=50)

    assert found.changes == ()
    assert all(item.difference == 0 for item in found.differences)
    assert by_name(found)["Success@1"].p_value == 1


def test_wins_and_losses_are_counted_question_by_question(observations):
    item = by_name(compare(observations, improved(observations), samples=50))["Success@1"]

    assert (item.wins, item.ties, item.losses) == (1, 3, 0)
    assert (item.first, item.second, item.p_value) == (0.5, 0.75, 1.0)


def test_fewer_wrong_answers_are_wins(observations):
    item = by_name(compare(observations, improved(observations), samples=50))["answered wrong"]

    assert (item.wins, item.losses) == (1, 0)


def test_a_mean_is_compared_by_randomisation(observations):
    item = by_name(compare(observations, improved(observations), samples=50))["RR"]

    assert (item.method, item.wins, item.ties, item.losses) == ("randomisation", 1, 3, 0)
    assert item.p_value == 1.0


def test_whole_figures_get_an_interval_of_their_difference(observations):
    item = by_name(compare(observations * 1, improved(observations), samples=200))["macro-F1"]

    assert item.method == "bootstrap"
    assert item.low <= item.difference <= item.high
    assert np.isnan(item.p_value)


def test_the_share_of_what_each_showed_itself_is_not_paired(observations):
    assert "wrong among shown" not in by_name(
        compare(
            observations,
            (*observations[:4], replace(observations[4], outcome="fallback"), observations[5]),
            samples=50,
        )
    )


def test_changed_questions_say_which_way(observations):
    (change,) = compare(observations, improved(observations), samples=50).changes

    assert (change.first.question.id, change.better, change.worse) == ("a4", True, False)
    (back,) = compare(improved(observations), observations, samples=50).changes
    assert (back.better, back.worse) == (False, True)


@pytest.mark.parametrize(
    ("outcome", "chosen", "better"),
    [("fallback", ("q02",), True), ("clarify", ("q02", "q03"), True), ("answer", ("q03",), False)],
)
def test_a_refusal_beats_choices_and_choices_beat_an_answer_out_of_scope(
    observations, outcome, chosen, better
):
    other = observe("b1", {}, [("q02", 0.6)], outcome=outcome, chosen=chosen)

    (change,) = compare([observations[4]], [other], samples=50).changes

    assert change.better is better
    assert not change.worse


def test_only_questions_with_the_same_text_and_label_are_paired(observations):
    relabelled = observe("a1", {"q02": 2}, [("q02", 0.9)])

    found = compare(observations, [relabelled, observations[1]], samples=50)

    assert (found.paired, found.only_first, found.only_second) == (1, 5, 1)


def test_reports_without_a_shared_question_cannot_be_compared(observations):
    with pytest.raises(ValueError, match="geen enkele vraag"):
        compare(observations[:1], observations[1:2])
