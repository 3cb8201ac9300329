"""Give the figures of all questions together, and of each part of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.evaluation.measures import (
    FOREIGN_MEASURES,
    MEASURES,
    Figure,
    Measure,
    Share,
    ece_at_share,
    measure,
    wrong_at_share,
)
from assistant.evaluation.observations import Observation
from assistant.evaluation.questions import Reading
from assistant.evaluation.sample import to_sample
from assistant.evaluation.statistics import SAMPLES

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the figures of some of the questions.

    The name is "all", "set NAME", "set NAME, strict", "set NAME, lenient" or "kind NAME".
    """

    name: str
    count: int
    in_scope: int
    figures: tuple[Figure, ...]

    @property
    def out_of_scope(self) -> int:
        """Give the number of questions that the FAQ does not answer."""
        return self.count - self.in_scope

    def figure(self, name: str) -> Figure | None:
        """Give one figure, or None when these questions cannot give it."""
        return next((figure for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True)
class GroupMaker:
    """Make groups with the same measures and the same number of resamples."""

    out_of_scope_share: float
    samples: int = SAMPLES

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Give every measure, those for the assumed share out of scope among them."""
        share = self.out_of_scope_share
        return (*MEASURES, wrong_at_share(share), ece_at_share(share))

    def groups(self, observations: Sequence[Observation]) -> tuple[Group, ...]:
        """Give all questions, each set in its readings, each kind; other languages apart."""
        native = [o for o in observations if not o.question.is_foreign]
        foreign = [o for o in observations if o.question.is_foreign]
        found = list(self._sets(native))
        if len(_names(o.question.set_name for o in native)) == 1:
            found.insert(0, replace(found[0], name=ALL))  # one set is all there is
        elif native:
            found.insert(0, self._group(ALL, native))
        found += self._kinds(native, tuple(m for m in MEASURES if isinstance(m, Share)))
        found += self._kinds(foreign, FOREIGN_MEASURES)
        return tuple(found)

    def _sets(self, observations: Sequence[Observation]) -> Iterator[Group]:
        for name in _names(o.question.set_name for o in observations):
            part = [o for o in observations if o.question.set_name == name]
            yield self._group(f"set {name}", part)
            if any(o.question.certainty == "weak" for o in part):
                for reading in (Reading.STRICT, Reading.LENIENT):
                    yield self._group(f"set {name}, {reading}", part, reading=reading)

    def _kinds(
        self, observations: Sequence[Observation], measures: Sequence[Measure]
    ) -> Iterator[Group]:
        for kind in _names(o.question.kind for o in observations):
            part = [o for o in observations if o.question.kind == kind]
            yield self._group(f"kind {kind}", part, measures)

    def _group(
        self,
        name: str,
        observations: Sequence[Observation],
        measures: Sequence[Measure] | None = None,
        reading: Reading = Reading.ALL,
    ) -> Group:
        sample = to_sample(observations, reading)
        figures = measure(sample, measures or self.measures, self.samples)
        return Group(name, len(sample), int(sample.in_scope.sum()), figures)


def _names(values: Iterator[str]) -> list[str]:
    """Give each name once, in the order of first use; an empty name is none."""
    return list(dict.fromkeys(value for value in values if value))
