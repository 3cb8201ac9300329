"""Take an entry or a gap out of a corpus, with everything that points at it."""

from dataclasses import replace

from corpus import Corpus, LabelledSet
from web.editing.errors import ChangeError


def without_entry(corpus: Corpus, entry_id: str) -> Corpus:
    """Give the corpus without an entry; questions labelled with it are left out too."""
    entry = corpus.entry_by_id.get(entry_id)
    if entry is None:
        raise ChangeError(f"{entry_id} staat niet meer in de FAQ.")
    if len(corpus.entries) == 1:
        raise ChangeError("Dit is de enige vraag. Een FAQ heeft er minstens één.")
    entries = tuple(
        replace(other, related=tuple(name for name in other.related if name != entry_id))
        for other in corpus.entries
        if other.id != entry_id
    )
    return replace(
        corpus,
        entries=entries,
        examples=tuple(text for text in corpus.examples if text != entry.question),
        training=_unlabelled(corpus.training, entry_id),
        calibration=_unlabelled(corpus.calibration, entry_id),
    )


def without_gap(corpus: Corpus, gap_id: str) -> Corpus:
    """Give the corpus without a gap; questions labelled with it are left out too."""
    if gap_id not in corpus.gap_by_id:
        raise ChangeError(f"{gap_id} staat niet meer in de FAQ.")
    return replace(
        corpus,
        gaps=tuple(gap for gap in corpus.gaps if gap.id != gap_id),
        training=_unlabelled(corpus.training, gap_id),
        calibration=_unlabelled(corpus.calibration, gap_id),
    )


def _unlabelled(labelled: LabelledSet, name: str) -> LabelledSet:
    """Leave out the questions whose label this is: nobody knows what would be right for them now.

    Where it is only another acceptable or near entry, that mention goes and the question stays.
    """
    gone = {query_id for query_id, label in labelled.labels.items() if label == name}
    gone |= {item.query_id for item in labelled.slices if item.gap == name}
    return LabelledSet(
        tuple(query for query in labelled.queries if query.id not in gone),
        tuple(j for j in labelled.judgments if j.query_id not in gone and j.entry_id != name),
        tuple(
            replace(item, near=tuple(near for near in item.near if near != name))
            for item in labelled.slices
            if item.query_id not in gone
        ),
    )
