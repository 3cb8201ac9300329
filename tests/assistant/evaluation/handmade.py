"""Make an observation by hand, in one line."""

from assistant.evaluation.observations import Observation, Scored
from assistant.evaluation.questions import LabelledQuestion


def observe(
    query_id: str,
    relevance: dict[str, int],
    ranking: list[tuple[str, float]],
    *,
    outcome: str = "",
    chosen: tuple[str, ...] = (),
    reply_kind: str = "",
    gap_id: str = "",
    seconds: float = 0.01,
    **question: object,
) -> Observation:
    """Give one observation in one line."""
    asked = LabelledQuestion(query_id, f"Vraag {query_id}?", relevance=relevance, **question)  # type: ignore[arg-type]
    scored = tuple(Scored(entry, score) for entry, score in ranking)
    return Observation(
        asked,
        scored,
        outcome,
        reply_kind or outcome,
        chosen,
        gap_id,
        phrasing="Zo?",
        seconds=seconds,
    )
