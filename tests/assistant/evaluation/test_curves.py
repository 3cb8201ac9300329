import numpy as np
import pytest
from handmade import observe
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.curves import (
    expected_calibration_error,
    reliability,
    risk_coverage_curve,
)
from assistant.evaluation.sample import to_sample


def test_curve_of_a_worked_example(observations):
    curve = risk_coverage_curve(to_sample(observations))

    # Scores 0.9 right, 0.8 right, 0.7 wrong, 0.6 out of scope, 0.5 wrong, 0.05 out of scope.
    assert curve.threshold == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.5, 0.05])
    assert curve.coverage == pytest.approx(np.arange(1, 7) / 6)
    assert curve.risk == pytest.approx([0, 0, 1 / 3, 2 / 4, 3 / 5, 4 / 6])
    assert curve.answered_right == pytest.approx([0.25, 0.5, 0.5, 0.5, 0.5, 0.5])
    assert curve.area == pytest.approx((1 / 3 + 2 / 4 + 3 / 5 + 4 / 6) / 6)


@pytest.mark.parametrize(("risk", "answered"), [(0.05, 0.5), (0.4, 0.5), (0.0, 0.5)])
def test_answered_right_is_read_where_the_risk_allows(observations, risk, answered):
    assert risk_coverage_curve(to_sample(observations)).answered_right_at(risk) == answered


def test_nothing_is_answered_where_the_first_answer_is_already_wrong(observations):
    wrong_first = risk_coverage_curve(to_sample(observations[3:]))

    assert wrong_first.answered_right_at(0.05) == 0


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=12))
def test_curve_agrees_with_showing_all_above_each_threshold(pairs):
    """Compare with the slow and obvious way, ties included."""
    score = np.array([value / 4 for value, _ in pairs])
    right = np.array([hit for _, hit in pairs])
    curve = risk_coverage_curve(sample_of(score, right))

    for threshold, coverage, risk in zip(curve.threshold, curve.coverage, curve.risk, strict=True):
        shown = score >= threshold
        assert coverage == pytest.approx(shown.mean())
        assert risk == pytest.approx(1 - right[shown].mean())
    own = [1 - right[score >= mine].mean() for mine in score]
    assert curve.area == pytest.approx(np.mean(own))


def sample_of(score, right):
    return to_sample(
        [
            observe(f"a{i}", {"q01": 2}, [("q01" if hit else "q02", value)])
            for i, (value, hit) in enumerate(zip(score, right, strict=True))
        ]
    )


def test_calibration_error_of_a_worked_example():
    probability = np.array([0.95, 0.95, 0.25, 0.25])
    correct = np.array([True, True, True, False])

    # One bin is 0.05 off, the other 0.25, each with half of the questions.
    assert expected_calibration_error(probability, correct) == pytest.approx(0.15)


def test_perfect_probabilities_have_no_calibration_error():
    assert expected_calibration_error(np.array([1.0, 0.0]), np.array([True, False])) == 0


def test_reliability_counts_each_question_once():
    bins = reliability(np.array([0.0, 0.1, 0.15, 1.0]), np.array([False, True, False, True]))

    assert [b.count for b in bins] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert bins[1].share_correct == 0.5
    assert bins[1].mean_probability == pytest.approx(0.125)
    assert np.isnan(bins[2].share_correct)


def test_weights_make_ece_that_of_another_mixture():
    probability = np.array([0.95, 0.95, 0.15])
    correct = np.array([True, True, False])

    plain = expected_calibration_error(probability, correct)
    weighed = expected_calibration_error(probability, correct, weight=np.array([1.0, 1.0, 2.0]))

    assert plain == pytest.approx((0.05 * 2 + 0.15) / 3)
    assert weighed == pytest.approx((0.05 * 2 + 0.15 * 2) / 4)
    assert expected_calibration_error(probability, correct, weight=np.ones(3)) == plain
