"""Show what a change of the FAQ does: which labelled questions go better, which go worse.

The questions are the evaluation sets in the corpus's folder, which nothing is learnt from; where
there are none, its calibration set. A change that makes more of them worse than better, or that
breaks the promise, is not published without a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from assistant import Assistant, Reply, ReplyKind
from assistant.evaluation.loading import load_questions, shipped_sets
from assistant.evaluation.measures import MEASURES, Share, Statistic, measure
from assistant.evaluation.observations import Observation, from_reply
from assistant.evaluation.questions import LabelledQuestion, Reading, from_labelled_set, is_faq
from assistant.evaluation.sample import to_sample
from assistant.evaluation.wording import MEASURE_WORDING
from assistant.promise import PromiseCheck, check_promise
from corpus import Corpus, CorpusError
from corpus.validation import known_ids

HEADLINES: Final = (
    "Success@1",
    "answered right",
    "answered or offered",
    "wrong among shown",
    "out of scope answered",
)
_MEASURES: Final = tuple(m for m in MEASURES if m.name in HEADLINES)


@dataclass(frozen=True, slots=True)
class Moved:
    """Hold one question that gets another reply; in words, for the editor."""

    question: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Headline:
    """Hold one figure before and after, with the 95 % interval after."""

    name: str
    label: str
    was: float
    becomes: float
    low: float
    high: float
    higher_is_better: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold what a change does."""

    questions: int
    kind: str
    """Which questions: "evaluation", "calibration", or "" when there are none."""
    mended: tuple[Moved, ...]
    broken: tuple[Moved, ...]
    to_judge: tuple[Moved, ...]
    """Labelled as out of scope, and answered by an entry that is new: nobody knows yet."""
    headlines: tuple[Headline, ...]
    promised: float
    wrong_was: float
    wrong_becomes: float
    bound_was: float
    bound_becomes: float
    kept_was: bool
    kept_becomes: bool
    is_exact: bool
    """Whether the changed FAQ was learnt in full, rather than estimated."""
    seconds: float = 0.0

    @property
    def is_promise_broken(self) -> bool:
        """Tell whether the promise was kept and is not any more."""
        return self.kept_was and not self.kept_becomes

    @property
    def is_worse(self) -> bool:
        """Tell whether more questions go worse than better."""
        return len(self.broken) > len(self.mended)

    @property
    def blocks(self) -> bool:
        """Tell whether this keeps the change from being published without a reason."""
        return self.is_promise_broken or self.is_worse

    def as_content(self) -> dict[str, Any]:
        """Give plain values, to be stored."""
        return asdict(self)


def proof_from(content: Mapping[str, Any] | None) -> Proof | None:
    """Read what `as_content` gave; None for what another version wrote."""
    if content is None:
        return None
    try:
        moved = {
            name: tuple(Moved(**item) for item in content[name])
            for name in ("mended", "broken", "to_judge")
        }
        headlines = tuple(Headline(**item) for item in content["headlines"])
        return Proof(**{**content, **moved, "headlines": headlines})
    except (KeyError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class TestQuestions:
    """Hold the labelled questions that a FAQ is proved on."""

    __test__ = False  # pytest: this is no test

    questions: tuple[LabelledQuestion, ...]
    kind: str

    @property
    def texts(self) -> list[str]:
        """Give what is asked."""
        return [question.text for question in self.questions]


def questions_for(folder: Path, corpus: Corpus) -> TestQuestions:
    """Give the questions to prove a FAQ on; a damaged evaluation set is passed over."""
    found: list[LabelledQuestion] = []
    for path in shipped_sets(folder):
        try:
            found += load_questions(path, None, known_ids(corpus))
        except CorpusError:  # it names an entry that an earlier version took out
            continue
    asked = [question for question in found if not question.is_foreign]
    if asked:
        return TestQuestions(tuple(asked), "evaluation")
    labelled = from_labelled_set(corpus.calibration, "calibration")
    return TestQuestions(labelled, "calibration" if labelled else "")


@dataclass(frozen=True)
class Side:
    """Hold how one version of the FAQ replies to the questions."""

    corpus: Corpus
    observations: tuple[Observation, ...]
    promise: PromiseCheck


def side_of(
    assistant: Assistant, test: TestQuestions, new_entries: frozenset[str] = frozenset()
) -> Side:
    """Ask one version of the FAQ all questions."""
    replies = assistant.match(test.texts)
    seen = tuple(from_reply(q, reply) for q, reply in zip(test.questions, replies, strict=True))
    promise = check_promise(assistant.model, assistant.corpus, new_entries)
    return Side(assistant.corpus, seen, promise)


def new_entries(before: Corpus, after: Corpus) -> frozenset[str]:
    """Give the entries that a change adds."""
    return frozenset(after.entry_by_id) - frozenset(before.entry_by_id)


def prove(before: Side, after: Side, kind: str, *, is_exact: bool, seconds: float = 0.0) -> Proof:
    """Hold two sides against each other."""
    fresh = new_entries(before.corpus, after.corpus)
    mended: list[Moved] = []
    broken: list[Moved] = []
    to_judge: list[Moved] = []
    counted: list[tuple[Observation, Observation]] = []
    for was, now in zip(before.observations, after.observations, strict=True):
        unjudged = not now.question.in_scope and fresh.intersection(now.offered)
        if unjudged:
            to_judge.append(_moved(before, was, after, now))
            continue
        counted.append((was, now))
        change = grade(now) - grade(was)
        if change:
            (mended if change > 0 else broken).append(_moved(before, was, after, now))
    return Proof(
        len(before.observations),
        kind if before.observations else "",
        tuple(mended),
        tuple(broken),
        tuple(to_judge),
        _headlines([pair[0] for pair in counted], [pair[1] for pair in counted]),
        after.promise.promised,
        before.promise.wrong,
        after.promise.wrong,
        before.promise.bound,
        after.promise.bound,
        before.promise.is_kept,
        after.promise.is_kept,
        is_exact,
        seconds,
    )


def grade(seen: Observation) -> int:
    """Say how good a reply is, from 0 (a wrong answer) to 3 (what it should be)."""
    question = seen.question
    if question.in_scope:
        if seen.shown:
            return 3 if seen.shown in question.acceptable else 0
        return 2 if question.acceptable.intersection(seen.offered) else 1
    if seen.shown and not seen.is_close(seen.shown, Reading.LENIENT):
        return 0
    return 1 if any(is_faq(entry) for entry in seen.offered) else 3


def _moved(before: Side, was: Observation, after: Side, now: Observation) -> Moved:
    return Moved(now.question.text, _told(before.corpus, was), _told(after.corpus, now))


def _told(corpus: Corpus, seen: Observation) -> str:
    """Say in a few words what someone got to see."""
    if seen.reply_kind == ReplyKind.ANSWER:
        return f"antwoord: {corpus.entry_by_id[seen.chosen[0]].question}"
    if seen.reply_kind == ReplyKind.CHOICES:
        names = "; ".join(corpus.entry_by_id[name].question for name in seen.chosen)
        return f"keuze uit {len(seen.chosen)}: {names}"
    if seen.reply_kind == ReplyKind.GAP:
        return f"geen antwoord, bekend gat: {corpus.gap_by_id[seen.gap_id].title}"
    return "geen antwoord"


def _headlines(before: Sequence[Observation], after: Sequence[Observation]) -> tuple[Headline, ...]:
    if not before:
        return ()
    old = {figure.name: figure for figure in measure(to_sample(before), _MEASURES, 0)}
    new = {figure.name: figure for figure in measure(to_sample(after), _MEASURES, 0)}
    return tuple(
        Headline(
            item.name,
            MEASURE_WORDING[item.name].label,
            old[item.name].value,
            new[item.name].value,
            new[item.name].low,
            new[item.name].high,
            item.higher_is_better,
        )
        for item in _MEASURES
        if isinstance(item, Share | Statistic) and item.name in old and item.name in new
    )


def reply_in_words(corpus: Corpus, reply: Reply) -> str:
    """Say in a few words what a reply shows."""
    return _told(corpus, from_reply(LabelledQuestion("", reply.question), reply))
