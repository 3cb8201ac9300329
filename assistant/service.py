"""Answer questions: the whole pipeline, in order, in one place."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.decision import DecisionPolicy, Outcome
from assistant.matcher import Match, QuestionMatcher
from assistant.text import MAX_QUESTION_LENGTH, clean, words
from corpus import Corpus


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

    def __init__(self, corpus: Corpus, matcher: QuestionMatcher, policy: DecisionPolicy) -> None:
        self.corpus = corpus
        self.matcher = matcher
        self.policy = policy

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> "Assistant":
        """Fit a matcher on all that the corpus knows."""
        pairs = list(corpus.labelled_phrasings())
        pairs += [(text, "none") for text in corpus.out_of_scope]
        pairs += [(text, kind) for kind, text in corpus.chatter]
        labels = corpus.training.labels
        for query in corpus.training.queries:
            gap = corpus.training.slice_of[query.id].gap
            pairs.append((query.text, labels.get(query.id) or gap or "none"))
        texts, targets = zip(*pairs, strict=True)
        return cls(corpus, QuestionMatcher().fit(texts, targets), DecisionPolicy())

    def reply(self, question: str) -> Reply:
        """Reply to one question."""
        return self.match([question])[0]

    def respond(self, message: str) -> tuple[Reply, ...]:
        """Reply to each question in a message."""
        return (self.reply(message),)

    def match(self, questions: Sequence[str]) -> list[Reply]:
        """Reply to many questions, one reply each, in the same order."""
        return [self._reply(question) for question in questions]

    def _reply(self, question: str) -> Reply:
        started = time.perf_counter()
        version = self.corpus.version
        text = clean(question)
        if not words(text):
            return Reply(text, ReplyKind.EMPTY, Outcome.FALLBACK, corpus_version=version)
        if len(text) > MAX_QUESTION_LENGTH:
            return Reply(text, ReplyKind.TOO_LONG, Outcome.FALLBACK, corpus_version=version)
        predicted = str(self.matcher.predict([text])[0])
        if predicted in ("greeting", "thanks", "technical", "noise"):
            return Reply(text, ReplyKind(predicted), Outcome.FALLBACK, corpus_version=version)
        matches = tuple(self.matcher.rank([text])[0])
        nearest = tuple(match for match in matches if match.entry_id.startswith("q"))
        first = matches[0]
        kind, chosen, gap_id = ReplyKind.FALLBACK, nearest[:2], ""
        outcome = self.policy.decide(first.probability)
        if first.entry_id.startswith("g"):
            kind, outcome, gap_id = ReplyKind.GAP, Outcome.FALLBACK, first.entry_id
        elif outcome is Outcome.ANSWER:
            kind, chosen = ReplyKind.ANSWER, (first,)
        elif outcome is Outcome.CLARIFY:
            entries = [match for match in matches if not match.entry_id.startswith("g")]
            kind, chosen = ReplyKind.CHOICES, tuple(entries[:3])
        seconds = time.perf_counter() - started
        return Reply(text, kind, outcome, matches, chosen, gap_id, "nl", version, seconds)
