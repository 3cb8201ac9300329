"""QuestionMatcher keeps scikit-learn's estimator contract, to the letter."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict

from assistant.matcher import QuestionMatcher
from corpus import Corpus


@pytest.fixture(scope="module")
def data(corpus: Corpus) -> tuple[list[str], np.ndarray]:
    texts, targets = zip(*corpus.labelled_phrasings(), strict=True)
    return list(texts), np.asarray(targets)


@pytest.fixture(scope="module")
def matcher(data: tuple[list[str], np.ndarray]) -> QuestionMatcher:
    return QuestionMatcher().fit(*data)


def test_fit_returns_the_estimator_itself(data: tuple[list[str], np.ndarray]) -> None:
    matcher = QuestionMatcher(folds=0)
    assert matcher.fit(*data) is matcher


def test_known_wordings_are_recognised(
    matcher: QuestionMatcher, data: tuple[list[str], np.ndarray]
) -> None:
    assert matcher.score(*data) > 0.97


def test_probabilities_add_up_to_one(matcher: QuestionMatcher) -> None:
    probabilities = matcher.predict_proba(["waar laat ik oud papier", "iets heel anders"])
    assert probabilities.shape == (2, len(matcher.classes_))
    assert probabilities.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_prediction_is_the_most_probable_class(matcher: QuestionMatcher) -> None:
    texts = ["waar laat ik oud papier", "mijn container is niet geleegd"]
    best = matcher.classes_[np.argmax(matcher.predict_proba(texts), axis=1)]
    assert list(matcher.predict(texts)) == list(best)


def test_fitting_twice_gives_the_same(data: tuple[list[str], np.ndarray]) -> None:
    texts = ["waar laat ik oud papier", "mag glas in de bak"]
    first = QuestionMatcher().fit(*data).predict_proba(texts)
    again = QuestionMatcher().fit(*data).predict_proba(texts)
    assert np.array_equal(first, again)


def test_a_question_gets_the_same_alone_and_in_a_batch(matcher: QuestionMatcher) -> None:
    texts = ["waar laat ik oud papier", "mag glas in de bak", "hoe vraag ik een pas aan"]
    alone = np.vstack([matcher.predict_proba([text]) for text in texts])
    assert np.allclose(alone, matcher.predict_proba(texts), atol=1e-6)


def test_clone_keeps_parameters_and_forgets_the_rest(matcher: QuestionMatcher) -> None:
    copy = clone(matcher)
    assert copy.get_params() == matcher.get_params()
    with pytest.raises(NotFittedError):
        copy.predict(["vraag"])


def test_parameters_are_stored_as_given() -> None:
    jargon = [("or", ("ondernemingsraad",))]
    assert QuestionMatcher(jargon=jargon, C=2.0).get_params()["jargon"] is jargon


def test_cross_val_predict_works(data: tuple[list[str], np.ndarray]) -> None:
    texts, targets = data
    predicted = cross_val_predict(QuestionMatcher(folds=0), texts, targets, cv=3)
    assert (predicted == targets).mean() > 0.4


def test_grid_search_works(data: tuple[list[str], np.ndarray]) -> None:
    search = GridSearchCV(QuestionMatcher(folds=0), {"C": [0.01, 0.3]}, cv=2).fit(*data)
    assert search.best_params_["C"] in (0.01, 0.3)


def test_evidence_names_the_nearest_phrasing_and_the_shared_words(
    matcher: QuestionMatcher, data: tuple[list[str], np.ndarray]
) -> None:
    text, target = data[0][3], str(data[1][3])
    scores = matcher.scores([text])
    column = int(np.searchsorted(matcher.classes_, target))
    evidence = matcher.evidence(text, scores, 0, column)
    assert (evidence.entry_id, evidence.phrasing) == (target, text)
    assert evidence.shared_words


@pytest.mark.parametrize(
    ("texts", "targets", "message"),
    [
        (["een", "twee"], ["q01"], "2 texts but 1 labels"),
        (["een", "twee"], ["q01", "q01"], "at least two classes"),
    ],
)
def test_fit_says_what_is_wrong_with_its_input(
    texts: list[str], targets: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        QuestionMatcher().fit(texts, targets)


def test_two_classes_are_enough() -> None:
    texts = ["waar laat ik papier", "papier en karton", "mijn bak is vol", "de bak zit vol"]
    matcher = QuestionMatcher(folds=0).fit(texts, ["q01", "q01", "q02", "q02"])
    assert list(matcher.predict(["oud papier", "volle bak"])) == ["q01", "q02"]
