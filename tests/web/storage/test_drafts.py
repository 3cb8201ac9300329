"""Changes of the FAQ: what each does, what does not fit, one draft for all, versions of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from corpus import Corpus, Entry, Gap
from corpus.validation import fold
from web.db import Database
from web.editing import versions
from web.editing.changes import (
    AddEntry,
    AddGap,
    AddOutOfScope,
    AddPhrasing,
    Change,
    EditEntry,
    EditGap,
    RemoveEntry,
    RemoveGap,
    from_content,
    next_id,
    to_content,
)
from web.editing.drafts import check, draft, propose, propose_corpus, withdraw
from web.editing.errors import ChangeError, EditingError, NoSuchVersion
from web.editing.rows import CorpusRow
from web.editing.shelf import Shelf, shelf_of
from web.editing.versions import PUBLISH, Announcement, announce, current, history, keep_corpus
from web.queue.cards import Actor

ENTRY = Entry("q90", "Afval", "Waar laat ik kurk?", "Bij de kurkbak.", "Bij de kurkbak.", "test")
GAP = Gap("g90", "Hoe laat rijdt de bus?", "Kijk bij het busbedrijf.", ("bustijden",))


@pytest.fixture
def shelf(database: Database, corpus: Corpus, corpus_folder: Path) -> Shelf:
    return shelf_of(database, corpus_folder, corpus)


def edited(corpus: Corpus) -> EditEntry:
    entry = corpus.entries[0]
    return EditEntry.between(entry, replace(entry, short_answer="Korter."))


def each_change(corpus: Corpus) -> list[Change]:
    gap = corpus.gaps[0]
    return [
        AddPhrasing(corpus.entries[0].id, "zomaar een andere manier van vragen"),
        AddPhrasing(gap.id, "nog zo een vraag waar niets over staat"),
        AddEntry(ENTRY),
        AddGap(GAP),
        edited(corpus),
        EditGap.between(gap, replace(gap, signpost="Bel de gemeente.")),
        RemoveEntry(corpus.entries[1].id),
        RemoveGap(corpus.gaps[1].id),
        AddOutOfScope("hoe haak ik een trui"),
    ]


def test_every_change_comes_back_from_storage_and_gives_a_sound_corpus(corpus: Corpus) -> None:
    for change in each_change(corpus):
        again = from_content(change.kind, to_content(change))
        assert again == change
        changed = again.apply(corpus)
        check(changed)
        assert changed.version != corpus.version


def test_a_removed_entry_leaves_nothing_that_points_at_it(corpus: Corpus) -> None:
    for entry in corpus.entries:
        changed = RemoveEntry(entry.id).apply(corpus)
        check(changed)
        assert entry.id not in changed.entry_by_id
        assert len(changed.calibration) <= len(corpus.calibration)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("vlieg", {}),
        ("add_phrasing", {"target": "q01"}),
        ("add_entry", {"entry": {"id": 3}}),
        ("edit_entry", {"entry_id": "q01"}),
    ],
)
def test_what_no_version_wrote_is_refused(kind: str, content: dict[str, object]) -> None:
    with pytest.raises(ChangeError):
        from_content(kind, content)


def test_an_edit_that_names_other_fields_is_refused(corpus: Corpus) -> None:
    target = corpus.entries[0].id
    with pytest.raises(ChangeError):
        EditEntry(target, {"id": target}, {"id": "q99"}).apply(corpus)
    with pytest.raises(ChangeError):
        EditEntry(target, {"short_answer": corpus.entries[0].short_answer}, {"x": "y"}).apply(
            corpus
        )


def test_changes_of_several_editors_stand_side_by_side(
    shelf: Shelf, anna: Actor, bo: Actor
) -> None:
    target = shelf.start.entries[0]
    propose(shelf, anna, [AddPhrasing(target.id, "een heel andere vraag")])
    propose(shelf, bo, [edited(shelf.start)])
    found = draft(shelf)
    assert [proposed.by for proposed in found.changes] == ["Anna", "Bo"]
    entry = found.corpus.entry_by_id[target.id]
    assert entry.short_answer == "Korter."
    assert entry.phrasings[-1] == "een heel andere vraag"
    assert current(shelf).number == 0


def test_nothing_is_stored_when_one_of_several_does_not_fit(shelf: Shelf, anna: Actor) -> None:
    known = shelf.start.entries[0].phrasings[0]
    with pytest.raises(ChangeError, match="al bij deze vraag"):
        propose(
            shelf,
            anna,
            [AddOutOfScope("hoe haak ik een trui"), AddPhrasing("q01", known.upper())],
        )
    with pytest.raises(EditingError, match="300"):
        propose(shelf, anna, [AddEntry(replace(ENTRY, short_answer="x" * 301))])
    with pytest.raises(ChangeError, match="q77"):
        propose(shelf, anna, [AddPhrasing("q77", "bestaat niet")])
    assert draft(shelf).is_empty
    assert draft(shelf).changes == ()


def test_the_same_field_twice_by_two_editors_is_refused(
    shelf: Shelf, anna: Actor, bo: Actor
) -> None:
    propose(shelf, anna, [edited(shelf.start)])
    entry = shelf.start.entries[0]
    theirs = EditEntry.between(entry, replace(entry, short_answer="Anders."))
    with pytest.raises(ChangeError, match="Iemand anders"):
        propose(shelf, bo, [theirs])


def test_a_batch_is_taken_back_as_a_whole(shelf: Shelf, anna: Actor) -> None:
    batch = propose(shelf, anna, [AddEntry(ENTRY), AddGap(GAP)])
    propose(shelf, anna, [AddPhrasing("q90", "kurken inleveren")])
    assert withdraw(shelf, batch) == 2
    left = draft(shelf)
    assert [proposed.problem for proposed in left.changes] == ["q90 staat niet meer in de FAQ."]
    assert left.is_empty
    assert withdraw(shelf, batch) == 0


def test_a_whole_corpus_takes_the_place_of_the_draft(shelf: Shelf, anna: Actor) -> None:
    propose(shelf, anna, [AddGap(GAP)])
    seen = draft(shelf).corpus
    imported = replace(seen, title="Nieuwe FAQ")
    with pytest.raises(EditingError, match="Lees het document opnieuw"):
        propose_corpus(shelf, anna, imported, base=shelf.start)
    with pytest.raises(EditingError, match="verandert niets"):
        propose_corpus(shelf, anna, seen, base=seen)
    propose_corpus(shelf, anna, imported, base=seen)
    propose(shelf, anna, [AddPhrasing("g90", "wanneer gaat de bus")])
    found = draft(shelf).corpus
    assert found.title == "Nieuwe FAQ"
    assert found.gap_by_id["g90"].phrasings[-1] == "wanneer gaat de bus"


def test_a_published_version_is_what_drafts_start_from(shelf: Shelf, anna: Actor) -> None:
    imported = replace(shelf.start, title="Nieuwe FAQ")
    propose_corpus(shelf, anna, imported, base=shelf.start)
    changed = AddGap(GAP).apply(shelf.start)
    number = published(shelf, changed, anna)
    assert current(shelf).version == changed.version
    found = draft(shelf)
    assert found.base == changed
    assert "opnieuw in" in found.changes[0].problem  # it was made from another version
    assert [item.number for item in history(shelf)] == [number, number - 1]
    assert versions.load_version(shelf, shelf.start.version) == shelf.start


def test_a_damaged_version_is_refused(shelf: Shelf, anna: Actor) -> None:
    changed = AddGap(GAP).apply(shelf.start)
    published(shelf, changed, anna)
    versions._corpora.clear()
    assert versions.load_version(shelf, changed.version) == changed
    for content in (b"geen zlib", b""):
        versions._corpora.clear()
        with shelf.database.writing() as session:
            session.execute(update(CorpusRow).values(content=content))
        with pytest.raises(NoSuchVersion, match="beschadigd"):
            versions.load_version(shelf, changed.version)
    with pytest.raises(NoSuchVersion, match="is er niet"):
        versions.load_version(shelf, "0" * 12)


def test_versions_of_another_faq_do_not_count(shelf: Shelf, anna: Actor, tmp_path: Path) -> None:
    published(shelf, AddGap(GAP).apply(shelf.start), anna)
    other = shelf_of(shelf.database, tmp_path, shelf.start)
    assert current(other).number == 0
    assert [item.kind for item in history(other)] == [versions.START]


def test_new_ids_are_free(corpus: Corpus) -> None:
    for letter in "qpg":
        name = next_id(corpus, letter)
        assert name not in corpus.entry_by_id
        assert name not in corpus.gap_by_id
    assert fold(next_id(AddEntry(ENTRY).apply(corpus), "q")) == "q91"


def published(shelf: Shelf, corpus: Corpus, actor: Actor) -> int:
    with shelf.database.writing() as session:
        now = shelf.database.now()
        version = keep_corpus(session, corpus, now)
        return announce(session, shelf, Announcement(version, PUBLISH, actor), now)
