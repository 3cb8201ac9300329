"""Score the same questions again under a changed corpus, and work out only what can have changed.

The scores of a changed corpus equal those of its matcher to the last digit but rounding; the tests
hold one to the other. Kept from the corpus before: the features of the questions, and for every
class the wording that is nearest to each question.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.matcher import _PRIOR_WEIGHTS, N_FUZZY, Array, QuestionMatcher, Scores
from assistant.refitting import Ground, Refitted, RefittedMatcher
from assistant.text import words
from assistant.training import Model
from corpus import Corpus

_AT_ONCE: Final = 200
"""Questions compared with every wording at a time: that takes memory."""
_MENDED: Final = 2
"""Edits within which a misspelled word may be mended to a new word."""


@dataclass(frozen=True)
class Scored:
    """Hold questions with their scores under one matcher."""

    questions: tuple[str, ...]
    spoken: tuple[list[str], ...]
    """The words of each question."""
    features: sp.csr_matrix
    scores: Scores
    """With the nearest wording of every class, where the matcher itself keeps those of the best."""


def score(matcher: QuestionMatcher, questions: Sequence[str]) -> Scored:
    """Score questions in full."""
    features = matcher.vectorizer_.transform(questions)
    linear = _linear(matcher, features)
    nearest, phrasing = _nearest(matcher, features, np.arange(len(matcher.classes_)))
    asked = tuple(questions), tuple(words(text) for text in questions)
    return _fuzzy(matcher, asked, features, linear, nearest, phrasing)


def score_again(before: Scored, refitted: Refitted, old: QuestionMatcher) -> Scored:
    """Score the same questions with a matcher that was refitted from the old one."""
    matcher = refitted.model.matcher
    features, other = _moved_features(before, refitted, old)
    linear = _linear(matcher, features)
    classes = matcher.classes_
    shape = (len(before.questions), len(classes))
    nearest, phrasing = np.zeros(shape, np.float32), np.zeros(shape, np.int32)
    same = ~np.isin(classes, _changed_classes(refitted, old))
    place = np.searchsorted(old.classes_, classes[same])
    nearest[:, same] = before.scores.nearest[:, place]
    now = np.zeros(len(old.phrasings_), np.int32)
    now[list(refitted.kept.values())] = list(refitted.kept.keys())
    phrasing[:, same] = now[before.scores.phrasing[:, place]]
    columns = np.flatnonzero(~same)
    nearest[:, columns], phrasing[:, columns] = _nearest(matcher, features, columns)
    if len(other):
        every = np.arange(len(classes))
        nearest[other], phrasing[other] = _nearest(matcher, features[other], every)
    asked = before.questions, before.spoken
    return _fuzzy(matcher, asked, features, linear, nearest, phrasing)


def know(matcher: RefittedMatcher, scored: Scored) -> None:
    """Let a matcher know the scores of questions, so that it need not work them out."""
    matcher.known = {text: row for row, text in enumerate(scored.questions)}
    matcher.ready = scored.scores


def _linear(matcher: QuestionMatcher, features: sp.csr_matrix) -> Array:
    return np.asarray(features @ matcher.coef_ + matcher.intercept_, np.float32)


def _changed_classes(refitted: Refitted, old: QuestionMatcher) -> NDArray[np.str_]:
    """Give the classes that have other wordings than before."""
    matcher = refitted.model.matcher
    now = np.searchsorted(matcher.starts_, refitted.added, side="right") - 1
    was = np.searchsorted(old.starts_, refitted.removed, side="right") - 1
    return np.concatenate([matcher.classes_[now], old.classes_[was]])


def _moved_features(
    before: Scored, refitted: Refitted, old: QuestionMatcher
) -> tuple[sp.csr_matrix, NDArray[np.int64]]:
    """Give the features under the grown vocabulary, and the questions that read otherwise now."""
    vectorizer = refitted.model.matcher.vectorizer_
    size = refitted.model.matcher.coef_.shape[0]
    was = before.features
    indices = refitted.columns[was.indices].astype(was.indices.dtype)
    moved = sp.csr_matrix((was.data, indices, was.indptr), shape=(was.shape[0], size))
    other = _read_otherwise(before.spoken, refitted.new_words, old)
    if not len(other):
        return moved, other
    fresh = vectorizer.transform([before.questions[row] for row in other])
    order = np.arange(moved.shape[0])
    order[other] = moved.shape[0] + np.arange(len(other))
    return sp.csr_matrix(sp.vstack([moved, fresh]))[order], other


def _read_otherwise(
    spoken: Sequence[list[str]], new_words: frozenset[str], old: QuestionMatcher
) -> NDArray[np.int64]:
    """Give the questions with a word that is new, is gone, or may be mended to such a word."""
    if not new_words:
        return np.empty(0, np.int64)
    known = old.vectorizer_.analyzer_.vocabulary
    unknown = sorted({w for found in spoken for w in found if w not in known})
    touched = set(new_words)
    if unknown:
        distances = process.cdist(unknown, sorted(new_words), scorer=OSA.distance)
        near = distances.min(axis=1) <= _MENDED
        touched |= {word for word, is_near in zip(unknown, near, strict=True) if is_near}
    rows = [row for row, found in enumerate(spoken) if not touched.isdisjoint(found)]
    return np.asarray(rows, np.int64)


def _nearest(
    matcher: QuestionMatcher, features: sp.csr_matrix, columns: NDArray[np.int64]
) -> tuple[Array, NDArray[np.int32]]:
    """Give cosine and place of the nearest wording of some classes, for each question."""
    n_words = matcher.vectorizer_.n_words_
    by_word = features[:, :n_words]
    ends = np.append(matcher.starts_[1:], len(matcher.phrasings_))
    nearest = np.zeros((features.shape[0], len(columns)), np.float32)
    phrasing = np.zeros((features.shape[0], len(columns)), np.int32)
    rows = np.arange(features.shape[0])
    for at, column in enumerate(columns):
        start = int(matcher.starts_[column])
        wordings = matcher.index_[start : ends[column]].T.tocsc()
        for first in range(0, len(rows), _AT_ONCE):
            part = rows[first : first + _AT_ONCE]
            alike = (by_word[part] @ wordings).toarray()
            found = alike.argmax(axis=1)
            nearest[part, at] = alike[np.arange(len(part)), found]
            phrasing[part, at] = start + found
    return nearest, phrasing


def _fuzzy(
    matcher: QuestionMatcher,
    asked: tuple[tuple[str, ...], tuple[list[str], ...]],
    features: sp.csr_matrix,
    linear: Array,
    nearest: Array,
    phrasing: NDArray[np.int32],
) -> Scored:
    """Compare the nearest wordings of the best classes, as `QuestionMatcher.scores` does."""
    rough = linear * _PRIOR_WEIGHTS[0] + nearest * _PRIOR_WEIGHTS[1]
    best = np.argsort(-rough, axis=1, kind="stable")[:, :N_FUZZY]
    fuzzy = np.zeros_like(linear)
    spoken = matcher._spoken
    for row, found in enumerate(asked[1]):
        columns = best[row]
        text = " ".join(found)
        known = [spoken[index] for index in phrasing[row, columns]]
        ratios = process.cpdist(
            [text] * len(known), known, scorer=fuzz.token_set_ratio, dtype=np.float32
        )
        fuzzy[row] = ratios.min()
        fuzzy[row, columns] = ratios
    scores = Scores(linear, nearest, fuzzy / np.float32(100), phrasing)
    return Scored(*asked, features, scores)


def save_scored(path: Path, ground: Ground, scored: Scored) -> None:
    """Keep features and scores as plain arrays; the file is complete or not there."""
    arrays = {
        f"{name}_{part}": getattr(matrix, part)
        for name, matrix in (("lines", ground.features), ("asked", scored.features))
        for part in ("data", "indices", "indptr")
    }
    arrays |= {item.name: getattr(scored.scores, item.name) for item in fields(Scores)}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def load_scored(
    path: Path, corpus: Corpus, model: Model, questions: Sequence[str]
) -> tuple[Ground, Scored]:
    """Read what `save_scored` kept; raises OSError, ValueError, KeyError or BadZipFile."""
    size = model.matcher.coef_.shape[0]
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        lines, asked = (
            sp.csr_matrix(
                tuple(arrays[f"{name}_{part}"] for part in ("data", "indices", "indptr")),
                shape=(len(arrays[f"{name}_indptr"]) - 1, size),
            )
            for name in ("lines", "asked")
        )
        scores = Scores(*(arrays[item.name] for item in fields(Scores)))
    if asked.shape[0] != len(questions):
        raise ValueError("These are other questions.")
    spoken = tuple(words(text) for text in questions)
    return Ground.of(corpus, model, lines), Scored(tuple(questions), spoken, asked, scores)
