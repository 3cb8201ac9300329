"""Give what the tool did with each question of a labelled set, with its evidence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from assistant.decision import Outcome
from assistant.evaluation.questions import LabelledQuestion, Reading, is_faq, is_practical
from assistant.service import Reply


class Scored(NamedTuple):
    """Hold one candidate: an entry or gap, and how well it fits."""

    entry_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Observation:
    """Hold one question with all that was found for it.

    The best FAQ entry is the first candidate whose id starts with q. Its score is the
    probability with which the tool would show an FAQ entry; it is 0 when there is no candidate.
    """

    question: LabelledQuestion
    ranking: tuple[Scored, ...] = ()
    """Every candidate, best first: entries and gaps."""
    outcome: str = ""
    """answer, clarify or fallback; empty for a ranker that decides nothing."""
    reply_kind: str = ""
    chosen: tuple[str, ...] = ()
    gap_id: str = ""
    language: str = ""
    phrasing: str = ""
    """The wording of the best FAQ entry that came nearest."""
    shared_words: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def faq_ranking(self) -> tuple[Scored, ...]:
        """Give the candidates that are FAQ entries, best first."""
        return tuple(candidate for candidate in self.ranking if is_faq(candidate.entry_id))

    @property
    def best(self) -> str:
        """Give the best FAQ entry, or an empty text."""
        return next((c.entry_id for c in self.ranking if is_faq(c.entry_id)), "")

    @property
    def score(self) -> float:
        """Give the score of the best FAQ entry, 0 when there is none."""
        return next((c.score for c in self.ranking if is_faq(c.entry_id)), 0.0)

    @property
    def is_right(self) -> bool:
        """Tell whether the best FAQ entry would really help."""
        return self.best in self.question.acceptable

    @property
    def shown(self) -> str:
        """Give the entry that was shown outright, or an empty text.

        A practical answer to a question that the FAQ does not answer is not counted as shown:
        it is neither a right nor a wrong answer of the FAQ.
        """
        if self.outcome != Outcome.ANSWER or not self.chosen:
            return ""
        answered_practically = is_practical(self.chosen[0]) and not self.question.in_scope
        return "" if answered_practically else self.chosen[0]

    @property
    def is_practical_answer(self) -> bool:
        """Tell whether a question outside the FAQ got a practical answer outright."""
        if self.outcome != Outcome.ANSWER or not self.chosen or self.question.in_scope:
            return False
        return is_practical(self.chosen[0])

    @property
    def offered(self) -> tuple[str, ...]:
        """Give the entries that were shown outright or as choices."""
        return self.chosen if self.outcome in (Outcome.ANSWER, Outcome.CLARIFY) else ()

    def is_close(self, entry_id: str, reading: Reading) -> bool:
        """Tell whether an entry that does not answer the question counts as close."""
        return entry_id in self.question.tolerated(reading)


def observe(
    questions: Iterable[LabelledQuestion], reply: Callable[[str], Reply]
) -> tuple[Observation, ...]:
    """Ask each question on its own, as an attendee would, so that the times are real."""
    return tuple(from_reply(question, reply(question.text)) for question in questions)


def from_reply(question: LabelledQuestion, reply: Reply) -> Observation:
    """Give the observation that a reply amounts to."""
    nearest = next((match for match in reply.matches if is_faq(match.entry_id)), None)
    return Observation(
        question,
        tuple(Scored(match.entry_id, match.probability) for match in reply.matches),
        str(reply.outcome),
        str(reply.kind),
        tuple(match.entry_id for match in reply.chosen),
        reply.gap_id,
        reply.language,
        nearest.phrasing if nearest else "",
        nearest.shared_words if nearest else (),
        reply.seconds,
    )
