"""Keep a fitted model as plain arrays, so that starting does not mean learning again.

A file is named by the corpus's content hash and a hash of the code that learns. Missing or damaged
means learning again; nothing is pickled, so a file can hold no code.
"""

import hashlib
import logging
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.analysis import Analyzer
from assistant.calibration import Calibrator
from assistant.decision import DecisionPolicy, PromiseReport
from assistant.features import GramVectorizer
from assistant.matcher import QuestionMatcher
from assistant.training import Model, train
from corpus import SHIPPED_CORPUS, Corpus, load_corpus

SHIPPED: Final = Path(__file__).parent / "fitted"
"""Models of the shipped corpus, so that a first start is quick."""
_CODE: Final = (
    "text.py",
    "analysis.py",
    "weighing.py",
    "features.py",
    "nearest.py",
    "matcher.py",
    "class_groups.py",
    "calibration.py",
    "decision.py",
    "training.py",
)
DAMAGED: Final = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)

_log = logging.getLogger(__name__)


def model_for(corpus: Corpus) -> Model:
    """Give the model of a corpus: shipped, kept from before, or learnt now and kept."""
    name = f"{corpus.version}-{code_version()}.npz"
    own = cache_folder() / name
    for path in (SHIPPED / name, own):
        if path.exists():
            try:
                return load_model(path, corpus)
            except DAMAGED as error:
                _log.warning(
                    "The fitted model %s cannot be used (%s); learning again.", path, error
                )
    model = train(corpus)
    try:
        save_model(model, own)
    except OSError as error:
        _log.warning("The fitted model cannot be kept in %s (%s).", own.parent, error.strerror)
    return model


def ship_model() -> None:
    """Learn from the shipped corpus and keep the model beside the code."""
    corpus = load_corpus(SHIPPED_CORPUS)
    save_model(train(corpus), SHIPPED / f"{corpus.version}-{code_version()}.npz")


def cache_folder() -> Path:
    """Give the folder for fitted models: $VRAAGWIJZER_CACHE, or the user's cache folder."""
    named = os.environ.get("VRAAGWIJZER_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "vraagwijzer"


@lru_cache(maxsize=1)
def code_version() -> str:
    """Give a hash of the code that learns: with other code, a kept model is of no use."""
    digest = hashlib.sha256()
    for name in _CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:8]


def save_model(model: Model, path: Path) -> None:
    """Write a model; the file is complete or not there."""
    matcher = model.matcher
    vectorizer = matcher.vectorizer_
    vocabulary = vectorizer.analyzer_.vocabulary
    index = matcher.index_
    arrays: dict[str, Any] = {
        "known_words": _joined(vocabulary),
        "known_counts": np.fromiter(vocabulary.values(), np.int32, len(vocabulary)),
        "word_grams": _joined(_in_order(vectorizer.word_.vocabulary_)),
        "word_idf": vectorizer.word_.idf_,
        "char_grams": _joined(_in_order(vectorizer.char_.vocabulary_)),
        "char_idf": vectorizer.char_.idf_,
        "classes": _joined(matcher.classes_),
        "starts": matcher.starts_,
        "phrasings": _joined(matcher.phrasings_),
        "coef": matcher.coef_,
        "intercept": matcher.intercept_,
        "weights": matcher.weights_,
        "index_data": index.data,
        "index_indices": index.indices,
        "index_indptr": index.indptr,
        "calibrator_mean": model.calibrator.mean,
        "calibrator_scale": model.calibrator.scale,
        "calibrator_coef": model.calibrator.coef,
        "calibrator_intercept": np.array(model.calibrator.intercept),
        "policy": np.array([model.policy.answer, model.policy.clarify]),
        "promise": np.array([float(value) for value in asdict(model.promise).values()]),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with part.open("wb") as file:
            np.savez_compressed(file, **arrays)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def load_model(path: Path, corpus: Corpus) -> Model:
    """Read a model of this corpus; raises ValueError, KeyError, OSError or BadZipFile."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        vectorizer = GramVectorizer(jargon=corpus.jargon)
        counts = arrays["known_counts"].tolist()
        known = dict(zip(_split(arrays["known_words"]), counts, strict=True))
        vectorizer.analyzer_ = Analyzer(known, corpus.jargon)
        vectorizer.word_ = vectorizer.word_block()
        vectorizer.char_ = vectorizer.char_block()
        _restore(vectorizer.word_, arrays["word_grams"], arrays["word_idf"])
        _restore(vectorizer.char_, arrays["char_grams"], arrays["char_idf"])
        vectorizer.prepare()
        shape = (len(arrays["index_indptr"]) - 1, vectorizer.n_words_)
        parts = (arrays["index_data"], arrays["index_indices"], arrays["index_indptr"])
        matcher = QuestionMatcher(jargon=corpus.jargon)
        matcher.restore(
            vectorizer,
            classes=np.asarray(_split(arrays["classes"])),
            starts=arrays["starts"],
            phrasings=_split(arrays["phrasings"]),
            coef=arrays["coef"],
            intercept=arrays["intercept"],
            weights=arrays["weights"],
            index=sp.csr_matrix(parts, shape=shape),
        )
        calibrator = Calibrator(
            arrays["calibrator_mean"],
            arrays["calibrator_scale"],
            arrays["calibrator_coef"],
            float(arrays["calibrator_intercept"]),
        )
        answer, clarify = arrays["policy"].tolist()
        return Model(
            matcher, calibrator, DecisionPolicy(answer, clarify), _promise(arrays["promise"])
        )


def _promise(values: NDArray[np.float64]) -> PromiseReport:
    kinds = PromiseReport.__dataclass_fields__.values()
    casts = {"int": int, "bool": bool, int: int, bool: bool}
    return PromiseReport(*(casts.get(f.type, float)(v) for f, v in zip(kinds, values, strict=True)))


def _restore(block: TfidfVectorizer, grams: NDArray[np.uint8], idf: NDArray[np.float64]) -> None:
    names = _split(grams)
    if len(names) != len(idf):
        raise ValueError(f"{len(names)} n-grams but {len(idf)} weights.")
    block.vocabulary_ = {name: column for column, name in enumerate(names)}
    block.fixed_vocabulary_ = True
    block.idf_ = idf


def _in_order(vocabulary: Mapping[str, int]) -> list[str]:
    return sorted(vocabulary, key=vocabulary.__getitem__)


def _joined(texts: Any) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)


def _split(joined: NDArray[np.uint8]) -> list[str]:
    return joined.tobytes().decode("utf-8").split("\n")
