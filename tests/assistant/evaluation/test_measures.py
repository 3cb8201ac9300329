import numpy as np
import pytest
from handmade import observe

from assistant.evaluation.measures import MEASURES, Statistic, measure, ranking_only, wrong_at_share
from assistant.evaluation.questions import Reading
from assistant.evaluation.sample import to_sample


def figures(observations, reading=Reading.ALL, measures=MEASURES):
    found = measure(to_sample(observations, reading), measures, samples=50)
    return {figure.name: figure for figure in found}


def test_shares_of_a_worked_example(observations):
    found = figures(observations)

    assert found["Success@1"].value == 2 / 4
    assert found["Success@3"].value == 4 / 4
    assert found["answered right"].value == 2 / 4
    assert found["answered wrong"].value == 1 / 4
    assert found["answered or offered"].value == 3 / 4
    assert (found["wrong among shown"].value, found["wrong among shown"].count) == (2 / 4, 4)
    assert found["out of scope answered"].value == 1 / 2
    assert found["coverage"].value == 4 / 6


def test_other_figures_of_a_worked_example(observations):
    found = figures(observations)

    assert found["RR"].value == pytest.approx((1 + 1 + 1 / 3 + 1 / 2) / 4)
    # Of the 4 x 2 pairs only 0.5 against 0.6 stands the wrong way round.
    assert found["AUROC"].value == pytest.approx(7 / 8)
    squares = [0.1**2, 0.2**2, 0.5**2, 0.7**2, 0.6**2, 0.05**2]
    assert found["Brier"].value == pytest.approx(np.mean(squares))
    # Labels q01, q01 (acceptable), q03, q04 against q01 four times: F1 2/3, 0 and 0.
    assert found["macro-F1"].value == pytest.approx((2 / 3) / 3)
    assert found["latency p95"].value == pytest.approx(10)


def test_each_figure_lies_within_its_interval(observations):
    for figure in figures(observations * 20).values():
        assert figure.low <= figure.value <= figure.high, figure.name


def test_measures_that_the_questions_cannot_give_are_left_out(observations):
    only_in_scope = figures(observations[:3])

    assert "AUROC" not in only_in_scope
    assert "out of scope answered" not in only_in_scope
    assert "Success@1" in only_in_scope


def test_no_questions_give_no_figures():
    assert figures([]) == {}


def test_a_plain_ranker_is_not_judged_on_decisions_or_probabilities():
    names = {item.name for item in ranking_only(MEASURES)}

    assert {"Success@1", "RR", "AUROC", "AURC"} <= names
    assert not names & {"wrong among shown", "coverage", "ECE", "Brier", "latency p50"}


def test_practical_answer_to_a_question_outside_the_faq_is_not_counted_as_shown():
    practical = observe("b", {}, [("p01", 0.9)], outcome="answer", chosen=("p01",))

    found = figures([practical])

    assert found["out of scope answered"].value == 0
    assert found["coverage"].value == 0


def test_practical_answer_to_a_question_of_the_faq_is_a_wrong_answer():
    practical = observe("a", {"q01": 2}, [("p01", 0.9)], outcome="answer", chosen=("p01",))

    assert figures([practical])["answered wrong"].value == 1


def test_lenient_reading_counts_a_near_entry_as_close_not_wrong():
    close = observe(
        "b", {}, [("q02", 0.9)], outcome="answer", chosen=("q02",), certainty="weak", near=("q02",)
    )

    assert figures([close])["wrong among shown"].value == 1
    assert figures([close], Reading.LENIENT)["wrong among shown"].value == 0


def test_strict_reading_leaves_weak_labels_out():
    weak = observe("a", {"q01": 2}, [("q02", 0.9)], certainty="weak")
    clear = observe("b", {"q01": 2}, [("q01", 0.9)], certainty="clear")

    assert figures([weak, clear])["Success@1"].value == 0.5
    assert figures([weak, clear], Reading.STRICT)["Success@1"].value == 1


def test_wrong_among_shown_is_weighted_to_the_assumed_share_out_of_scope(observations):
    measured = wrong_at_share(0.6)

    # In scope 2/4 right and 1/4 wrong are shown, out of scope 1/2 is shown wrong.
    wrong = 0.4 * 1 / 4 + 0.6 * 1 / 2
    assert isinstance(measured, Statistic)
    assert measured.name == "wrong among shown at 60% out of scope"
    assert measured.value(to_sample(observations)) == pytest.approx(wrong / (wrong + 0.4 * 2 / 4))


def test_without_resamples_only_shares_have_an_interval(observations):
    found = {f.name: f for f in measure(to_sample(observations), samples=0)}

    assert found["Success@1"].low > 0
    assert np.isnan(found["RR"].low)
