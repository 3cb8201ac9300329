"""Answer questions: the whole pipeline, in order, in one place.

clean -> refuse what is empty or too long -> another language? -> a wording that is known?
-> rank -> chatter? -> decide -> reply
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from assistant.cache import model_for
from assistant.decision import Outcome
from assistant.language import foreign_language
from assistant.likeness import QuestionReader
from assistant.matcher import Match
from assistant.ranking import Ranking, rank
from assistant.segmentation import split_questions
from assistant.text import MAX_QUESTION_LENGTH, clean, normalise, words
from assistant.training import Model
from corpus import Corpus
from corpus.validation import fold

KNOWN_WORDING = 0.99
"""Probability of an entry whose question or phrasing is asked to the letter."""
GAP_SHOWN = 0.15
"""Below this probability a gap's signpost is not shown: the question is just not in the FAQ."""
PRACTICAL_SHOWN = 0.5
"""From this probability on a practical entry is shown outright."""
_N_CHOICES = 3
_N_NEAREST = 2
_CHOICE_SHARE = 0.2
"""A third choice is offered when it has at least this share of the best one's probability."""


class ReplyKind(StrEnum):
    """Name which reply a question gets."""

    ANSWER = "answer"
    CHOICES = "choices"
    GAP = "gap"
    FALLBACK = "fallback"
    GREETING = "greeting"
    THANKS = "thanks"
    TECHNICAL = "technical"
    NOISE = "noise"
    OTHER_LANGUAGE = "other_language"
    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold the reply to one question, with its evidence."""

    question: str
    kind: ReplyKind
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    """Every candidate, best first."""
    chosen: tuple[Match, ...] = ()
    """What is shown: one answer, two or three choices, or the nearest two with GAP and FALLBACK."""
    gap_id: str = ""
    language: str = "nl"
    corpus_version: str = ""
    seconds: float = 0.0


class Assistant:
    """Answer questions from one corpus."""

    def __init__(self, corpus: Corpus, model: Model) -> None:
        self.corpus = corpus
        self.model = model
        self._known = _known_wordings(corpus)
        self._chatter = {fold(text): kind for kind, text in corpus.chatter}

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> "Assistant":
        """Give an assistant that has learnt from all that the corpus knows."""
        return cls(corpus, model_for(corpus))

    @cached_property
    def reader(self) -> QuestionReader:
        """Give what reads questions to group them; made at first use, which takes seconds."""
        return QuestionReader(self.model.matcher)

    def reply(self, question: str) -> Reply:
        """Reply to one question."""
        return self.match([question])[0]

    def respond(self, message: str) -> tuple[Reply, ...]:
        """Reply to each question in a message; a message without one gets a single reply."""
        text = clean(message)
        if len(text) > MAX_QUESTION_LENGTH:
            return (self.reply(message),)
        whole = self.reply(message)
        parts = split_questions(text)
        if len(parts) < 2 or whole.kind is ReplyKind.OTHER_LANGUAGE:
            return (whole,)
        return tuple(self.match(parts))

    def match(self, questions: Sequence[str]) -> list[Reply]:
        """Reply to many questions, one reply each, in the same order."""
        started = time.perf_counter()
        replies = [self._without_matching(clean(question)) for question in questions]
        open_rows = [row for row, reply in enumerate(replies) if reply.kind is ReplyKind.FALLBACK]
        rankings = rank(self.model, [replies[row].question for row in open_rows])
        for row, ranking in zip(open_rows, rankings, strict=True):
            replies[row] = self._decide(replies[row], ranking)
        seconds = (time.perf_counter() - started) / max(len(questions), 1)
        return [replace(reply, seconds=seconds) for reply in replies]

    def _without_matching(self, text: str) -> Reply:
        """Give the reply to a text that is not to be matched, or a FALLBACK still to be decided."""
        blank = Reply(
            text, ReplyKind.FALLBACK, Outcome.FALLBACK, corpus_version=self.corpus.version
        )
        if len(text) > MAX_QUESTION_LENGTH or len(normalise(text)) > MAX_QUESTION_LENGTH:
            return replace(blank, kind=ReplyKind.TOO_LONG, question=text[:MAX_QUESTION_LENGTH])
        if not words(text):
            return replace(blank, kind=ReplyKind.NOISE if text else ReplyKind.EMPTY)
        chatter = self._chatter.get(fold(text))
        if chatter:
            return replace(blank, kind=ReplyKind(chatter))
        language = foreign_language(text)
        if language:
            return replace(blank, kind=ReplyKind.OTHER_LANGUAGE, language=language)
        return blank

    def _decide(self, reply: Reply, ranking: Ranking) -> Reply:
        """Decide what a ranked question gets."""
        if ranking.chatter:
            return replace(reply, kind=ReplyKind(ranking.chatter))
        matches = self._with_known_wording(reply.question, ranking.matches)
        first = matches[0]
        reply = replace(
            reply,
            matches=matches,
            chosen=tuple(m for m in matches if m.entry_id.startswith("q"))[:_N_NEAREST],
        )
        if first.entry_id.startswith("g"):
            if first.probability < GAP_SHOWN:
                return reply
            return replace(reply, kind=ReplyKind.GAP, gap_id=first.entry_id)
        if first.probability < ranking.none and first.probability < KNOWN_WORDING:
            return reply
        outcome = self._outcome(first)
        if outcome is Outcome.ANSWER:
            return replace(reply, kind=ReplyKind.ANSWER, outcome=outcome, chosen=(first,))
        if outcome is Outcome.CLARIFY:
            return replace(reply, kind=ReplyKind.CHOICES, outcome=outcome, chosen=_choices(matches))
        return reply

    def _outcome(self, first: Match) -> Outcome:
        if first.probability >= KNOWN_WORDING:
            return Outcome.ANSWER
        if first.entry_id.startswith("p"):
            shown = first.probability >= PRACTICAL_SHOWN
            return Outcome.ANSWER if shown else Outcome.CLARIFY
        return self.model.policy.decide(first.probability)

    def _with_known_wording(self, question: str, matches: tuple[Match, ...]) -> tuple[Match, ...]:
        """Put the entry or gap first whose question or phrasing is asked to the letter."""
        known = self._known.get(fold(question))
        if known is None:
            return matches
        target, phrasing = known
        first = Match(target, KNOWN_WORDING, phrasing, tuple(words(phrasing)))
        rest = [
            replace(m, probability=m.probability * (1 - KNOWN_WORDING))
            for m in matches
            if m.entry_id != target
        ]
        return (first, *rest)


def _choices(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Give two or three entries to choose from."""
    entries = [match for match in matches if not match.entry_id.startswith("g")][:_N_CHOICES]
    least = _CHOICE_SHARE * entries[0].probability
    return tuple(m for at, m in enumerate(entries) if at < _N_NEAREST or m.probability >= least)


def _known_wordings(corpus: Corpus) -> Mapping[str, tuple[str, str]]:
    """Map each wording, folded, to its entry or gap and to itself."""
    return {fold(text): (target, text) for text, target in corpus.labelled_phrasings()}
