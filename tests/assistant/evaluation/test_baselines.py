import sys

import numpy as np
import pytest

from assistant.evaluation.baselines import BASELINES, Baseline, MissingPackageError, bm25
from assistant.evaluation.questions import LabelledQuestion

WORDINGS = ["Waar laat ik oud papier?", "Wanneer wordt het gft opgehaald?"]


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_a_known_wording_scores_best_for_itself(baseline):
    scores = baseline.similarity(WORDINGS, WORDINGS)

    assert scores.shape == (2, 2)
    assert (scores.argmax(axis=1) == [0, 1]).all()


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_every_faq_entry_is_ranked_and_the_asked_one_is_first(baseline, corpus):
    asked = [LabelledQuestion(e.id, e.question) for e in corpus.entries if not e.is_practical]

    observations = baseline.observe(corpus, asked)

    assert [o.best for o in observations] == [question.id for question in asked]
    assert {c.entry_id for c in observations[0].ranking} == {question.id for question in asked}


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda baseline: baseline.name)
def test_a_question_without_a_known_word_is_ranked_all_the_same(baseline, corpus):
    (observation,) = baseline.observe(corpus, [LabelledQuestion("a", "?!")])

    assert observation.score == pytest.approx(0, abs=0.01)
    assert [c.entry_id for c in observation.ranking] == sorted(
        c.entry_id for c in observation.ranking
    )


def test_the_naive_design_knows_the_faqs_own_questions_alone(corpus):
    seen = []

    def spy(questions, wordings):
        seen.extend(wordings)
        return np.zeros((len(questions), len(wordings)))

    Baseline("x", spy, knows_phrasings=False).observe(corpus, [LabelledQuestion("a", "Hoe?")])

    assert seen == [entry.question for entry in corpus.entries if not entry.is_practical]


def test_without_bm25s_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bm25s", None)

    with pytest.raises(MissingPackageError, match=r"pip install 'vraagwijzer\[baselines\]'"):
        bm25(WORDINGS, WORDINGS)
