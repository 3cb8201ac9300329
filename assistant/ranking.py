"""Put candidates in order, each with the probability that it is the right one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from assistant.calibration import confidence_features
from assistant.matcher import Match, Scores
from assistant.training import Model
from corpus.models import CHATTER_KINDS, ChatterKind

LENGTH = 5
"""Candidates kept, or more where the three best FAQ entries are not among these."""
_FAQ_KEPT = 3
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
    shares = softmax(model.matcher.combine(scores).astype(float), axis=1)
    sure = model.calibrator.predict_proba(confidence_features(model.matcher, texts, scores))
    return [
        _ranking(model, text, scores, row, shares[row], float(sure[row]))
        for row, text in enumerate(texts)
    ]


def _ranking(
    model: Model,
    text: str,
    scores: Scores,
    row: int,
    shares: NDArray[np.float64],
    sure: float,
) -> Ranking:
    names = model.matcher.classes_
    faq = np.array([name.startswith("q") for name in names])
    chatter = np.isin(names, CHATTER_KINDS)
    practical = np.char.startswith(names, "p")
    rest = (1 - sure) * shares / max(shares[~faq].sum(), 1e-9)
    rest = np.where(practical, rest, REFUSAL_WEIGHT * rest)
    probability = np.where(faq, sure * shares / shares[faq].max(), rest)
    target = ~chatter & (names != "none")
    found = [
        replace(
            model.matcher.evidence(text, scores, row, column),
            probability=float(probability[column]),
        )
        for column in _kept(np.where(target, probability, -1.0), faq)
    ]
    top = names[np.argmax(shares)]
    kind = next((k for k in CHATTER_KINDS if k == top and shares.max() >= CHATTER_SHARE), None)
    return Ranking(tuple(found), sure, float(probability[~target].sum()), kind)


def _kept(probability: NDArray[np.float64], faq: NDArray[np.bool_]) -> list[int]:
    """Give the best columns, and the three best FAQ entries wherever they stand."""
    order = [int(c) for c in np.argsort(-probability, kind="stable") if probability[c] >= 0]
    entries = [column for column in order if faq[column]][:_FAQ_KEPT]
    return [column for at, column in enumerate(order) if at < LENGTH or column in entries]
