"""Decide what to do with calibrated probabilities: answer, offer choices, or point to people."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """Name what a reply does."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    FALLBACK = "fallback"


class Sureness(NamedTuple):
    """Hold how sure the tool is, for a person: one to three bars and a sentence."""

    bars: int
    label: str


@dataclass(frozen=True, slots=True)
class DecisionPolicy:
    """Hold the thresholds on the probability that the best entry is right."""

    answer: float = 0.6
    clarify: float = 0.2

    def decide(self, probability: float) -> Outcome:
        """Give the outcome for the probability (0 to 1) of the best entry."""
        if probability >= self.answer:
            return Outcome.ANSWER
        if probability >= self.clarify:
            return Outcome.CLARIFY
        return Outcome.FALLBACK


def sureness(probability: float) -> Sureness:
    """Put a probability (0 to 1) in words."""
    if probability >= 0.8:
        return Sureness(3, "Past goed bij je vraag")
    if probability >= 0.5:
        return Sureness(2, "Past waarschijnlijk bij je vraag")
    return Sureness(1, "Past minder bij je vraag")
