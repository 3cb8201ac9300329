"""The fast scores are those of the plain form, on any text, alone and in a batch."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.analysis import Analyzer
from assistant.matcher import N_FUZZY, QuestionMatcher, Scores
from assistant.text import normalise, words

TOPICS = {
    "q01": ("waar laat ik oud papier", "mag karton bij het papier", "wanneer is papier aan huis"),
    "q02": ("mijn bak is vol", "de grijze bak is te klein", "mag ik een tweede bak"),
    "q03": ("waar lever ik glas in", "mag een dop bij het glas", "is er een glasbak in de buurt"),
    "q04": ("hoe laat gaat de milieustraat open", "mag ik naar de milieustraat zonder pas"),
    "g01": ("wie haalt een koelkast op", "halen jullie witgoed op"),
    "p01": ("wie kan ik bellen", "waar is jullie loket"),
    "q05": ("wat kost het ophalen van grofvuil", "moet ik betalen voor grofvuil"),
    "q06": ("mag luier bij het restafval", "waar gaan luiers in"),
    "q07": ("waarom zijn er ratten bij de container", "er ligt afval naast de container"),
}
TEXTS = [text for texts in TOPICS.values() for text in texts]
MATCHER = QuestionMatcher(folds=0).fit(
    TEXTS, [entry for entry, texts in TOPICS.items() for _ in texts]
)
KNOWN = sorted({word for text in TEXTS for word in words(text)})
questions = st.one_of(
    st.lists(st.sampled_from([*KNOWN, "papeir", "koelkst", "xq", "é"]), max_size=9).map(" ".join),
    st.text(st.sampled_from("abdeiklnoprt '?é"), max_size=40),
)


def plain_scores(matcher: QuestionMatcher, texts: list[str]) -> Scores:
    """Give the scores in the plainest way: all of them, one after the other, by scikit-learn."""
    word = matcher.vectorizer_.word_.transform(texts).toarray()
    char = matcher.vectorizer_.char_.transform(texts).toarray()
    linear = np.hstack([word, char]) @ matcher.coef_ + matcher.intercept_
    similarity = word @ matcher.vectorizer_.word_.transform(matcher.phrasings_).toarray().T
    ends = [*matcher.starts_[1:], len(matcher.phrasings_)]
    nearest = np.column_stack(
        [similarity[:, a:b].max(axis=1) for a, b in zip(matcher.starts_, ends, strict=True)]
    )
    fuzzy = np.zeros_like(linear)
    phrasing = np.zeros(linear.shape, np.int32)
    for row, text in enumerate(texts):
        best = np.argsort(-(4 * linear[row] + 3 * nearest[row]), kind="stable")[:N_FUZZY]
        for column in best:
            start = matcher.starts_[column]
            # rounded, for phrasings that are equally near: the first of them counts
            place = start + np.argmax(similarity[row, start : ends[column]].round(6))
            phrasing[row, column] = place
            known = " ".join(words(matcher.phrasings_[place]))
            fuzzy[row, column] = fuzz.token_set_ratio(" ".join(words(text)), known) / 100
        others = np.setdiff1d(np.arange(linear.shape[1]), best)
        fuzzy[row, others] = fuzzy[row, best].min()
    return Scores(linear, nearest, fuzzy, phrasing)


@given(st.lists(questions, min_size=1, max_size=5))
@settings(deadline=None, max_examples=60)
def test_fast_scores_equal_the_plain_ones(texts: list[str]) -> None:
    fast, plain = MATCHER.scores(texts), plain_scores(MATCHER, texts)
    np.testing.assert_allclose(fast.linear, plain.linear, atol=1e-5)
    np.testing.assert_allclose(fast.nearest, plain.nearest, atol=1e-5)


@pytest.mark.parametrize("text", [*TEXTS, "waar laat ik een oude koelkst", "papeir en karton"])
def test_the_same_phrasings_are_compared(text: str) -> None:
    fast, plain = MATCHER.scores([text]), plain_scores(MATCHER, [text])
    np.testing.assert_allclose(fast.fuzzy, plain.fuzzy, atol=1e-5)
    assert fast.phrasing.tolist() == plain.phrasing.tolist()


@given(st.lists(questions, min_size=2, max_size=5))
@settings(deadline=None, max_examples=60)
def test_a_question_scores_alone_as_it_does_in_a_batch(texts: list[str]) -> None:
    together = MATCHER.scores(texts)
    for row, text in enumerate(texts):
        alone = MATCHER.scores([text])
        np.testing.assert_allclose(alone.linear[0], together.linear[row], atol=1e-6)
        assert alone.nearest[0].tolist() == together.nearest[row].tolist()
        assert alone.phrasing[0].tolist() == together.phrasing[row].tolist()


def test_more_questions_than_are_scored_at_once_keep_their_order() -> None:
    texts = [*TEXTS] * 20
    scores = MATCHER.scores(texts)
    assert len(texts) > 256
    np.testing.assert_array_equal(scores.nearest[: len(TEXTS)], scores.nearest[-len(TEXTS) :])


def test_no_questions_have_no_scores() -> None:
    assert MATCHER.scores([]).linear.shape == (0, len(TOPICS))


@given(st.text(st.sampled_from("abdeiklnoprtz"), min_size=4, max_size=12))
@settings(deadline=None)
def test_repair_looks_at_every_word_within_reach(word: str) -> None:
    analyzer = Analyzer.from_texts(TEXTS)
    edits = 1 if len(word) < 8 else 2
    choices = sorted(analyzer.vocabulary)
    within = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
    looked_at = {choices[at] for at in analyzer._perhaps_within(word, edits)}
    assert {known for known, _, _ in within} <= looked_at


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_plain_letters_are_normalised_as_all_others(text: str) -> None:
    with_accent = normalise(unicodedata.normalize("NFD", "é ") + text)
    assert normalise("e " + text) == with_accent
