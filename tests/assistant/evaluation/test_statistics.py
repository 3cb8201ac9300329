import numpy as np
import pytest

from assistant.evaluation.statistics import (
    bootstrap_intervals,
    mcnemar_exact,
    randomisation_test,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    # Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)],
)
def test_wilson_interval_agrees_with_published_values(hits, count, low, high):
    interval = wilson_interval(hits, count)

    assert interval == pytest.approx((low, high), abs=5e-5)


def test_wilson_interval_of_nothing_is_unknown():
    assert np.isnan(wilson_interval(0, 0)).all()


def test_bootstrap_of_a_mean_is_close_to_the_normal_interval():
    values = np.random.default_rng(3).normal(0.5, 0.2, 400)

    (interval,) = bootstrap_intervals(lambda index: np.array([values[index].mean()]), 400)

    half = 1.96 * values.std() / 20
    assert interval == pytest.approx((values.mean() - half, values.mean() + half), abs=0.003)


def test_bootstrap_gives_the_same_interval_each_time():
    values = np.arange(30.0)

    def mean(index):
        return np.array([values[index].mean()])

    assert bootstrap_intervals(mean, 30) == bootstrap_intervals(mean, 30)


def test_bootstrap_leaves_out_samples_that_give_no_figure():
    def sometimes(index):
        return np.array([np.nan if index[0] == 0 else 1.0])

    assert bootstrap_intervals(sometimes, 5) == [(1.0, 1.0)]


def test_bootstrap_of_a_figure_that_never_exists_is_unknown():
    (interval,) = bootstrap_intervals(lambda index: np.array([np.nan]), 5)

    assert np.isnan(interval).all()


@pytest.mark.parametrize(
    ("wins", "losses", "p"), [(0, 0, 1.0), (5, 5, 1.0), (5, 0, 2 / 2**5), (9, 1, 22 / 2**10)]
)
def test_mcnemar_is_the_binomial_tail_of_the_pairs_that_differ(wins, losses, p):
    assert mcnemar_exact(wins, losses) == pytest.approx(p)
    assert mcnemar_exact(losses, wins) == pytest.approx(p)


def test_randomisation_test_goes_through_every_sign_of_few_pairs():
    better = np.array([1.0, 1.0, 1.0, 1.0])

    # 16 ways to swap; only the way it is and its mirror are as extreme.
    assert randomisation_test(better, better - 0.5) == pytest.approx(2 / 16)


def test_randomisation_test_of_equal_results_says_no_difference():
    same = np.array([0.5, 1.0])

    assert randomisation_test(same, same.copy()) == 1.0


def test_randomisation_test_finds_a_clear_difference_among_many_pairs():
    noise = np.random.default_rng(5).normal(0, 0.1, 100)

    assert randomisation_test(noise + 0.2, np.zeros(100)) < 0.001
