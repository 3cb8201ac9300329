from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from assistant import message_kinds
from assistant.message_kinds import FITTED, LINES, KindClassifier, load, read_lines, save

MESSAGES = [
    "Hoe werkt dit?",
    "Waar vind ik de slides?",
    "hallo",
    "dank",
    "Mooi zo.",
    "Wie weet dit?",
]
KINDS = ["question", "logistics", "noise", "noise", "statement", "question"]


def small() -> KindClassifier:
    return KindClassifier(min_count=1).fit(MESSAGES, KINDS)


def test_shipped_arrays_are_what_the_lines_teach() -> None:
    """When this fails: make fit-kinds."""
    shipped, fresh = load(FITTED), KindClassifier().fit(*read_lines(LINES))
    sample = read_lines(LINES)[0][::25]
    assert np.allclose(shipped.predict_proba(sample), fresh.predict_proba(sample), atol=1e-3)


def test_classifier_keeps_the_contract_of_estimators() -> None:
    model = KindClassifier(regularisation=2.0)
    assert clone(model).get_params() == {"regularisation": 2.0, "min_count": 2}
    with pytest.raises(NotFittedError):
        model.predict(["hoi"])


def test_probabilities_add_up_and_the_best_wins() -> None:
    model = small()
    probabilities = model.predict_proba(MESSAGES)
    assert np.allclose(probabilities.sum(axis=1), 1)
    assert (model.predict(MESSAGES) == KINDS).all()


def test_message_is_as_much_a_question_as_its_best_sentence() -> None:
    rows = small().score_sentences("Mooi zo. Hoe werkt dit?")
    assert [row.sentence for row in rows] == ["Mooi zo.", "Hoe werkt dit?"]
    assert rows[1].question > rows[0].question


def test_saved_classifier_comes_back(tmp_path: Path) -> None:
    save(small(), tmp_path / "kinds.npz")
    again = load(tmp_path / "kinds.npz")
    assert np.allclose(again.predict_proba(MESSAGES), small().predict_proba(MESSAGES), atol=1e-5)


def test_damaged_arrays_mean_learning_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kinds.npz").write_bytes(b"kapot")
    monkeypatch.setattr(message_kinds, "FITTED", tmp_path / "kinds.npz")
    message_kinds.kind_classifier.cache_clear()
    try:
        model = message_kinds.kind_classifier()
    finally:
        message_kinds.kind_classifier.cache_clear()
    assert model.predict(["Krijgen we de slides?"]) == ["logistics"]


def test_arrays_of_other_data_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(small(), tmp_path / "kinds.npz")
    monkeypatch.setattr(message_kinds, "fingerprint", lambda: "other")
    with pytest.raises(ValueError, match="other data"):
        load(tmp_path / "kinds.npz")
