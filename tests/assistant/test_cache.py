"""A fitted model is kept as plain arrays; a damaged one is learnt again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.cache import SHIPPED, code_version, load_model, model_for, save_model
from assistant.training import Model, train
from corpus import SHIPPED_CORPUS, Corpus, load_corpus

TEXTS = ["waar laat ik oud papier", "mijn bak is niet geleegd", "wat kost een nieuwe pas"]


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> Model:
    return train(corpus)


def test_a_kept_model_gives_the_same_probabilities(
    model: Model, corpus: Corpus, tmp_path: Path
) -> None:
    save_model(model, tmp_path / "model.npz")
    kept = load_model(tmp_path / "model.npz", corpus)
    assert np.array_equal(kept.matcher.predict_proba(TEXTS), model.matcher.predict_proba(TEXTS))
    assert (kept.policy, kept.promise) == (model.policy, model.promise)


def test_a_kept_model_holds_no_pickled_objects(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path / "model.npz")
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "iuf" for name in arrays.files)


@pytest.mark.parametrize("damage", ["truncated", "flipped", "empty", "text"])
def test_a_damaged_model_is_learnt_again(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setenv("VRAAGWIJZER_CACHE", str(tmp_path))
    expected = model_for(corpus).matcher.predict_proba(TEXTS)
    [path] = tmp_path.glob("*.npz")
    content = path.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    path.write_bytes(
        {"truncated": content[:middle], "flipped": flipped, "empty": b"", "text": b"hallo"}[damage]
    )
    assert np.array_equal(model_for(corpus).matcher.predict_proba(TEXTS), expected)


def test_the_shipped_model_fits_the_shipped_corpus_and_this_code() -> None:
    shipped = load_corpus(SHIPPED_CORPUS)
    path = SHIPPED / f"{shipped.version}-{code_version()}.npz"
    assert [path] == list(SHIPPED.glob("*.npz")), "run: make fit"
    assert load_model(path, shipped).promise.kept


def test_another_corpus_gets_another_file(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VRAAGWIJZER_CACHE", str(tmp_path))
    model_for(corpus)
    model_for(replace(corpus, title="Anders"))
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_a_folder_that_cannot_be_written_only_costs_time(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("VRAAGWIJZER_CACHE", str(tmp_path / "file"))
    assert model_for(corpus).matcher.predict(TEXTS[:1])
