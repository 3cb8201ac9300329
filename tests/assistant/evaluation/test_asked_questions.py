import pytest

from assistant.evaluation.questions import (
    LabelledQuestion,
    Reading,
    from_labelled_set,
    join_sets,
)
from corpus.models import Judgment, LabelledSet, Query, Slice


def test_judgments_and_slices_join_their_question():
    labelled = LabelledSet(
        (Query("a", "Hoe?"), Query("b", "Wie?")),
        (Judgment("a", "q02", 1), Judgment("a", "q01", 2)),
        (Slice("b", "natural", "weak", ("q03",), "g01"),),
    )

    first, second = from_labelled_set(labelled, "proef")

    assert (first.label, first.acceptable, first.in_scope) == ("q01", {"q01", "q02"}, True)
    assert (second.label, second.in_scope, second.set_name) == ("", False, "proef")
    assert (second.kind, second.certainty, second.near, second.gap) == (
        "natural",
        "weak",
        ("q03",),
        "g01",
    )


@pytest.mark.parametrize("relevance", [{"p01": 2}, {"g01": 2}, {"q01": 0}, {}])
def test_only_a_relevant_faq_entry_puts_a_question_in_scope(relevance):
    assert not LabelledQuestion("a", "Hoe?", relevance=relevance).in_scope


@pytest.mark.parametrize(
    ("certainty", "relevance", "tolerated"),
    [("weak", {}, {"q03"}), ("clear", {}, set()), ("weak", {"q01": 2}, set())],
)
def test_lenient_reading_tolerates_what_is_near_a_weak_null_only(certainty, relevance, tolerated):
    question = LabelledQuestion(
        "a", "Hoe?", relevance=relevance, certainty=certainty, near=("q03",)
    )

    assert question.tolerated(Reading.LENIENT) == tolerated
    assert question.tolerated(Reading.ALL) == frozenset()


def test_strict_reading_counts_clear_labels_alone():
    weak = LabelledQuestion("a", "Hoe?", certainty="weak")

    assert not weak.counts_in(Reading.STRICT)
    assert weak.counts_in(Reading.LENIENT)


def test_no_question_at_all_is_an_error():
    with pytest.raises(ValueError, match="geen enkele vraag"):
        join_sets([(), ()])


def test_an_id_that_is_used_twice_is_an_error():
    question = LabelledQuestion("a", "Hoe?")

    with pytest.raises(ValueError, match="'a' staat er twee keer"):
        join_sets([(question,), (question,)])
