"""Learn from a corpus all that replies need: matcher, calibrator and policy."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.calibration import Calibrator, confidence_features
from assistant.decision import DecisionPolicy, Labelled, PromiseReport, choose_policy
from assistant.matcher import QuestionMatcher, Scores
from corpus import Corpus, LabelledSet
from corpus.models import Slice

NATURAL_WEIGHT = 3.0
"""How much a freely asked question counts against a phrasing; there are fewer of them, and they are
what people will ask."""
ACCEPTABLE_WEIGHT = 1.5
"""How much a question counts under a further entry that would help too."""
REWORDED_SHARE = 1.0
"""Weight of held-out phrasings in calibration, as a share of the weight of the labelled set: some
people ask freely, some in words close to the FAQ's."""
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Lessons:
    """Hold what the matcher learns from: texts, classes and weights, and what would be right."""

    texts: tuple[str, ...]
    targets: NDArray[np.str_]
    weights: NDArray[np.float64]
    is_phrasing: NDArray[np.bool_]
    """Whether the text was written for its class, rather than asked freely."""

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> "Lessons":
        """Collect every text of a corpus with its class."""
        rows = [(text, target, 1.0, True) for text, target in corpus.labelled_phrasings()]
        rows += [(text, "none", 1.0, True) for text in corpus.out_of_scope]
        rows += [(text, str(kind), 1.0, True) for kind, text in corpus.chatter]
        rows += _asked_freely(corpus.training)
        texts, targets, weights, is_phrasing = zip(*rows, strict=True)
        return cls(texts, np.asarray(targets), np.asarray(weights), np.asarray(is_phrasing))


@dataclass(frozen=True, slots=True)
class Model:
    """Hold all that is learnt from a corpus."""

    matcher: QuestionMatcher
    calibrator: Calibrator
    policy: DecisionPolicy
    promise: PromiseReport


def train(corpus: Corpus) -> Model:
    """Learn from a corpus. The same corpus gives the same model."""
    lessons = Lessons.from_corpus(corpus)
    matcher = QuestionMatcher(jargon=corpus.jargon)
    matcher.fit(lessons.texts, lessons.targets, lessons.weights)
    reworded = _reworded(matcher, lessons)
    asked = _asked(matcher, corpus.calibration)
    probability = _cross_fitted(asked, reworded, corpus)
    labelled = Labelled(probability, asked.right, asked.in_scope, asked.close)
    calibrator = _calibrate(asked, reworded, corpus.promise.out_of_scope_share)
    policy, promise = choose_policy(labelled, corpus.promise)
    return Model(matcher, calibrator, policy, promise)


@dataclass(frozen=True, slots=True)
class _Examples:
    """Hold what a calibrator learns from, one row a question."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    in_scope: NDArray[np.bool_]
    close: NDArray[np.bool_]
    groups: NDArray[np.str_]

    def __getitem__(self, rows: NDArray[np.bool_]) -> "_Examples":
        return _Examples(*(getattr(self, field.name)[rows] for field in fields(self)))


def target_of(labelled: LabelledSet, query_id: str) -> str:
    """Give the class of a labelled question: its entry, its gap, a kind of chatter, or none."""
    about = labelled.slice_of.get(query_id)
    entry = labelled.labels.get(query_id)
    if entry or not about:
        return entry or "none"
    return about.gap or (about.kind if about.kind in ("noise", "technical") else "none")


def _asked_freely(labelled: LabelledSet) -> list[tuple[str, str, float, bool]]:
    rows = []
    for query in labelled.queries:
        target = target_of(labelled, query.id)
        rows.append((query.text, target, NATURAL_WEIGHT, False))
        others = sorted(labelled.acceptable.get(query.id, frozenset()) - {target})
        rows += [(query.text, other, ACCEPTABLE_WEIGHT, False) for other in others]
    return rows


def _examples(
    matcher: QuestionMatcher,
    texts: Sequence[str],
    scores: Scores,
    acceptable: Sequence[frozenset[str]],
    slices: Sequence[Slice],
) -> _Examples:
    faq = np.array([name.startswith("q") for name in matcher.classes_])
    best = matcher.classes_[faq][np.argmax(matcher.combine(scores)[:, faq], axis=1)]
    in_scope = np.array([any(n.startswith("q") for n in names) for names in acceptable], bool)
    near = np.array(
        [s.certainty == "weak" and name in s.near for s, name in zip(slices, best, strict=True)],
        bool,
    )
    return _Examples(
        confidence_features(matcher, texts, scores),
        np.array([name in names for name, names in zip(best, acceptable, strict=True)], bool),
        in_scope,
        near & ~in_scope,
        np.array([s.author for s in slices], dtype=str),
    )


def _asked(matcher: QuestionMatcher, labelled: LabelledSet) -> _Examples:
    """Look at the calibration set through the matcher, which has not learnt from it."""
    texts = [query.text for query in labelled.queries]
    acceptable = [labelled.acceptable.get(q.id, frozenset()) for q in labelled.queries]
    slices = [labelled.slice_of.get(q.id, Slice(q.id)) for q in labelled.queries]
    return _examples(matcher, texts, matcher.scores(texts), acceptable, slices)


def _reworded(matcher: QuestionMatcher, lessons: Lessons) -> _Examples:
    """Look at phrasings through matchers from which they were held out."""
    parts = []
    for fold in matcher.held_out_:
        kept = lessons.is_phrasing[fold.rows]
        rows = fold.rows[kept]
        texts = [lessons.texts[row] for row in rows]
        acceptable = [frozenset({str(lessons.targets[row])}) for row in rows]
        scores = fold.scores.take(np.flatnonzero(kept))
        unknown = [Slice("")] * len(texts)
        parts.append(_examples(fold.matcher, texts, scores, acceptable, unknown))
    if not parts:
        return _examples(matcher, [], matcher.scores([]), [], [])
    columns = (np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(_Examples))
    return _Examples(*columns)


def _calibrate(asked: _Examples, reworded: _Examples, out_of_scope_share: float) -> Calibrator:
    """Fit on both kinds of questions, freely asked ones weighed to the assumed share in scope."""
    natural = _weights(asked, out_of_scope_share)
    share = REWORDED_SHARE * max(len(asked.right), 1) / max(len(reworded.right), 1)
    right = np.concatenate([asked.right, reworded.right])
    if right.all() or not right.any():
        return Calibrator.prior()
    return Calibrator.fit(
        np.concatenate([asked.features, reworded.features]),
        right,
        np.concatenate([natural, np.full(len(reworded.right), share)]),
    )


def _weights(asked: _Examples, out_of_scope_share: float) -> NDArray[np.float64]:
    nothing = np.zeros(len(asked.right))
    labelled = Labelled(nothing, asked.right, asked.in_scope, asked.close)
    return labelled.weights(out_of_scope_share)


def _cross_fitted(asked: _Examples, reworded: _Examples, corpus: Corpus) -> NDArray[np.float64]:
    """Give for each labelled question the probability by a calibrator that has not seen its author.

    With fewer than two authors, questions are dealt into folds by their place instead.
    """
    groups = asked.groups
    if len(np.unique(groups)) < 2:
        groups = (np.arange(len(groups)) % _FOLDS).astype(str)
    found = np.zeros(len(groups))
    for group in np.unique(groups):
        rest = groups != group
        calibrator = _calibrate(asked[rest], reworded, corpus.promise.out_of_scope_share)
        found[~rest] = calibrator.predict_proba(asked.features[~rest])
    return found
