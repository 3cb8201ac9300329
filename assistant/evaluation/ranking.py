"""Give the published ranking measures of one question, over the FAQ entries alone.

Names and cutoffs follow ir-measures (MacAvaney, Macdonald, Ounis 2022), which the tests check
them against.
"""

import math
from collections.abc import Iterable

from assistant.evaluation.observations import Observation


def success_at(observation: Observation, cutoff: int) -> bool:
    """Give Success@k: an acceptable entry is among the first k (TREC Web Track 2004)."""
    first = observation.faq_ranking[:cutoff]
    return any(candidate.entry_id in observation.question.acceptable for candidate in first)


def reciprocal_rank(observation: Observation) -> float:
    """Give RR, one by the rank of the first acceptable entry, 0 when it is not ranked.

    Kantor and Voorhees (2000), "The TREC-5 confusion track", Information Retrieval 2(2-3).
    """
    for rank, candidate in enumerate(observation.faq_ranking, 1):
        if candidate.entry_id in observation.question.acceptable:
            return 1 / rank
    return 0.0


def ndcg_at(observation: Observation, cutoff: int) -> float:
    """Give nDCG@k with the relevance as gain and a logarithmic discount.

    Järvelin and Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques",
    ACM TOIS 20(4), in the form that trec_eval computes.
    """
    question = observation.question
    grades = {entry: question.relevance[entry] for entry in question.acceptable}
    ideal = _dcg(sorted(grades.values(), reverse=True)[:cutoff])
    if not ideal:
        return 0.0
    ranked = observation.faq_ranking[:cutoff]
    return _dcg(grades.get(candidate.entry_id, 0) for candidate in ranked) / ideal


def _dcg(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
