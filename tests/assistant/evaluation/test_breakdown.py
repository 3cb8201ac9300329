import pytest
from handmade import observe

from assistant.evaluation.breakdown import confusions, gap_counts, per_entry, worst_errors
from assistant.evaluation.questions import Reading


def test_figures_of_each_entry(observations):
    first, second, third = per_entry(observations, ["q01", "q02", "q03"])

    # q01 stands first at all four questions in scope and would help at two of them.
    assert (first.asked, first.precision, first.recall) == (2, 0.5, 1.0)
    assert first.f1 == pytest.approx(2 / 3)
    assert (first.shown, first.shown_wrong) == (3, 1)
    assert (second.shown, second.shown_wrong) == (1, 1)
    assert (third.asked, third.recall, third.shown) == (1, 0.0, 0)


def test_no_entries_have_no_figures(observations):
    assert per_entry(observations, []) == ()


def test_confusions_are_counted_by_pair(observations):
    again = observe("a5", {"q04": 2}, [("q01", 0.3)])

    found = [
        (pair.expected, pair.found, [o.question.id for o in pair.observations])
        for pair in confusions([*observations, again])
    ]

    assert found == [
        ("q04", "q01", ["a4", "a5"]),
        ("", "q02", ["b1"]),
        ("q03", "q01", ["a3"]),
    ]


def test_worst_errors_come_in_order_of_score(observations):
    assert [o.question.id for o in worst_errors(observations)] == ["a4", "b1", "a3", "b2"]
    assert [o.question.id for o in worst_errors(observations, count=1)] == ["a4"]


def test_what_counts_as_close_is_no_error():
    close = observe("b", {}, [("q02", 0.9)], certainty="weak", near=("q02",))

    assert worst_errors([close], Reading.LENIENT) == ()
    assert worst_errors([close]) == (close,)


def test_gaps_are_counted_by_label_and_by_the_tool(corpus):
    gap = corpus.gaps[0].id
    labelled = sum(
        part.gap == gap for known in (corpus.training, corpus.calibration) for part in known.slices
    )
    asked = observe("a", {}, [(gap, 0.9)], gap=gap, gap_id=gap)

    counts = {count.gap_id: count for count in gap_counts(corpus, [asked])}

    assert set(counts) == set(corpus.gap_by_id)
    assert (counts[gap].labelled, counts[gap].labelled_here, counts[gap].recognised) == (
        labelled,
        1,
        1,
    )
    known = len(corpus.training) + len(corpus.calibration)
    assert counts[gap].share == labelled / known


def test_the_gap_that_is_asked_most_comes_first(corpus):
    asked = [count.labelled + count.labelled_here for count in gap_counts(corpus, [])]
    assert asked == sorted(asked, reverse=True)
