"""Learn which kind a chat message is: a linear model over cues and short word sequences.

The unit is the sentence: a message is as much a question as the sentence in it that is most so.
Long messages are then not taken for questions, nor questions for talk, by their length alone.
The model learns from data/chat-lines.tsv (invented messages) and is kept as plain arrays beside it;
a file that is missing, damaged or of other data means learning again.
"""

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from assistant.cues import asks, clause_cues, message_cues
from assistant.sentences import sentences, without_urls
from assistant.text import normalise

DATA: Final = Path(__file__).parent / "data"
LINES: Final = DATA / "chat-lines.tsv"
FITTED: Final = DATA / "chat-kinds.npz"
QUESTIONS: Final = ("question", "logistics", "technical")
"""Kinds of messages whose senders want an answer."""
_GRAM_WEIGHT: Final = 1.0
_CONTEXT_WEIGHT: Final = 0.5
"""What the whole message shows counts less for a sentence than what the sentence shows itself."""
_WORD: Final = re.compile(r"[a-z@]+|[?!]")
_MENTION: Final = re.compile(r"@\[?\w+\]?")
_PROBE: Final = 20
"""Every so many lines one is looked at to see whether the code still gives the same features."""

Features = dict[str, float]


class Scored(NamedTuple):
    """Hold one sentence with the probability of each kind."""

    sentence: str
    probabilities: Mapping[str, float]

    @property
    def question(self) -> float:
        """Give the probability that the sentence wants an answer."""
        return sum(self.probabilities.get(kind, 0.0) for kind in QUESTIONS)


def features(message: str) -> list[tuple[str, Features]]:
    """Give each sentence of a message with its features; one empty sentence if there is none."""
    text = without_urls(message)
    whole = normalise(text)
    context = dict.fromkeys((f"message {name}" for name in message_cues(whole)), _CONTEXT_WEIGHT)
    if "?" in whole:
        context["message mark"] = _CONTEXT_WEIGHT
    if "@" in whole:
        context["mention"] = 1.0
    rows = sentences(text) or [text.strip()]
    last = len(rows) - 1
    return [(row, context | _own_features(row, is_last=n == last)) for n, row in enumerate(rows)]


def _own_features(sentence: str, *, is_last: bool) -> Features:
    plain = normalise(sentence)
    found: Features = dict.fromkeys((f"own {name}" for name in message_cues(plain)), 1.0)
    found |= dict.fromkeys(clause_cues(plain), 1.0)
    if asks(plain):
        found["asks"] = 1.0
    count = len(plain.split())
    found |= {f"words <= {n}": 1.0 for n in (1, 2, 3, 5) if count <= n}
    if "?" in plain:
        found["mark" if is_last else "mark, and more behind it"] = 1.0
    if "!" in plain:
        found["exclamation mark"] = 1.0
    if not re.search("[a-z]", plain):
        found["no letters"] = 1.0
    return found | dict.fromkeys(_grams(sentence), _GRAM_WEIGHT)


def _grams(sentence: str) -> Iterable[str]:
    """Yield words, pairs and triples, with marks for the start and the end."""
    words = ["^", *_WORD.findall(normalise(_MENTION.sub("@", sentence))), "$"]
    yield from (f"1 {a}" for a in words)
    yield from (f"2 {a} {b}" for a, b in pairwise(words))
    yield from (f"3 {a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False))


class KindClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classify chat messages by the kind of their most question-like sentence.

    Parameters
    ----------
    regularisation : float
        Inverse strength of the penalty on weights (`C` of LogisticRegression).
    min_count : int
        Word sequences that stand in fewer sentences are left out.
    """

    def __init__(self, regularisation: float = 1.0, min_count: int = 2) -> None:
        self.regularisation = regularisation
        self.min_count = min_count

    def fit(self, messages: Sequence[str], kinds: Sequence[str]) -> "KindClassifier":
        """Learn from messages and their kinds."""
        from sklearn.feature_extraction import DictVectorizer  # only learning needs these two
        from sklearn.linear_model import LogisticRegression

        rows: list[Features] = []
        labels: list[str] = []
        for message, kind in zip(messages, kinds, strict=True):
            found = features(message)
            asking = _asking_sentences([sentence for sentence, _ in found])
            for number, (_, row) in enumerate(found):
                rows.append(row)
                is_context = kind in QUESTIONS and number not in asking
                labels.append("statement" if is_context else kind)
        counts = Counter(name for row in rows for name in row)
        kept = [{n: v for n, v in row.items() if self._is_kept(n, counts[n])} for row in rows]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(kept)
        model = LogisticRegression(C=self.regularisation, max_iter=1000).fit(matrix, labels)
        self._set(vectorizer.get_feature_names_out(), model.coef_, model.intercept_, model.classes_)
        return self

    def _is_kept(self, name: str, count: int) -> bool:
        return name[0] not in "123" or count >= self.min_count

    def _set(self, names: Any, coef: NDArray[Any], intercept: NDArray[Any], classes: Any) -> None:
        self.classes_ = np.array([str(name) for name in classes])
        self.feature_names_ = np.array([str(name) for name in names])
        self.coef_ = coef.astype(np.float32)
        self.intercept_ = intercept.astype(np.float32)
        rows = self.coef_.T.astype(float)
        self.weights_ = dict(zip(self.feature_names_.tolist(), rows, strict=True))

    def score_sentences(self, message: str) -> list[Scored]:
        """Give the sentences of a message with the probability of each kind."""
        check_is_fitted(self)
        return [Scored(sentence, self._probabilities(row)) for sentence, row in features(message)]

    def _probabilities(self, row: Features) -> dict[str, float]:
        known = [
            (value, self.weights_[name]) for name, value in row.items() if name in self.weights_
        ]
        total = self.intercept_.astype(float)
        if known:
            values, weights = zip(*known, strict=True)
            total = total + np.array(values) @ np.array(weights)
        return dict(zip(self.classes_.tolist(), softmax(total).tolist(), strict=True))

    def predict_proba(self, messages: Sequence[str]) -> NDArray[np.float64]:
        """Give for each message the probabilities of its most question-like sentence."""
        rows = []
        for message in messages:
            best = max(self.score_sentences(message), key=lambda scored: scored.question)
            rows.append([best.probabilities[kind] for kind in self.classes_.tolist()])
        return np.array(rows).reshape(-1, len(self.classes_))

    def predict(self, messages: Sequence[str]) -> NDArray[Any]:
        """Give the most probable kind of each message."""
        probabilities = self.predict_proba(messages)
        chosen: NDArray[Any] = self.classes_[probabilities.argmax(axis=1)]
        return chosen


def _asking_sentences(rows: Sequence[str]) -> set[int]:
    """Guess which sentences of a labelled question ask: those with a mark, else the last."""
    marked = {number for number, row in enumerate(rows) if "?" in row}
    return marked or {len(rows) - 1}


def read_lines(path: Path) -> tuple[list[str], list[str]]:
    """Read `kind<TAB>message` lines; gives messages and kinds."""
    rows = [line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if line[:1] != "#"]
    return [message for _, message in rows], [kind for kind, _ in rows]


@cache
def fingerprint() -> str:
    """Give a hash of the lines and of what the code makes of some of them.

    Of the features, not of the code: to lay out a module anew is no reason to learn again.
    """
    digest = hashlib.sha256(LINES.read_bytes())
    messages, _ = read_lines(LINES)
    for message in messages[::_PROBE]:
        digest.update(repr(features(message)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


@cache
def kind_classifier() -> KindClassifier:
    """Give the fitted classifier, learnt once a process at most."""
    try:
        return load(FITTED)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return KindClassifier().fit(*read_lines(LINES))


def save(model: KindClassifier, path: Path) -> None:
    """Write a fitted classifier as plain arrays."""
    np.savez_compressed(
        path,
        fingerprint=np.array(fingerprint()),
        names=np.array("\n".join(model.feature_names_)),
        classes=model.classes_,
        coef=model.coef_,
        intercept=model.intercept_,
    )


def load(path: Path) -> KindClassifier:
    """Read a fitted classifier; raises ValueError when it was learnt from other data or code."""
    with np.load(path, allow_pickle=False) as arrays:
        if str(arrays["fingerprint"]) != fingerprint():
            raise ValueError(f"{path} was learnt from other data or code")
        model = KindClassifier()
        names = str(arrays["names"]).split("\n")
        model._set(names, arrays["coef"], arrays["intercept"], arrays["classes"])
        return model


def refit() -> None:
    """Learn again from the lines, and keep the result beside them (`make fit-kinds`)."""
    save(KindClassifier().fit(*read_lines(LINES)), FITTED)
