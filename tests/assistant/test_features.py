"""The fast features are the same as scikit-learn's plain ones."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from assistant.features import GramVectorizer

TEXTS = (
    "mijn baas luistert niet naar mijn bezwaren",
    "wie neemt het besluit over de weg",
    "hoe zeg ik dat het besluit niet mag van de wet",
    "collega's durven niets te zeggen over het besluit",
)
FITTED = GramVectorizer(jargon=[("besluit", ("beslissing",))]).fit(TEXTS)


def plain(texts: list[str]) -> sp.csr_matrix:
    """Give the features as the two TfidfVectorizers give them."""
    return sp.hstack([FITTED.word_.transform(texts), FITTED.char_.transform(texts)], format="csr")


@given(
    st.lists(st.text(st.sampled_from("abdeilnorstvwz '?é"), max_size=60), min_size=1, max_size=4)
)
@settings(deadline=None)
def test_fast_features_equal_the_plain_ones(texts: list[str]) -> None:
    difference = FITTED.transform(texts) - plain(texts)
    assert abs(difference).max() < 1e-6


@pytest.mark.parametrize("text", TEXTS)
def test_fast_features_equal_the_plain_ones_on_known_texts(text: str) -> None:
    assert np.allclose(FITTED.transform([text]).toarray(), plain([text]).toarray(), atol=1e-6)


def test_each_block_has_length_one() -> None:
    row = FITTED.transform([TEXTS[0]]).toarray()[0]
    blocks = row[: FITTED.n_words_], row[FITTED.n_words_ :]
    assert [float(np.linalg.norm(block)) for block in blocks] == pytest.approx([1, 1])


def test_a_text_without_known_words_has_no_features() -> None:
    assert FITTED.transform(["qqq", ""]).nnz == 0


def test_no_texts_give_no_rows() -> None:
    assert FITTED.transform([]).shape == (0, len(FITTED.transform([TEXTS[0]]).toarray()[0]))


def test_an_unfitted_vectorizer_says_so() -> None:
    with pytest.raises(NotFittedError):
        GramVectorizer().transform(["vraag"])


def test_a_clone_has_the_same_parameters_and_nothing_learnt() -> None:
    copy = clone(FITTED)
    assert copy.get_params() == FITTED.get_params()
    assert not hasattr(copy, "word_")
