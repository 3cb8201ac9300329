"""Put candidates in order, each with the probability that it is the right one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from assistant.calibration import confidence_features
from assistant.class_groups import ClassGroups
from assistant.matcher import Match
from assistant.training import Model
from corpus.models import CHATTER_KINDS, ChatterKind

Array = NDArray[np.float64]
LENGTH = 5
"""Candidates kept, or more where the three best FAQ entries are not among these."""
_FAQ_KEPT = 3
_LEAST = 1e-300
"""No share is smaller; it keeps a division safe where a corpus has no FAQ entry."""
CHATTER_SHARE = 0.35
"""From this probability on a message counts as chatter, and gets no FAQ answer."""


REFUSAL_WEIGHT = 2 / 3
"""How much the probability of a gap or of "none" counts against that of an entry: showing choices
to someone whose question is not in the FAQ costs less than refusing a question that is."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold the candidates of one question, best first, and what else it may be."""

    matches: tuple[Match, ...]
    best_faq: float
    """Calibrated probability that the best FAQ entry is right."""
    none: float
    """Probability that it is none of the entries and gaps."""
    chatter: ChatterKind | None


def rank(model: Model, texts: Sequence[str]) -> list[Ranking]:
    """Rank the entries and gaps for each text.

    The best FAQ entry gets its calibrated probability. What that leaves is shared by the gaps,
    the practical entries and "none" in the proportions the matcher gives them (gaps and "none" at
    REFUSAL_WEIGHT); the other FAQ entries stand to the best as the matcher has it.
    """
    if not texts:
        return []
    scores = model.matcher.scores(texts)
    groups = ClassGroups.of(model.matcher.classes_)
    shares = softmax(model.matcher.combine(scores).astype(float), axis=1)
    sure = model.calibrator.predict_proba(confidence_features(model.matcher, texts, scores))
    probability = _probabilities(shares, sure, groups)
    found: list[list[Match]] = [[] for _ in texts]
    for row, column in _kept(probability, groups):
        found[row].append(
            model.matcher.evidence(texts[row], scores, row, column, float(probability[row, column]))
        )
    none = probability[:, ~groups.target].sum(axis=1).tolist()
    chatter = _chatter(model.matcher.classes_, shares)
    return [
        Ranking(tuple(matches), *rest)
        for matches, *rest in zip(found, sure.tolist(), none, chatter, strict=True)
    ]


def _probabilities(shares: Array, sure: Array, groups: ClassGroups) -> Array:
    faq = shares[:, groups.faq]
    others = np.maximum(shares[:, ~groups.faq].sum(axis=1), 1e-9)
    rest = ((1 - sure) / others)[:, None] * shares
    rest = np.where(groups.practical, rest, REFUSAL_WEIGHT * rest)
    entries = (sure / faq.max(axis=1, initial=_LEAST))[:, None] * shares
    return np.asarray(np.where(groups.faq, entries, rest))


def _kept(probability: Array, groups: ClassGroups) -> list[tuple[int, int]]:
    """Give row and column of the candidates kept, best first within each row.

    These are the best few, and the three best FAQ entries wherever they stand.
    """
    candidates = np.flatnonzero(groups.target)
    order = candidates[np.argsort(-probability[:, candidates], axis=1, kind="stable")]
    is_entry = groups.faq[order]
    kept = is_entry & (is_entry.cumsum(axis=1) <= _FAQ_KEPT)
    kept[:, :LENGTH] = True
    rows, places = np.nonzero(kept)
    return list(zip(rows.tolist(), order[rows, places].tolist(), strict=True))


def _chatter(names: NDArray[np.str_], shares: Array) -> list[ChatterKind | None]:
    kinds = [next((kind for kind in CHATTER_KINDS if kind == name), None) for name in names]
    return [
        kinds[column] if share >= CHATTER_SHARE else None
        for column, share in zip(
            shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist(), strict=True
        )
    ]
