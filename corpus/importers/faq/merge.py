"""Make the new corpus out of a document and the corpus that was there."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from corpus.importers.faq.compare import Change, Comparison, Difference, updated
from corpus.importers.faq.models import Draft, Recognised
from corpus.models import Corpus, Entry, Gap, LabelledSet
from corpus.validation import fold


def merge(
    found: Recognised,
    comparison: Comparison,
    corpus: Corpus,
    *,
    different: Collection[str] = (),
) -> Corpus:
    """Give the corpus with the document's questions and answers in it.

    Ids, phrasings, short answers and all else stay. `different` holds the ids of entries that an
    editor says are not the question they were paired with: those go, and the draft is new.
    """
    ids = _Ids(corpus)
    entries = [
        _entry(difference, corpus, ids, found)
        for difference in _settled(comparison, frozenset(different))
        if difference.change not in (Change.GONE, Change.OFFERED)
    ]
    entries.sort(key=lambda entry: (entry.is_practical, entry.id))
    gaps = tuple(_still_gaps(corpus.gaps, entries))
    known = frozenset({entry.id for entry in entries} | {gap.id for gap in gaps})
    return replace(
        corpus,
        entries=tuple(_unique(entries, gaps, known)),
        gaps=gaps,
        training=without_strangers(corpus.training, known),
        calibration=without_strangers(corpus.calibration, known),
    )


def without_strangers(labelled: LabelledSet, known: Collection[str]) -> LabelledSet:
    """Drop judgments of what is gone: questions that led there are now outside the FAQ."""
    judgments = tuple(j for j in labelled.judgments if j.entry_id in known)
    slices = tuple(
        replace(
            item,
            near=tuple(name for name in item.near if name in known),
            gap=item.gap if item.gap in known else "",
        )
        for item in labelled.slices
    )
    return LabelledSet(labelled.queries, judgments, slices)


def _settled(comparison: Comparison, different: frozenset[str]) -> Iterator[Difference]:
    """Yield the differences with the editor's word on the unsure pairs."""
    for difference in comparison.differences:
        entry = difference.entry
        if difference.unsure and entry is not None and entry.id in different:
            yield Difference(Change.NEW, difference.draft, likeness=difference.likeness)
        else:
            yield difference


class _Ids:
    """Hand out ids that the corpus does not use, q01 and p01 upward."""

    def __init__(self, corpus: Corpus) -> None:
        self._taken = {entry.id for entry in corpus.entries}

    def take(self, draft: Draft) -> str:
        """Give the id that the file names, if it is free, or the next."""
        if draft.id and draft.id not in self._taken:
            self._taken.add(draft.id)
            return draft.id
        letter = "p" if draft.practical else "q"
        used = [int(name[1:]) for name in self._taken if name[0] == letter]
        name = f"{letter}{max(used, default=0) + 1:02d}"
        self._taken.add(name)
        return name


def _entry(difference: Difference, corpus: Corpus, ids: _Ids, found: Recognised) -> Entry:
    draft, entry = difference.draft, difference.entry
    if entry is not None:
        return updated(entry, draft) if draft is not None else entry
    if draft is None:
        raise ValueError("a difference holds a draft or an entry")
    return Entry(
        id=ids.take(draft),
        section=draft.section,
        question=draft.question,
        short_answer=draft.short_answer,
        answer=draft.answer,
        source=draft.source or corpus.source or found.title,
        related=draft.related,
        signpost=draft.signpost,
        phrasings=draft.phrasings,
    )


def _still_gaps(gaps: Iterable[Gap], entries: Iterable[Entry]) -> Iterator[Gap]:
    """Give the gaps that the document leaves; a question it now answers is no gap."""
    answered = {fold(entry.question) for entry in entries}
    for gap in gaps:
        if fold(gap.title) not in answered:
            phrasings = tuple(p for p in gap.phrasings if fold(p) not in answered)
            yield replace(gap, phrasings=phrasings)


def _unique(
    entries: Iterable[Entry], gaps: Iterable[Gap], known: Collection[str]
) -> Iterator[Entry]:
    """Give each phrasing to one entry or gap only; relations to what is gone go too."""
    held = list(entries)
    taken = {fold(entry.question) for entry in held}
    for gap in gaps:
        taken |= {fold(gap.title), *map(fold, gap.phrasings)}
    for entry in held:
        kept = []
        for phrasing in entry.phrasings:
            if fold(phrasing) not in taken:
                taken.add(fold(phrasing))
                kept.append(phrasing)
        related = tuple(name for name in entry.related if name in known and name != entry.id)
        yield replace(entry, phrasings=tuple(kept), related=related)
