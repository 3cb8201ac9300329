"""Look at a corpus as the matcher sees it: what overlaps, what is thin, what cannot be reached.

Each phrasing is shown to a matcher that has not learnt from it. Where that prefers another entry,
the phrasing is either in the wrong place or worth its place, because it teaches what words alone
do not tell; only a reader can say which. So findings come worst first, with what they rest on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import softmax

from assistant.inspected_wordings import Remark, near_copies, neighbours, thin_owners, unused_words
from assistant.matcher import QuestionMatcher
from assistant.readability import hints, readability
from assistant.training import Lessons
from corpus import Corpus

CLEARLY = 4.0
"""From so many times likelier on, a phrasing is listed as nearer to another entry."""
REACHED = 0.5
"""Share of its held-out phrasings that an entry should win."""
OVERLAPPING = 0.1
"""Share of its phrasings that go to one other entry, from which the two overlap."""
_FEWEST_OVERLAPPING = 3
_OUTSIDE = "iets buiten de FAQ"


class Subject(StrEnum):
    """Name what a finding is about."""

    OVERLAP = "overlap"
    NEARER = "dichter bij een ander"
    FEW = "weinig formuleringen"
    REGISTER = "één soort formuleringen"
    UNREACHABLE = "moeilijk te vinden"
    COPY = "bijna gelijk"
    NEIGHBOURS = "hoe gelijk formuleringen zijn"
    UNUSED = "woorden uit het antwoord die geen formulering gebruikt"
    READING = "lastig te lezen"


ADVICE = {
    Subject.OVERLAP: "Twee antwoorden die om dezelfde vragen strijden. Voeg ze samen, of schrijf "
    "formuleringen die het verschil laten zien.",
    Subject.NEARER: "Een matcher die deze zin niet kende, koos een ander. Hoort de zin daar, "
    "verplaats hem dan. Staat hij goed, laat hem dan staan: zo leert de matcher het verschil.",
    Subject.FEW: "Schrijf er meer, liefst door verschillende mensen.",
    Subject.REGISTER: "Mensen vragen ook zonder vraagteken, of vertellen wat er speelt.",
    Subject.UNREACHABLE: "Nieuwe vragen vinden dit antwoord maar half. Schrijf meer formuleringen, "
    "of kijk of het te veel lijkt op wat erachter staat.",
    Subject.COPY: "Een van de twee kan weg.",
    Subject.NEIGHBOURS: "Veel formuleringen die op elkaar lijken, leren de matcher weinig.",
    Subject.UNUSED: "Wie zo vraagt, wordt niet op dat woord gevonden.",
    Subject.READING: "Korte zinnen en gewone woorden leest iedereen makkelijker.",
}
"""What an editor can do with each kind of finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one finding: what about, which entry or gap, and in one Dutch sentence what is seen."""

    subject: Subject
    target: str
    message: str
    severity: float = 0.0
    """Within a subject, more is worse."""


@dataclass(frozen=True, slots=True)
class HeldOutGuess:
    """Hold a phrasing, where it belongs, and where a matcher that never saw it would put it."""

    phrasing: str
    target: str
    guess: str
    lead: float
    """How many times likelier the guess is than the place where the phrasing belongs."""
    like: str
    """The known wording of the guess that is nearest."""


def inspect(corpus: Corpus) -> list[Finding]:
    """Give every finding, by subject and worst first. Learns from the corpus: takes minutes."""
    guesses = held_out_guesses(corpus)
    findings = [
        *_overlaps(guesses),
        *_nearer(guesses),
        *_unreachable(guesses),
        *_from_remarks(Subject.FEW, thin_owners(corpus).few),
        *_from_remarks(Subject.REGISTER, thin_owners(corpus).one_register),
        *_from_remarks(Subject.COPY, near_copies(corpus)),
        *_from_remarks(Subject.NEIGHBOURS, neighbours(corpus)),
        *_from_remarks(Subject.UNUSED, unused_words(corpus)),
        *_hard_to_read(corpus),
    ]
    order = list(Subject)
    return sorted(findings, key=lambda f: (order.index(f.subject), -f.severity, f.target))


def held_out_guesses(corpus: Corpus) -> list[HeldOutGuess]:
    """Give for each phrasing of an entry or gap the class that unseen it would get."""
    lessons = Lessons.from_corpus(corpus)
    matcher = QuestionMatcher(jargon=corpus.jargon)
    matcher.fit(lessons.texts, lessons.targets, lessons.weights)
    known = corpus.entry_by_id.keys() | corpus.gap_by_id.keys()
    found = []
    for fold in matcher.held_out_:
        part, scores = fold.matcher, fold.scores
        shares = softmax(part.combine(scores).astype(float), axis=1)
        best = shares.argmax(axis=1)
        for place, row in enumerate(fold.rows):
            target = str(lessons.targets[row])
            if not lessons.is_phrasing[row] or target not in known:
                continue
            own = shares[place, part.classes_ == target].sum()
            lead = float(shares[place, best[place]] / max(own, 1e-9))
            evidence = part.evidence(lessons.texts[row], scores, place, int(best[place]))
            guess = str(part.classes_[best[place]])
            found.append(HeldOutGuess(lessons.texts[row], target, guess, lead, evidence.phrasing))
    return found


def _overlaps(guesses: Sequence[HeldOutGuess]) -> Iterator[Finding]:
    total = Counter(guess.target for guess in guesses)
    pairs = Counter((g.target, g.guess) for g in guesses if g.guess != g.target)
    for (target, other), count in pairs.items():
        share = count / total[target]
        if _named(other) != _OUTSIDE and share >= OVERLAPPING and count >= _FEWEST_OVERLAPPING:
            message = f"{count} van {total[target]} formuleringen lijken op {other}"
            yield Finding(Subject.OVERLAP, target, f"{message} ({share:.0%}).", share)


def _nearer(guesses: Sequence[HeldOutGuess]) -> Iterator[Finding]:
    """Give the phrasings that are clearly nearer to another entry or gap, and count the rest."""
    wrong = [g for g in guesses if g.guess != g.target and _named(g.guess) != _OUTSIDE]
    for guess in wrong:
        if guess.lead >= CLEARLY:
            lead = f"{guess.lead:.1f}".replace(".", ",")
            message = (
                f"{guess.phrasing!r} lijkt {lead} keer zo veel op {guess.guess} ({guess.like!r})."
            )
            yield Finding(Subject.NEARER, guess.target, message, guess.lead)
    slightly = sum(guess.lead < CLEARLY for guess in wrong)
    if slightly:
        message = (
            f"nog {slightly} van {len(guesses)} formuleringen lijken iets meer op een ander; "
            "die zijn moeilijk, maar zelden fout."
        )
        yield Finding(Subject.NEARER, "verder", message)


def _unreachable(guesses: Sequence[HeldOutGuess]) -> Iterator[Finding]:
    found = defaultdict(list)
    for guess in guesses:
        found[guess.target].append(guess.guess)
    for target, places in found.items():
        won = places.count(target)
        if won < REACHED * len(places):
            others = Counter(_named(place) for place in places if place != target).most_common(3)
            rivals = ", ".join(f"{name} ({count})" for name, count in others)
            message = f"wint {won} van zijn {len(places)} formuleringen als die nieuw zijn"
            severity = 1 - won / len(places)
            yield Finding(
                Subject.UNREACHABLE, target, f"{message}; verliest van {rivals}.", severity
            )


def _from_remarks(subject: Subject, remarks: Iterable[Remark]) -> Iterator[Finding]:
    for remark in remarks:
        yield Finding(subject, remark.target, remark.message, remark.severity)


def _hard_to_read(corpus: Corpus) -> Iterator[Finding]:
    for entry in corpus.entries:
        measured = readability(entry.answer, (entry.question, *entry.phrasings))
        for hint in hints(measured):
            yield Finding(Subject.READING, entry.id, hint, measured.average)


def _named(target: str) -> str:
    return target if target[1:].isdigit() else _OUTSIDE
