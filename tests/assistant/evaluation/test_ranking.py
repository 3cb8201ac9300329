import math

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, Success, nDCG

from assistant.evaluation.observations import Observation, Scored
from assistant.evaluation.questions import LabelledQuestion
from assistant.evaluation.ranking import ndcg_at, reciprocal_rank, success_at

ENTRIES = [f"q{number:02}" for number in range(1, 9)]
QUESTIONS = st.builds(
    lambda order, length, relevance: Observation(
        LabelledQuestion("a", "Hoe?", relevance=relevance),
        tuple(Scored(entry, 1 / rank) for rank, entry in enumerate(order[:length], 1)),
    ),
    st.permutations(ENTRIES),
    st.integers(1, 8),
    st.dictionaries(st.sampled_from(ENTRIES), st.integers(1, 2), min_size=1, max_size=3),
)


def by_ir_measures(measure, observation):
    qrels = [ir_measures.Qrel("a", *pair) for pair in observation.question.relevance.items()]
    run = [ir_measures.ScoredDoc("a", c.entry_id, c.score) for c in observation.ranking]
    return ir_measures.calc_aggregate([measure], qrels, run)[measure]


@settings(deadline=None)  # a busy machine is no fault
@given(QUESTIONS)
def test_measures_agree_with_ir_measures(observation):
    assert success_at(observation, 1) == by_ir_measures(Success @ 1, observation)
    assert success_at(observation, 3) == by_ir_measures(Success @ 3, observation)
    assert reciprocal_rank(observation) == pytest.approx(by_ir_measures(RR, observation))
    assert ndcg_at(observation, 5) == pytest.approx(by_ir_measures(nDCG @ 5, observation))


def test_measures_of_a_worked_example():
    question = LabelledQuestion("a", "Hoe?", relevance={"q01": 2, "q02": 1})
    ranking = (Scored("q03", 0.5), Scored("q02", 0.3), Scored("q01", 0.2))
    observation = Observation(question, ranking)

    assert not success_at(observation, 1)
    assert success_at(observation, 3)
    assert reciprocal_rank(observation) == 1 / 2
    gained = 1 / math.log2(3) + 2 / math.log2(4)
    assert ndcg_at(observation, 5) == pytest.approx(gained / (2 + 1 / math.log2(3)))


def test_gaps_and_practical_entries_take_no_place_in_the_ranking():
    question = LabelledQuestion("a", "Hoe?", relevance={"q01": 2})
    ranking = (Scored("g01", 0.5), Scored("p01", 0.3), Scored("q01", 0.2))

    assert success_at(Observation(question, ranking), 1)


def test_a_question_out_of_scope_gains_nothing():
    observation = Observation(LabelledQuestion("a", "Hoe?"), (Scored("q01", 1.0),))

    assert ndcg_at(observation, 5) == reciprocal_rank(observation) == 0
