"""Measure what more material to learn from brings: phrasings, and questions asked freely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from assistant.evaluation.measures import MEASURES, Figure, measure
from assistant.evaluation.observations import observe
from assistant.evaluation.questions import LabelledQuestion
from assistant.evaluation.sample import to_sample
from assistant.service import Assistant
from assistant.training import train
from corpus import Corpus, LabelledSet

T = TypeVar("T")
PHRASING_STEPS: Final = (5, 10, 20, 40, 80)
"""Phrasings an entry at which the curve is measured, before all of them."""
ASKED_STEPS: Final = (0, 500, 1000, 2000, 4000)
"""Freely asked questions at which the other curve is measured, before all of them."""
FLAT: Final = 0.01
"""A curve is flat from where all that follows brings less than this."""


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """Hold the figures that so much material to learn from gives."""

    size: int
    figures: tuple[Figure, ...]
    whole: bool = False
    """All the material there is."""

    def figure(self, name: str) -> Figure | None:
        """Give one figure, or None."""
        return next((figure for figure in self.figures if figure.name == name), None)


def flat_from(points: Sequence[LearningPoint], name: str) -> LearningPoint | None:
    """Give the first point from which a figure rises less than FLAT, or None if it still rises."""
    known = [(point, found.value) for point in points if (found := point.figure(name))]
    for place, (point, value) in enumerate(known[:-1]):
        if max(later for _, later in known[place:]) - value < FLAT:
            return point
    return None


def phrasing_curve(
    corpus: Corpus, questions: Sequence[LabelledQuestion], samples: int
) -> Iterator[LearningPoint]:
    """Yield the figures with fewer phrasings an entry and gap; all else stays."""
    largest = max((len(entry.phrasings) for entry in corpus.entries), default=0)
    for step in PHRASING_STEPS:
        if step < largest:
            yield LearningPoint(step, _figures(shortened(corpus, step), questions, samples))


def asked_curve(
    corpus: Corpus, questions: Sequence[LabelledQuestion], samples: int
) -> Iterator[LearningPoint]:
    """Yield the figures with fewer freely asked questions to learn from; all else stays."""
    for step in ASKED_STEPS:
        if step < len(corpus.training):
            fewer = replace(corpus, training=fewer_asked(corpus.training, step))
            yield LearningPoint(step, _figures(fewer, questions, samples))


def shortened(corpus: Corpus, phrasings: int) -> Corpus:
    """Give the corpus with at most this many phrasings an entry and gap, spread evenly.

    Phrasings stand in the order they were written, author by author; taking every so many
    keeps the mixture the same at each step.
    """
    return replace(
        corpus,
        entries=tuple(
            replace(entry, phrasings=_spread(entry.phrasings, phrasings))
            for entry in corpus.entries
        ),
        gaps=tuple(
            replace(gap, phrasings=_spread(gap.phrasings, phrasings)) for gap in corpus.gaps
        ),
    )


def fewer_asked(labelled: LabelledSet, count: int) -> LabelledSet:
    """Give this many questions of a set, spread evenly over its authors."""
    places = _spread(range(len(labelled)), count)
    queries = tuple(labelled.queries[place] for place in places)
    kept = {query.id for query in queries}
    return LabelledSet(
        queries,
        tuple(judgment for judgment in labelled.judgments if judgment.query_id in kept),
        tuple(part for part in labelled.slices if part.query_id in kept),
    )


def _spread(items: Sequence[T], count: int) -> tuple[T, ...]:
    if len(items) <= count:
        return tuple(items)
    return tuple(items[place * len(items) // count] for place in range(count))


def _figures(
    corpus: Corpus, questions: Sequence[LabelledQuestion], samples: int
) -> tuple[Figure, ...]:
    assistant = Assistant(corpus, train(corpus))  # not from the cache: nobody needs it again
    return measure(to_sample(observe(questions, assistant.reply)), MEASURES, samples)
