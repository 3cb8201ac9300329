import io

import ir_measures
import pytest
from handmade import observe
from ir_measures import RR, Success, nDCG

from assistant.evaluation.measures import measure
from assistant.evaluation.sample import to_sample
from assistant.evaluation.trec import run_lines


def test_a_run_holds_the_faq_entries_in_order(observations):
    lines = list(run_lines(observations[2:3]))

    assert [line.split()[:4] for line in lines] == [
        ["a3", "Q0", "q01", "1"],
        ["a3", "Q0", "q02", "2"],
        ["a3", "Q0", "q03", "3"],
    ]


def test_gaps_and_practical_entries_stay_out_of_the_run():
    mixed = observe("a", {}, [("g01", 0.5), ("p01", 0.3), ("q02", 0.1)])

    assert list(run_lines([mixed])) == ["a Q0 q02 1 0.1 vraagwijzer\n"]


def test_equal_scores_keep_their_order_in_other_tools():
    tied = observe("a", {"q01": 2}, [("q01", 0.2), ("q02", 0.2), ("q03", 0.0), ("q04", 0.0)])

    scores = [float(line.split()[4]) for line in run_lines([tied])]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_ir_measures_finds_the_same_figures_in_the_run(observations):
    run = ir_measures.read_trec_run(io.StringIO("".join(run_lines(observations))))
    qrels = [
        ir_measures.Qrel(o.question.id, *pair)
        for o in observations
        for pair in o.question.relevance.items()
    ]
    theirs = ir_measures.calc_aggregate([Success @ 1, Success @ 3, RR, nDCG @ 5], qrels, run)
    ours = {f.name: f.value for f in measure(to_sample(observations), samples=0)}

    for item, value in theirs.items():
        assert ours[str(item)] == pytest.approx(value)
