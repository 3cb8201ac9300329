"""Learn from invented groups of questions how much each way of comparing two questions counts.

Every question is read by a reader that has not learnt from it: in one round its group is known by
other wordings, in another the whole group is left out, as a chat holds questions of both kinds. The
threshold is the best one for chats made of those questions, by a measure that weighs precision
twice: two different questions on one card cost more than two cards for one question.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.concepts import CONCEPTS
from assistant.evaluation.grouping import PairCounts, pair_counts
from assistant.likeness import (
    FEATURES,
    GROUPS,
    PLAIN_FEATURES,
    WEIGHTS,
    Groups,
    Likeness,
    Question,
    QuestionReader,
    pair_features,
    read_groups,
)
from assistant.matcher import QuestionMatcher
from assistant.service import Assistant
from corpus import SHIPPED_CORPUS, load_corpus

_LINE_FOLDS: Final = 3
_GROUP_FOLDS: Final = 4
_PENALTY: Final = 0.1
_CHATS: Final = 12
_CHAT_GROUPS: Final = 75
_SIZES: Final = (1, 1, 1, 2, 2, 3)
"""How often a question is asked in such a chat, in turn."""
_THRESHOLDS: Final = np.arange(-3.0, 2.01, 0.1)


@dataclass(frozen=True, slots=True)
class _Fold:
    """Hold questions of a fold, read without having learnt from them, and their groups."""

    questions: tuple[Question, ...]
    names: NDArray[np.str_]


def learn(matcher: QuestionMatcher, groups: Groups) -> dict[str, Any]:
    """Give the weights, intercepts and thresholds for questions with and without a profile."""
    folds = list(_folds(matcher, groups))
    return {
        "profiles": _learn_weights(folds, FEATURES, beta=0.5),
        # another subject has other words: there a wrong merge is likelier, so more care is due
        "plain": _learn_weights(folds, PLAIN_FEATURES, beta=0.1),
    }


def fingerprint() -> str:
    """Give a hash of the data that the weights are learnt from."""
    data = GROUPS.read_bytes() + CONCEPTS.read_bytes() + repr(FEATURES).encode()
    return hashlib.sha256(data).hexdigest()[:16]


def refit() -> None:
    """Learn again from the invented groups, and keep the result (`make fit-likeness`)."""
    matcher = Assistant.from_corpus(load_corpus(SHIPPED_CORPUS)).model.matcher
    learnt = {"fingerprint": fingerprint(), **learn(matcher, read_groups(GROUPS))}
    WEIGHTS.write_text(json.dumps(learnt, indent=1) + "\n", "utf-8")


def _folds(matcher: QuestionMatcher, groups: Groups) -> Iterator[_Fold]:
    rng = np.random.default_rng(0)
    by_line = rng.integers(0, _LINE_FOLDS, len(groups.texts))
    names, number = np.unique(groups.names, return_inverse=True)
    by_group = rng.integers(0, _GROUP_FOLDS, len(names))[number]
    for parts, count in ((by_line, _LINE_FOLDS), (by_group, _GROUP_FOLDS)):
        for part in range(count):
            reader = QuestionReader(matcher, _take(groups, parts != part))
            held_out = _take(groups, parts == part)
            yield _Fold(tuple(reader.read(held_out.texts)), held_out.names)


def _take(groups: Groups, rows: NDArray[np.bool_]) -> Groups:
    texts = tuple(text for text, taken in zip(groups.texts, rows, strict=True) if taken)
    return Groups(texts, groups.names[rows])


def _learn_weights(
    folds: Sequence[_Fold], features: Sequence[str], *, beta: float
) -> dict[str, Any]:
    columns = [FEATURES.index(name) for name in features]
    matrices, targets = zip(*map(_pairs, folds), strict=True)
    rows = np.vstack(matrices)[:, columns]
    same = np.concatenate(targets)
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_PENALTY, max_iter=1000).fit(scaler.transform(rows), same)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    rounded = {n: round(float(w), 2) for n, w in zip(features, weights, strict=True)}
    bare = Likeness(rounded, round(intercept, 2), 0.0)
    return {
        "intercept": round(intercept, 2),
        "threshold": _threshold(folds, bare, beta),
        "weights": rounded,
    }


def _pairs(fold: _Fold) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Compare each question with all that come after it in the fold."""
    last = len(fold.questions) - 1
    rows = [pair_features(fold.questions[n], fold.questions[n + 1 :]) for n in range(last)]
    same = [fold.names[n] == fold.names[n + 1 :] for n in range(last)]
    return np.vstack(rows).astype(np.float32), np.concatenate(same)


def _threshold(folds: Sequence[_Fold], bare: Likeness, beta: float) -> float:
    """Give the threshold at which the chats are grouped best, by the F measure of their pairs."""
    rng = np.random.default_rng(1)
    chats = [_chat(folds[number % len(folds)], rng) for number in range(_CHATS)]
    odds = [_odds(chat, bare) for chat in chats]
    scores = [
        _f_measure([_group(chat, some, at) for chat, some in zip(chats, odds, strict=True)], beta)
        for at in _THRESHOLDS.tolist()
    ]
    return round(float(_THRESHOLDS[int(np.argmax(scores))]), 1)


def _f_measure(counts: Sequence[PairCounts], beta: float) -> float:
    """Weigh precision 1 / beta times as much as recall (van Rijsbergen 1979)."""
    right = sum(found.right for found in counts)
    together = sum(found.put_together for found in counts)
    belonging = sum(found.belonging for found in counts)
    return (1 + beta**2) * right / (together + beta**2 * belonging)


def _chat(fold: _Fold, rng: np.random.Generator) -> _Fold:
    names = rng.permutation(np.unique(fold.names))[:_CHAT_GROUPS]
    rows = [
        row
        for place, name in enumerate(names)
        for row in rng.permutation(np.flatnonzero(fold.names == name))[: _SIZES[place % 6]]
    ]
    order = rng.permutation(rows)
    return _Fold(tuple(fold.questions[row] for row in order), fold.names[order])


def _odds(chat: _Fold, bare: Likeness) -> NDArray[np.float64]:
    """Give the log-odds of each question with those before it."""
    size = len(chat.questions)
    odds = np.full((size, size), -np.inf)
    for row, question in enumerate(chat.questions):
        odds[row, :row] = bare.log_odds(question, chat.questions[:row])
    return odds


def _group(chat: _Fold, odds: NDArray[np.float64], threshold: float) -> PairCounts:
    """Group a chat as `assistant.clustering` does, from log-odds that are there already."""
    groups: list[list[int]] = []
    found = []
    for row in range(len(chat.questions)):
        means = [float(odds[row, members].mean()) for members in groups]
        best = int(np.argmax(means)) if means else -1
        if best < 0 or means[best] < threshold:
            groups.append([])
            best = len(groups) - 1
        groups[best].append(row)
        found.append(best)
    return pair_counts(chat.names.tolist(), found)
