"""Say how likely it is that two questions ask the same.

Each question is read once (`QuestionReader`): its words, the entries and gaps it may belong to, and
its profile, which is how much it looks like each group of data/question-groups.tsv (invented
questions; those of one group ask the same). The probability is a logistic regression over how two
questions compare. The entry is one feature and never enough: what is asked is finer than an entry.
"""

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.special import expit, softmax

from assistant.concepts import concepts
from assistant.matcher import QuestionMatcher
from assistant.text import words
from corpus.validation import fold

Array = NDArray[np.float64]
DATA: Final = Path(__file__).parent / "data"
GROUPS: Final = DATA / "question-groups.tsv"
WEIGHTS: Final = DATA / "likeness.json"
FEATURES: Final = ("words", "letters", "entries", "profile", "whole profile", "strength", "length")
PLAIN_FEATURES: Final = ("words", "letters", "entries", "length")
"""What is left to compare by in a corpus on another subject than the groups."""
_GRAM_WEIGHT: Final = 0.5
_CONCEPT_WEIGHT: Final = 0.2
"""Weight of words and of concepts in a profile, against entries as 1."""
_RIDGE: Final = 1.0
_COVERED: Final = 0.85
"""Share of the groups' words that a corpus must know for its questions to get a profile."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Hold a question as it is compared: read once, however often it is compared."""

    text: str
    folded: str
    spoken: str
    words: dict[str, float]
    """Stems with their weights, of length one; a word that the corpus does not know weighs most."""
    numbers: frozenset[str]
    entries: NDArray[np.float32]
    """Shares of the matcher's classes, of length one."""
    profile: NDArray[np.float32]
    """How much it looks like each group, of length one; empty where the groups do not apply."""
    whole_profile: NDArray[np.float32]
    """The same with how much it does not look like others."""
    strength: float


class Groups(NamedTuple):
    """Hold invented questions and the name of the group of each."""

    texts: tuple[str, ...]
    names: NDArray[np.str_]


class QuestionReader:
    """Read questions with what a corpus knows."""

    def __init__(self, matcher: QuestionMatcher, groups: Groups | None = None) -> None:
        self._matcher = matcher
        self._analyzer = matcher.vectorizer_.analyzer_
        self._learnt = groups if groups is not None else self._applicable(read_groups(GROUPS))
        self._idf = self._document_frequencies()
        self._concept_weights: dict[str, float] = {}
        self._space = sp.csr_matrix((0, 0))
        self._coef = np.empty((0, 0))
        if self._learnt.texts:
            self._learn()

    @property
    def has_profiles(self) -> bool:
        """Tell whether the groups of invented questions apply to this corpus."""
        return bool(self._learnt.texts)

    def read(self, texts: Sequence[str]) -> list[Question]:
        """Read questions, in the same order."""
        if not texts:
            return []
        shares = self._shares(texts)
        raw = self._profiles(texts, shares)
        entries = _unit(shares).astype(np.float32)
        strengths = raw.max(axis=1, initial=0.0)
        positive = _unit(np.maximum(raw, 0)).astype(np.float32)
        whole = _unit(raw).astype(np.float32)
        return [
            self._question(text, entries[row], positive[row], whole[row], float(strengths[row]))
            for row, text in enumerate(texts)
        ]

    def _question(
        self,
        text: str,
        entries: NDArray[np.float32],
        profile: NDArray[np.float32],
        whole: NDArray[np.float32],
        strength: float,
    ) -> Question:
        spoken = words(text)
        return Question(
            text=text,
            folded=fold(text) or text,
            spoken=" ".join(spoken),
            words=self._weigh(self._analyzer.stems(text)),
            numbers=frozenset(word for word in spoken if any(map(str.isdigit, word))),
            entries=entries,
            profile=profile,
            whole_profile=whole,
            strength=strength,
        )

    def _shares(self, texts: Sequence[str]) -> Array:
        scores = self._matcher.combine(self._matcher.scores(texts)).astype(float)
        return np.asarray(softmax(scores, axis=1))

    def _profiles(self, texts: Sequence[str], shares: Array) -> Array:
        if not self.has_profiles:
            return np.zeros((len(texts), 0))
        return np.asarray((self._place(texts, shares) @ self._space.T).toarray() @ self._coef)

    def _learn(self) -> None:
        """Fit a ridge regression on the groups, in its dual form: fewer questions than features."""
        texts, names = self._learnt
        found = Counter(name for text in texts for name in concepts(text))
        self._concept_weights = {name: math.log(len(texts) / n) for name, n in found.items()}
        self._space = self._place(texts, self._shares(texts))
        target = (names[:, None] == np.unique(names)[None]).astype(float)
        kernel = (self._space @ self._space.T).toarray()
        self._coef = np.linalg.solve(kernel + _RIDGE * np.eye(len(texts)), target)

    def _place(self, texts: Sequence[str], shares: Array) -> sp.csr_matrix:
        grams = self._matcher.vectorizer_.transform(texts) * math.sqrt(_GRAM_WEIGHT)
        names = list(self._concept_weights)
        meant = np.zeros((len(texts), len(names)))
        for row, text in enumerate(texts):
            found = concepts(text)
            meant[row] = [self._concept_weights[n] if n in found else 0.0 for n in names]
        dense = np.hstack([_unit(shares), _unit(meant) * math.sqrt(_CONCEPT_WEIGHT)])
        return sp.hstack([grams, sp.csr_matrix(dense)]).tocsr()

    def _applicable(self, groups: Groups) -> Groups:
        """Give the groups, or none where the corpus is about something else."""
        known = self._analyzer.vocabulary
        found = [word for text in groups.texts for word in words(text)]
        if sum(word in known for word in found) >= _COVERED * len(found):
            return groups
        return Groups((), np.empty(0, np.str_))

    def _document_frequencies(self) -> dict[str, float]:
        texts = (*self._matcher.phrasings_, *self._learnt.texts)
        found = Counter(stem for text in texts for stem in set(self._analyzer.stems(text)))
        self._rarest = math.log(len(texts) + 1)
        return {stem: math.log((len(texts) + 1) / (n + 1)) for stem, n in found.items()}

    def _weigh(self, stems: Sequence[str]) -> dict[str, float]:
        weights = {stem: self._idf.get(stem, self._rarest) for stem in stems}
        length = math.sqrt(sum(value * value for value in weights.values()))
        return {stem: value / length for stem, value in weights.items()} if length else {}


class Likeness:
    """Give the log-odds that questions ask the same."""

    def __init__(self, weights: dict[str, float], intercept: float, threshold: float) -> None:
        self._by_name = dict(weights)
        self._weights = np.array([weights.get(name, 0.0) for name in FEATURES])
        self._intercept = intercept
        self.threshold = threshold
        """Log-odds from which a question joins a group."""

    def with_threshold(self, threshold: float) -> "Likeness":
        """Give the same weights with another threshold."""
        return Likeness(self._by_name, self._intercept, threshold)

    def log_odds(self, question: Question, others: Sequence[Question]) -> Array:
        """Give for each of the others how likely it is to ask the same as the question."""
        if not others:
            return np.empty(0)
        found = pair_features(question, others) @ self._weights + self._intercept
        differs = [_numbers_differ(question, other) for other in others]
        result: Array = np.where(differs, -np.inf, found)
        return result

    def probabilities(self, question: Question, others: Sequence[Question]) -> Array:
        """Give for each of the others the probability that it asks the same as the question."""
        return np.asarray(expit(self.log_odds(question, others)))


@cache
def likeness(has_profiles: bool) -> Likeness:
    """Give the shipped weights, for questions with a profile or for those without."""
    stored = json.loads(WEIGHTS.read_text("utf-8"))["profiles" if has_profiles else "plain"]
    return Likeness(stored["weights"], stored["intercept"], stored["threshold"])


def pair_features(question: Question, others: Sequence[Question]) -> Array:
    """Give how the question compares with each of the others: one row each, as FEATURES."""
    spoken = [other.spoken for other in others]
    size = max(len(question.spoken), 1)
    return np.column_stack(
        [
            [_dot(question.words, other.words) for other in others],
            process.cdist([question.spoken], spoken, scorer=fuzz.ratio)[0] / 100,
            np.stack([other.entries for other in others]) @ question.entries,
            np.stack([other.profile for other in others]) @ question.profile,
            np.stack([other.whole_profile for other in others]) @ question.whole_profile,
            [min(question.strength, other.strength) for other in others],
            [abs(math.log(size / max(len(text), 1))) for text in spoken],
        ]
    ).astype(float)


def read_groups(path: Path) -> Groups:
    """Read `group<TAB>question` lines."""
    lines = path.read_text("utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines if line[:1] != "#"]
    return Groups(tuple(text for _, text in rows), np.array([name for name, _ in rows]))


def _numbers_differ(a: Question, b: Question) -> bool:
    """Tell whether both name a number, and not the same: section 3 is not section 4."""
    return bool(a.numbers) and bool(b.numbers) and a.numbers != b.numbers


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    return sum(value * b.get(stem, 0.0) for stem, value in a.items())


def _unit(rows: Array) -> Array:
    result: Array = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return result
