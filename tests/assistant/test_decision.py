"""Thresholds follow from a promise and a confidence bound."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from assistant.decision import (
    DecisionPolicy,
    Labelled,
    Outcome,
    choose_policy,
    fewest_shown,
    sureness,
    weighed_risk,
)
from corpus import Promise


def labelled(n: int, seed: int = 0) -> Labelled:
    """Give n questions whose probabilities are honest: right as often as they say."""
    random = np.random.default_rng(seed)
    probability = random.uniform(0, 1, n)
    right = random.uniform(0, 1, n) < probability
    return Labelled(probability, right, right | (random.uniform(0, 1, n) < 0.1), np.zeros(n, bool))


@pytest.mark.parametrize(
    ("probability", "outcome"),
    [(0.9, Outcome.ANSWER), (0.6, Outcome.ANSWER), (0.3, Outcome.CLARIFY), (0.1, Outcome.FALLBACK)],
)
def test_outcome_follows_the_thresholds(probability: float, outcome: Outcome) -> None:
    assert DecisionPolicy(answer=0.6, clarify=0.2).decide(probability) is outcome


def test_the_bound_is_that_of_clopper_and_pearson() -> None:
    wrong = np.arange(100) < 5
    risk, bound = weighed_risk(wrong, np.ones(100))
    assert risk == pytest.approx(0.05)
    # by definition: with this share, five errors or fewer are seen one time in twenty
    assert binom.cdf(5, 100, bound) == pytest.approx(0.05)


def test_no_answers_shown_carry_no_promise() -> None:
    assert weighed_risk(np.empty(0, bool), np.empty(0)) == (0.0, 1.0)


def test_only_wrong_answers_have_a_bound_of_one() -> None:
    assert weighed_risk(np.ones(4, bool), np.ones(4)) == (1.0, 1.0)


def test_uneven_weights_widen_the_bound() -> None:
    wrong = np.arange(100) < 5
    uneven = np.where(np.arange(100) % 10 == 0, 5.0, 0.5)
    even = weighed_risk(wrong, np.ones(100))[1] - weighed_risk(wrong, np.ones(100))[0]
    risk, bound = weighed_risk(wrong, uneven)
    assert bound - risk > even


def test_a_kept_promise_has_its_bound_below_it() -> None:
    policy, report = choose_policy(labelled(4000), Promise(0.2, 0.5))
    assert report.kept
    assert report.wrong_among_shown <= report.bound <= 0.2
    assert 0 < policy.clarify <= policy.answer <= 1


def test_a_stricter_promise_answers_less() -> None:
    strict = choose_policy(labelled(4000), Promise(0.15, 0.5))[0].answer
    loose = choose_policy(labelled(4000), Promise(0.3, 0.5))[0].answer
    assert strict > loose


def test_more_out_of_scope_makes_the_policy_more_careful() -> None:
    few = choose_policy(labelled(4000), Promise(0.25, 0.4))[0].answer
    many = choose_policy(labelled(4000), Promise(0.25, 0.7))[0].answer
    assert many > few


def test_close_answers_do_not_count_as_wrong_but_are_told() -> None:
    plain = labelled(4000)
    close = replace(plain, close=~plain.right & ~plain.in_scope)
    report = choose_policy(close, Promise(0.2, 0.5))[1]
    assert report.wrong_among_shown < report.wrong_or_close
    assert report.answered_right > choose_policy(plain, Promise(0.2, 0.5))[1].answered_right


def test_too_few_labelled_questions_mean_choices_only_and_a_number_needed() -> None:
    policy, report = choose_policy(labelled(30), Promise(0.05, 0.6))
    assert not report.kept
    assert report.needed > 30
    assert policy.decide(0.99) is Outcome.CLARIFY


def test_without_labelled_questions_nothing_is_answered_outright() -> None:
    nothing = Labelled(np.empty(0), *[np.empty(0, bool)] * 3)
    policy, report = choose_policy(nothing, Promise())
    assert not report.kept
    assert policy.decide(0.95) is Outcome.CLARIFY


def test_59_answers_without_an_error_are_needed_for_5_percent() -> None:
    assert fewest_shown(0.05) == 59


@pytest.mark.parametrize(("probability", "bars"), [(0.9, 3), (0.5, 2), (0.2, 1)])
def test_sureness_is_told_in_bars_and_words(probability: float, bars: int) -> None:
    found = sureness(probability)
    assert found.bars == bars
    assert found.label.startswith("Past")
