"""Compare a document with a corpus: which question is new, changed, moved, the same, or gone.

Pure functions over frozen objects: the command line prints them, a web page may show them.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from corpus.importers.faq.answers import shorten
from corpus.importers.faq.likeness import answer_words, likeness
from corpus.importers.faq.models import Draft, Recognised
from corpus.models import Corpus, Entry
from corpus.validation import fold

SURE: Final = 82.0
"""Likeness (0-100) from which two questions are taken for the same."""
UNSURE: Final = 58.0
"""Likeness from which an editor is asked."""
_COVERED: Final = 70.0


_LABELS: Final = {
    "question": "vraag",
    "answer": "antwoord",
    "section": "afdeling",
    "short_answer": "kort antwoord",
    "phrasings": "formuleringen",
    "signpost": "wegwijzer",
    "related": "verwante vragen",
    "source": "bron",
}


class Change(StrEnum):
    """Name what happens to a question."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    KEPT = "kept"
    """A practical entry of the corpus that the document does not have; it stays."""
    OFFERED = "offered"
    """A practical piece of the document that the corpus seems to have in other words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one question of the document, of the corpus, or of both."""

    change: Change
    draft: Draft | None = None
    entry: Entry | None = None
    likeness: float = 100.0
    unsure: bool = False
    """Whether an editor must say that draft and entry are the same question."""
    moved: bool = False
    """Whether it stands in another section or another place in the order."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Name what the document changes, for people."""
        if self.draft is None or self.entry is None:
            return ()
        new = updated(self.entry, self.draft)
        return tuple(
            label
            for name, label in _LABELS.items()
            if getattr(new, name) != getattr(self.entry, name)
        )

    @property
    def title(self) -> str:
        """Give the question as it will stand in the corpus."""
        if self.draft is not None:
            return self.draft.question
        return self.entry.question if self.entry is not None else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold every difference, in the order of the document; what is gone stands last."""

    differences: tuple[Difference, ...]

    def of(self, change: Change) -> tuple[Difference, ...]:
        """Give the differences of one kind."""
        return tuple(d for d in self.differences if d.change is change)

    @property
    def unsure(self) -> tuple[Difference, ...]:
        """Give the pairs that an editor must settle."""
        return tuple(d for d in self.differences if d.unsure)

    @property
    def moved(self) -> tuple[Difference, ...]:
        """Give the questions that moved."""
        return tuple(d for d in self.differences if d.moved)

    @property
    def loses_most(self) -> bool:
        """Tell whether most of the corpus's own questions would go: perhaps another FAQ."""
        known = sum(d.entry is not None and not d.entry.is_practical for d in self.differences)
        return known >= 4 and len(self.of(Change.GONE)) > known / 2


def compare(found: Recognised, corpus: Corpus | None) -> Comparison:
    """Pair the drafts of a document with the entries of a corpus; without one, all are new."""
    entries = corpus.entries if corpus is not None else ()
    pairs = _paired(found.drafts, entries)
    moved = _moved(found.drafts, entries, pairs)
    differences = [
        _difference(place, draft, entries, pairs, moved) for place, draft in enumerate(found.drafts)
    ]
    taken = {entry for entry, _ in pairs.values()}
    for place, entry in enumerate(entries):
        if place not in taken:
            change = Change.KEPT if entry.is_practical else Change.GONE
            differences.append(Difference(change, entry=entry, likeness=0.0))
    return Comparison(tuple(differences))


def updated(entry: Entry, draft: Draft) -> Entry:
    """Give the entry with what a document says of it; what the document lacks stays."""
    known = {fold(entry.question), fold(draft.question), *map(fold, entry.phrasings)}
    # People may still use the old wording of the question.
    old = (entry.question,) if fold(entry.question) != fold(draft.question) else ()
    new = tuple(phrasing for phrasing in draft.phrasings if fold(phrasing) not in known)
    made = draft.short_answer == shorten(draft.answer)
    return replace(
        entry,
        section=draft.section,
        question=draft.question,
        answer=draft.answer.strip(),
        short_answer=entry.short_answer if made else draft.short_answer or entry.short_answer,
        signpost=draft.signpost or entry.signpost,
        related=draft.related or entry.related,
        source=draft.source or entry.source,
        phrasings=(*entry.phrasings, *old, *new),
    )


def _paired(drafts: Sequence[Draft], entries: Sequence[Entry]) -> dict[int, tuple[int, float]]:
    """Give each draft's entry with their likeness: same ids first, then the likest pairs."""
    found: dict[int, tuple[int, float]] = {}
    by_id = {entry.id: place for place, entry in enumerate(entries)}
    free = set(range(len(entries)))
    for place, draft in enumerate(drafts):
        if draft.id in by_id and by_id[draft.id] in free:
            found[place] = (by_id[draft.id], 100.0)
            free.discard(by_id[draft.id])
    asked = {fold(entries[other].question): other for other in free}
    for place, draft in enumerate(drafts):
        other = asked.get(fold(draft.question))
        if place not in found and other in free and _same_kind(draft, entries[other]):
            found[place] = (other, likeness(draft, entries[other]))
            free.discard(other)
    scores = [
        (score, -place, -other)
        for place, draft in enumerate(drafts)
        if place not in found
        for other in free
        if _same_kind(draft, entries[other])
        and (score := likeness(draft, entries[other])) >= UNSURE
    ]
    for score, place, other in sorted(scores, reverse=True):
        if -place not in found and -other in free:
            found[-place] = (-other, score)
            free.discard(-other)
    return found


def _same_kind(draft: Draft, entry: Entry) -> bool:
    return draft.practical == entry.is_practical


def _difference(
    place: int,
    draft: Draft,
    entries: Sequence[Entry],
    pairs: Mapping[int, tuple[int, float]],
    moved: frozenset[int],
) -> Difference:
    if place not in pairs:
        covered = draft.practical and _covered(draft, entries)
        return Difference(Change.OFFERED if covered else Change.NEW, draft, likeness=0.0)
    other, score = pairs[place]
    if draft.practical and score < SURE:
        return Difference(Change.OFFERED, draft, likeness=score)
    entry = entries[other]
    same = not Difference(Change.SAME, draft, entry).fields
    return Difference(
        Change.SAME if same else Change.CHANGED,
        draft,
        entry,
        likeness=round(score, 1),
        unsure=score < SURE,
        moved=place in moved or draft.section != entry.section,
    )


def _covered(draft: Draft, entries: Sequence[Entry]) -> bool:
    """Tell whether the practical entries of the corpus already say what a piece says."""
    words = answer_words(draft.answer)
    own = [answer_words(entry.answer) for entry in entries if entry.is_practical]
    return any(fuzz.token_set_ratio(words, other) >= _COVERED for other in own if other)


def _moved(
    drafts: Sequence[Draft],
    entries: Sequence[Entry],
    pairs: Mapping[int, tuple[int, float]],
) -> frozenset[int]:
    """Find the questions that changed places: all but the longest run that kept its order."""
    order = [(place, pairs[place][0]) for place in range(len(drafts)) if place in pairs]
    order = [(p, o) for p, o in order if not entries[o].is_practical]
    ends: list[int] = []  # the smallest end of a rising run of each length
    tails: list[int] = []  # the place in `order` of that end
    before: list[int] = []
    for place, (_, other) in enumerate(order):
        length = bisect_left(ends, other)
        ends[length : length + 1] = [other]
        tails[length : length + 1] = [place]
        before.append(tails[length - 1] if length else -1)
    kept, place = set(), tails[-1] if tails else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return frozenset(order[i][0] for i in range(len(order)) if i not in kept)
