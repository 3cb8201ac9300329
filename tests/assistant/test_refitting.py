"""A changed corpus is learnt at once: what is worked out again equals what the matcher says."""

from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pytest

from assistant import Assistant
from assistant.estimating import know, load_scored, save_scored, score, score_again
from assistant.matcher import QuestionMatcher, Scores
from assistant.promise import check_promise
from assistant.refitting import Ground, TooDifferent, refit
from corpus import Corpus, Gap

QUESTIONS = (
    "Waar laat ik lege batterijen?",
    "mag een yoghurtbeker bij het plastik",
    "wat kost het ophalen van een bankstel",
    "hoe haak ik een kabouter",
    "kabouters in de tuin",
    "ik ben mijn pasje kwijt",
    "",
)


@pytest.fixture(scope="module")
def ground(assistant: Assistant) -> Ground:
    return Ground.of(assistant.corpus, assistant.model)


def with_phrasing(corpus: Corpus, *phrasings: str) -> Corpus:
    first, *others = corpus.entries
    return replace(
        corpus, entries=(replace(first, phrasings=(*first.phrasings, *phrasings)), *others)
    )


def changes(corpus: Corpus) -> dict[str, Corpus]:
    first, *others = corpus.entries
    return {
        "nothing": corpus,
        "one more": with_phrasing(corpus, "waar kan ik met mijn kabouters heen"),
        "one less": replace(
            corpus, entries=(replace(first, phrasings=first.phrasings[1:]), *others)
        ),
        "a new class": replace(
            corpus,
            gaps=(*corpus.gaps, Gap("g90", "Hoe haak ik?", "Lees.", ("breien", "haken leren"))),
        ),
        "a class gone": replace(corpus, gaps=corpus.gaps[1:]),
        "another label": replace(
            corpus,
            entries=(replace(first, phrasings=first.phrasings[1:]), *others),
            out_of_scope=(*corpus.out_of_scope, first.phrasings[0]),
        ),
    }


def assert_same(found: Scores, expected: Scores) -> None:
    np.testing.assert_allclose(found.linear, expected.linear, atol=1e-5)
    np.testing.assert_allclose(found.nearest, expected.nearest, atol=1e-6)
    np.testing.assert_allclose(found.fuzzy, expected.fuzzy, atol=1e-6)


def test_questions_score_as_the_matcher_scores_them(assistant: Assistant) -> None:
    matcher = assistant.model.matcher
    assert_same(score(matcher, QUESTIONS).scores, matcher.scores(QUESTIONS))


@pytest.mark.parametrize(
    "name", ["nothing", "one more", "one less", "a new class", "a class gone", "another label"]
)
def test_only_what_changed_is_worked_out_again(
    name: str, ground: Ground, assistant: Assistant
) -> None:
    changed = changes(assistant.corpus)[name]
    refitted = refit(ground, changed)
    matcher = refitted.model.matcher
    before = score(assistant.model.matcher, QUESTIONS)
    again = score_again(before, refitted, assistant.model.matcher)
    assert_same(again.scores, QuestionMatcher.scores(matcher, QUESTIONS))
    know(matcher, again)  # type: ignore[arg-type]
    assert_same(matcher.scores(QUESTIONS), again.scores)
    replies = Assistant(changed, refitted.model).match(QUESTIONS)
    assert len(replies) == len(QUESTIONS)


def test_nothing_new_gives_the_same_model(ground: Ground, assistant: Assistant) -> None:
    refitted = refit(ground, assistant.corpus)
    assert (refitted.added, refitted.removed) == ((), ())
    old, new = assistant.model.matcher, refitted.model.matcher
    np.testing.assert_array_equal(old.coef_, new.coef_)
    np.testing.assert_array_equal(old.intercept_, new.intercept_)


def test_what_is_taken_in_is_recognised(ground: Ground, assistant: Assistant) -> None:
    asked = "waar kan ik met mijn kabouters heen"
    target = assistant.corpus.entries[0].id
    near = "en waar moet mijn kabouter heen"
    refitted = refit(ground, with_phrasing(assistant.corpus, asked))
    before = assistant.model.matcher.predict_proba([near])[0]
    after = refitted.model.matcher.predict_proba([near])[0]
    column = list(assistant.model.matcher.classes_).index(target)
    assert after[column] > 4 * before[column]
    assert "kabouters" in refitted.new_words


def test_too_much_is_learnt_in_full(ground: Ground, assistant: Assistant) -> None:
    corpus = assistant.corpus
    with pytest.raises(TooDifferent):
        refit(ground, replace(corpus, jargon=(("x", ("y",)),)))
    with pytest.raises(TooDifferent):
        refit(ground, replace(corpus, out_of_scope=tuple(f"vraag {n}" for n in range(500))))


def test_a_model_of_another_corpus_is_refused(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="not learnt from"):
        Ground.of(with_phrasing(assistant.corpus, "iets nieuws"), assistant.model)


def test_scores_are_kept_on_disk(ground: Ground, assistant: Assistant, tmp_path: Path) -> None:
    scored = score(assistant.model.matcher, QUESTIONS)
    path = tmp_path / "map" / "bewijs.npz"
    save_scored(path, ground, scored)
    assert [file.name for file in path.parent.iterdir()] == ["bewijs.npz"]
    again, found = load_scored(path, assistant.corpus, assistant.model, QUESTIONS)
    assert (again.features != ground.features).nnz == 0
    assert_same(found.scores, scored.scores)
    with pytest.raises(ValueError, match="other questions"):
        load_scored(path, assistant.corpus, assistant.model, QUESTIONS[1:])
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises((OSError, ValueError, KeyError, EOFError, BadZipFile)):
        load_scored(path, assistant.corpus, assistant.model, QUESTIONS)


def test_the_promise_is_checked_on_the_calibration_set(assistant: Assistant) -> None:
    corpus, model = assistant.corpus, assistant.model
    sure = replace(model, policy=replace(model.policy, answer=0.0))
    everything = check_promise(sure, corpus)
    assert everything.shown == len(corpus.calibration)
    assert 0 < everything.wrong <= everything.bound
    assert not everything.is_kept
    never = check_promise(replace(model, policy=replace(model.policy, answer=1.1)), corpus)
    assert (never.shown, never.is_kept) == (0, False)
    kinder = check_promise(sure, corpus, frozenset(corpus.entry_by_id))
    assert kinder.wrong < everything.wrong
