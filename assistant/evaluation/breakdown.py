"""Give where it goes well and wrong: an entry at a time, pair by pair, error by error."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sklearn.metrics import precision_recall_fscore_support

from assistant.evaluation.observations import Observation
from assistant.evaluation.questions import Reading
from assistant.evaluation.sample import to_sample
from corpus import Corpus

WORST: Final = 25


@dataclass(frozen=True, slots=True)
class EntryFigures:
    """Hold how one entry fares. Precision, recall and F1 are over the questions in scope."""

    entry_id: str
    asked: int
    precision: float
    recall: float
    f1: float
    shown: int
    """How often it was shown outright, in or out of scope."""
    shown_wrong: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """Hold the questions of one entry that got another entry first.

    `expected` is empty for questions that the FAQ does not answer and that were yet shown one.
    """

    expected: str
    found: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class GapCount:
    """Hold how often a known gap was asked, by label and by the tool's own reading."""

    gap_id: str
    labelled: int
    """Among the labelled questions to learn and calibrate from."""
    share: float
    """The same, as a share of those questions: how much of what people ask is this gap."""
    labelled_here: int
    recognised: int
    """Questions of this evaluation that the tool sent to this gap."""


def per_entry(
    observations: Sequence[Observation], entries: Sequence[str]
) -> tuple[EntryFigures, ...]:
    """Give the figures of each entry, in the order given."""
    if not entries:
        return ()
    sample = to_sample([o for o in observations if o.question.in_scope])
    precision, recall, f1, asked = precision_recall_fscore_support(
        sample.label, sample.best, labels=list(entries), zero_division=0
    )
    shown = Counter(o.shown for o in observations)
    wrong = Counter(o.shown for o in observations if o.shown not in o.question.acceptable)
    return tuple(
        EntryFigures(
            entry,
            int(asked[i]),
            float(precision[i]),
            float(recall[i]),
            float(f1[i]),
            shown[entry],
            wrong[entry],
        )
        for i, entry in enumerate(entries)
    )


def confusions(observations: Sequence[Observation]) -> tuple[Confusion, ...]:
    """Give which entry is taken for which, most frequent first."""
    found: dict[tuple[str, str], list[Observation]] = {}
    for observation in observations:
        question = observation.question
        if question.in_scope and not observation.is_right and observation.best:
            found.setdefault((question.label, observation.best), []).append(observation)
        elif not question.in_scope and observation.shown:
            found.setdefault(("", observation.shown), []).append(observation)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Confusion(a, b, tuple(found)) for (a, b), found in ordered)


def worst_errors(
    observations: Sequence[Observation],
    reading: Reading = Reading.ALL,
    count: int = WORST,
) -> tuple[Observation, ...]:
    """Give the questions whose best entry is wrong and yet scores highest."""
    wrong = [o for o in observations if o.best and not o.is_right]
    wrong = [o for o in wrong if not o.is_close(o.best, reading)]
    return tuple(sorted(wrong, key=lambda o: (-o.score, o.question.id))[:count])


def gap_counts(corpus: Corpus, observations: Sequence[Observation]) -> tuple[GapCount, ...]:
    """Give how often each gap is asked, most asked first."""
    labelled = Counter(
        part.gap for known in (corpus.training, corpus.calibration) for part in known.slices
    )
    known = max(len(corpus.training) + len(corpus.calibration), 1)
    here = Counter(o.question.gap for o in observations)
    recognised = Counter(o.gap_id for o in observations)
    counts = [
        GapCount(
            gap.id, labelled[gap.id], labelled[gap.id] / known, here[gap.id], recognised[gap.id]
        )
        for gap in corpus.gaps
    ]
    return tuple(
        sorted(counts, key=lambda c: (-c.labelled - c.labelled_here, -c.recognised, c.gap_id))
    )
