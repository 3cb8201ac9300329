"""Give observations as arrays, one place a question, so that a resample is one indexing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from assistant.evaluation.observations import Observation
from assistant.evaluation.questions import Reading, is_faq
from assistant.evaluation.ranking import ndcg_at, reciprocal_rank, success_at
from assistant.evaluation.statistics import Bools, Floats, Indices, Names
from assistant.service import ReplyKind


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold what the measures need of each question."""

    in_scope: Bools
    score: Floats
    """Score of the best FAQ entry."""
    right: Bools
    """The best FAQ entry would really help."""
    close: Bools
    """It would not, but counts as close in the reading at hand."""
    success3: Bools
    rr: Floats
    ndcg5: Floats
    label: Names
    """The labelled entry; the best one when that is acceptable; empty when out of scope."""
    best: Names
    shown: Bools
    shown_right: Bools
    shown_close: Bools
    offered: Bools
    """At least one FAQ entry was shown, outright or as a choice."""
    offered_right: Bools
    practical: Bools
    """Got a practical answer outright, where the FAQ has none."""
    foreign: Bools
    recognised: Bools
    """Was refused as another language."""
    seconds: Floats

    @property
    def wrong(self) -> Bools:
        """Tell where showing the best FAQ entry would be wrong."""
        return ~(self.right | self.close)

    @property
    def shown_wrong(self) -> Bools:
        """Tell where a wrong entry was shown outright."""
        return self.shown & ~(self.shown_right | self.shown_close)

    def take(self, index: Indices | Bools) -> "Sample":
        """Give the questions at these places, as often as they are named."""
        return Sample(*(getattr(self, item.name)[index] for item in fields(self)))

    def __len__(self) -> int:
        return len(self.score)


def to_sample(observations: Sequence[Observation], reading: Reading = Reading.ALL) -> Sample:
    """Give the sample of the observations that take part in a reading."""
    counted = [o for o in observations if o.question.counts_in(reading)]

    def flags(of: Callable[[Observation], bool]) -> Bools:
        return np.array([of(o) for o in counted], dtype=np.bool_)

    def numbers(of: Callable[[Observation], float]) -> Floats:
        return np.array([of(o) for o in counted], dtype=np.float64)

    def names(of: Callable[[Observation], str]) -> Names:
        return np.array([of(o) for o in counted], dtype=np.str_)

    return Sample(
        in_scope=flags(lambda o: o.question.in_scope),
        score=numbers(lambda o: o.score),
        right=flags(lambda o: o.is_right),
        close=flags(lambda o: o.is_close(o.best, reading)),
        success3=flags(lambda o: success_at(o, 3)),
        rr=numbers(reciprocal_rank),
        ndcg5=numbers(lambda o: ndcg_at(o, 5)),
        label=names(lambda o: o.best if o.is_right else o.question.label),
        best=names(lambda o: o.best),
        shown=flags(lambda o: bool(o.shown)),
        shown_right=flags(lambda o: o.shown in o.question.acceptable),
        shown_close=flags(lambda o: o.is_close(o.shown, reading)),
        offered=flags(lambda o: any(is_faq(entry) for entry in o.offered)),
        offered_right=flags(lambda o: bool(o.question.acceptable.intersection(o.offered))),
        practical=flags(lambda o: o.is_practical_answer),
        foreign=flags(lambda o: o.question.is_foreign),
        recognised=flags(lambda o: o.reply_kind == ReplyKind.OTHER_LANGUAGE),
        seconds=numbers(lambda o: o.seconds),
    )
