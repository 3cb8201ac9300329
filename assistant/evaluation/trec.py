"""Write observations as a TREC run, for trec_eval, ir-measures, ranx and the like."""

import math
from collections.abc import Iterable, Iterator

from assistant.evaluation.observations import Observation

TAG = "vraagwijzer"


def run_lines(observations: Iterable[Observation], tag: str = TAG) -> Iterator[str]:
    """Yield `query Q0 entry rank score tag` for each FAQ entry of each question.

    Tools that read runs sort by score and break ties their own way, so each score is written
    strictly below the one before it.
    """
    for observation in observations:
        above = math.inf
        for rank, candidate in enumerate(observation.faq_ranking, 1):
            above = min(candidate.score, math.nextafter(above, -math.inf))
            name = observation.question.id
            yield f"{name} Q0 {candidate.entry_id} {rank} {above!r} {tag}\n"
