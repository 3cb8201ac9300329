"""Look at a corpus as the matcher sees it: what overlaps, what is thin, what cannot be reached."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, process

from assistant.matcher import QuestionMatcher
from assistant.readability import hints, readability
from assistant.text import stem, words
from assistant.training import Lessons
from corpus import Corpus, Entry, Gap

FEW_PHRASINGS = 20
"""Below this an entry is hard to find: with 13 phrasings an entry was found for 63 % of its unseen
wordings, with 73 for 77 %."""
NEAR_COPY = 95.0
"""rapidfuzz token_sort_ratio from which two phrasings of one entry are the same in other order."""
REACHED = 0.5
"""Share of its held-out phrasings that an entry should win."""
_ONE_REGISTER = 0.95
_CONTENT = 5
"""Letters of a word that carries content; shorter ones are mostly function words."""


class Subject(StrEnum):
    """Name what a finding is about."""

    OVERLAP = "overlap"
    NEARER = "dichter bij een ander"
    FEW = "weinig formuleringen"
    REGISTER = "één soort formuleringen"
    UNREACHABLE = "moeilijk te vinden"
    COPY = "bijna gelijk"
    UNUSED = "woorden uit het antwoord die geen formulering gebruikt"
    READING = "lastig te lezen"


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one finding: what about, which entry or gap, and in one Dutch sentence what is seen."""

    subject: Subject
    target: str
    message: str


@dataclass(frozen=True, slots=True)
class HeldOutGuess:
    """Hold a phrasing, where it belongs, and where a matcher that never saw it would put it."""

    phrasing: str
    target: str
    guess: str


def inspect(corpus: Corpus) -> list[Finding]:
    """Give every finding, by subject and target. Learns from the corpus: takes seconds."""
    guesses = held_out_guesses(corpus)
    findings = [
        *_overlaps(guesses),
        *_nearer(guesses),
        *_unreachable(guesses),
        *_thin(corpus),
        *_copies(corpus),
        *_unused_words(corpus),
        *_hard_to_read(corpus),
    ]
    order = list(Subject)
    return sorted(findings, key=lambda f: (order.index(f.subject), f.target, f.message))


def held_out_guesses(corpus: Corpus) -> list[HeldOutGuess]:
    """Give for each phrasing of an entry or gap the class that unseen it would get."""
    lessons = Lessons.from_corpus(corpus)
    matcher = QuestionMatcher(jargon=corpus.jargon)
    matcher.fit(lessons.texts, lessons.targets, lessons.weights)
    known = corpus.entry_by_id.keys() | corpus.gap_by_id.keys()
    found = []
    for fold in matcher.held_out_:
        best = fold.matcher.classes_[np.argmax(fold.matcher.combine(fold.scores), axis=1)]
        for row, guess in zip(fold.rows, best, strict=True):
            target = str(lessons.targets[row])
            if lessons.is_phrasing[row] and target in known:
                found.append(HeldOutGuess(lessons.texts[row], target, str(guess)))
    return found


def _overlaps(guesses: Sequence[HeldOutGuess]) -> Iterator[Finding]:
    total = Counter(guess.target for guess in guesses)
    pairs = Counter((g.target, g.guess) for g in guesses if g.guess != g.target)
    for (target, other), count in pairs.items():
        share = count / total[target]
        if share >= 0.1 and count >= 3:
            message = f"{count} van {total[target]} formuleringen lijken op {other}"
            yield Finding(Subject.OVERLAP, target, f"{message} ({share:.0%}).")


def _nearer(guesses: Sequence[HeldOutGuess]) -> Iterator[Finding]:
    for guess in guesses:
        if guess.guess != guess.target and guess.guess[0] in "qp" and guess.target[0] in "qp":
            yield Finding(
                Subject.NEARER, guess.target, f"{guess.phrasing!r} lijkt op {guess.guess}."
            )


def _unreachable(guesses: Sequence[HeldOutGuess]) -> Iterator[Finding]:
    won = defaultdict(list)
    for guess in guesses:
        won[guess.target].append(guess.guess == guess.target)
    for target, wins in won.items():
        if np.mean(wins) < REACHED:
            message = f"wint {sum(wins)} van zijn {len(wins)} formuleringen als die nieuw zijn."
            yield Finding(Subject.UNREACHABLE, target, message)


def _owners(corpus: Corpus) -> tuple[Entry | Gap, ...]:
    return (*corpus.entries, *corpus.gaps)


def _thin(corpus: Corpus) -> Iterator[Finding]:
    for owner in _owners(corpus):
        count = len(owner.phrasings)
        if count < FEW_PHRASINGS:
            message = (
                f"heeft {count} formuleringen; vanaf {FEW_PHRASINGS} wordt een vraag goed gevonden."
            )
            yield Finding(Subject.FEW, owner.id, message)
            continue
        asked = sum("?" in phrasing for phrasing in owner.phrasings) / count
        if asked > _ONE_REGISTER or asked < 1 - _ONE_REGISTER:
            kind = "met een vraagteken" if asked > 0.5 else "zonder vraagteken"
            yield Finding(Subject.REGISTER, owner.id, f"bijna alle formuleringen zijn {kind}.")


def _copies(corpus: Corpus) -> Iterator[Finding]:
    for owner in _owners(corpus):
        texts = [" ".join(words(phrasing)) for phrasing in owner.phrasings]
        if not texts:
            continue
        alike = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_COPY)
        for one, other in zip(*np.nonzero(np.triu(alike, 1)), strict=True):
            message = f"{owner.phrasings[one]!r} en {owner.phrasings[other]!r}."
            yield Finding(Subject.COPY, owner.id, message)


def _unused_words(corpus: Corpus) -> Iterator[Finding]:
    for entry in corpus.entries:
        used = {stem(w) for phrasing in (entry.question, *entry.phrasings) for w in words(phrasing)}
        plain = re.sub(r"\]\([^)]*\)", "] ", entry.answer)
        unused = [
            word
            for word in dict.fromkeys(words(plain))
            if len(word) >= _CONTENT and not word.isdigit() and stem(word) not in used
        ]
        if unused:
            yield Finding(Subject.UNUSED, entry.id, ", ".join(unused) + ".")


def _hard_to_read(corpus: Corpus) -> Iterator[Finding]:
    for entry in corpus.entries:
        for hint in hints(readability(entry.answer, (entry.question, *entry.phrasings))):
            yield Finding(Subject.READING, entry.id, hint)
