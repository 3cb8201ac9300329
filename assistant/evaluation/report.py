"""Put all that was measured into one report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.decision import PromiseReport
from assistant.evaluation.baselines import BASELINES, MissingPackageError
from assistant.evaluation.breakdown import (
    Confusion,
    EntryFigures,
    GapCount,
    confusions,
    gap_counts,
    per_entry,
    worst_errors,
)
from assistant.evaluation.groups import ALL, Group, GroupMaker
from assistant.evaluation.learning import LearningPoint, asked_curve, phrasing_curve
from assistant.evaluation.measures import MEASURES, Figure, measure, ranking_only
from assistant.evaluation.misspelling import SpellingResult, spelling_results
from assistant.evaluation.observations import Observation
from assistant.evaluation.questions import is_faq
from assistant.evaluation.sample import to_sample
from assistant.evaluation.statistics import SAMPLES, SEED, mcnemar_exact
from assistant.service import Assistant
from corpus import Corpus


@dataclass(frozen=True, slots=True)
class About:
    """Hold what a reader needs to make the same report again."""

    corpus_title: str
    corpus_version: str
    tool_version: str
    command: str
    made_on: str
    out_of_scope_share: float
    samples: int = SAMPLES
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class BaselineResult:
    """Hold what a simple way of matching reached on the same questions."""

    name: str
    figures: tuple[Figure, ...]
    missing: str = ""
    """Why it was not measured."""
    p_value: float = 1.0
    """Exact McNemar of Success@1 against the tool."""

    def figure(self, name: str) -> Figure | None:
        """Give one figure, or None."""
        return next((figure for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True)
class Report:
    """Hold everything that was measured, and the observations themselves."""

    about: About
    groups: tuple[Group, ...]
    entries: tuple[EntryFigures, ...]
    gaps: tuple[GapCount, ...]
    observations: tuple[Observation, ...]
    promise: PromiseReport
    """What the labelled questions that the tool was calibrated on say about the promise."""
    baselines: tuple[BaselineResult, ...] = ()
    learning: tuple[LearningPoint, ...] = ()
    """More and more phrasings."""
    learning_asked: tuple[LearningPoint, ...] = ()
    """More and more freely asked questions."""
    spelling: tuple[SpellingResult, ...] = ()

    @property
    def native(self) -> tuple[Observation, ...]:
        """Give the observations of questions in the corpus's own language."""
        return tuple(o for o in self.observations if not o.question.is_foreign)

    @property
    def foreign(self) -> tuple[Observation, ...]:
        """Give the observations of questions in another language."""
        return tuple(o for o in self.observations if o.question.is_foreign)

    @property
    def confusions(self) -> tuple[Confusion, ...]:
        """Give which entry is taken for which."""
        return confusions(self.native)

    @property
    def worst_errors(self) -> tuple[Observation, ...]:
        """Give the wrong entries that score highest."""
        return worst_errors(self.native)

    def group(self, name: str = ALL) -> Group | None:
        """Give the figures of one group, or None."""
        return next((group for group in self.groups if group.name == name), None)


def make_report(about: About, assistant: Assistant, observations: Sequence[Observation]) -> Report:
    """Measure observations; baselines and learning curve can be added to the report."""
    corpus = assistant.corpus
    native = [o for o in observations if not o.question.is_foreign]
    entries = [entry.id for entry in corpus.entries if is_faq(entry.id)]
    return Report(
        about,
        GroupMaker(about.out_of_scope_share, about.samples).groups(observations),
        per_entry(native, entries),
        gap_counts(corpus, native),
        tuple(observations),
        assistant.model.promise,
    )


def with_baselines(report: Report, corpus: Corpus) -> Report:
    """Give the report with each baseline measured on the same questions."""
    results = []
    for baseline in BASELINES:
        try:
            ranked = baseline.observe(corpus, [o.question for o in report.native])
        except MissingPackageError as error:
            results.append(BaselineResult(baseline.name, (), str(error)))
            continue
        figures = measure(to_sample(ranked), ranking_only(MEASURES), report.about.samples)
        p_value = _difference(report.native, ranked)
        results.append(BaselineResult(baseline.name, figures, p_value=p_value))
    return replace(report, baselines=tuple(results))


def with_learning_curves(report: Report, corpus: Corpus) -> Report:
    """Give the report with what fewer phrasings, and fewer freely asked questions, would reach."""
    questions, samples = [o.question for o in report.native], report.about.samples
    group = report.group()
    figures = group.figures if group else ()
    most = max((len(entry.phrasings) for entry in corpus.entries), default=0)
    curves = (
        (*phrasing_curve(corpus, questions, samples), LearningPoint(most, figures, whole=True)),
        (
            *asked_curve(corpus, questions, samples),
            LearningPoint(len(corpus.training), figures, whole=True),
        ),
    )
    return replace(report, learning=curves[0], learning_asked=curves[1])


def with_spelling(report: Report, assistant: Assistant, edits: Sequence[int]) -> Report:
    """Give the report with what so many random edits in each question cost, set by set."""
    questions = [o.question for o in report.native]
    samples, seed = report.about.samples, report.about.seed
    found = [
        result
        for name in dict.fromkeys(question.set_name for question in questions)
        for result in spelling_results(
            [question for question in questions if question.set_name == name],
            assistant.match,
            edits,
            samples=samples,
            seed=seed,
        )
    ]
    return replace(report, spelling=tuple(found))


def _difference(tool: Sequence[Observation], other: Sequence[Observation]) -> float:
    pairs = [(a.is_right, b.is_right) for a, b in zip(tool, other, strict=True)]
    return mcnemar_exact(pairs.count((True, False)), pairs.count((False, True)))
