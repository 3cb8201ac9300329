"""Who changed what of an entry, and when, read from what was published."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from web.editing.changes import AddPhrasing, EditEntry, RemoveEntry
from web.editing.drafts import draft, mark_published, propose
from web.editing.entry_history import entry_history
from web.editing.rows import CorpusRow
from web.editing.shelf import Shelf, shelf_of
from web.editing.versions import PUBLISH, ROLL_BACK, Announcement, announce, keep_corpus
from web.queue.cards import Actor

ANNA, BRAM = Actor(1, "Anna"), Actor(2, "Bram")


@pytest.fixture
def shelf(database: Any, corpus: Corpus, tmp_path: Path) -> Shelf:
    return shelf_of(database, tmp_path, corpus)


def publish(shelf: Shelf, kind: str = PUBLISH, corpus: Corpus | None = None) -> None:
    """Publish the draft as the editors' page does, without learning from it."""
    found = draft(shelf)
    new = corpus or found.corpus
    with shelf.database.writing() as session:
        now = shelf.database.now()
        version = keep_corpus(session, new, now)
        number = announce(session, shelf, Announcement(version, kind, BRAM, "kort gezegd"), now)
        mark_published(session, shelf, [change.id for change in found.changes], number)


def test_each_publication_that_touched_the_entry_is_told_last_first(
    shelf: Shelf, corpus: Corpus
) -> None:
    entry = corpus.entry_by_id["q04"]
    edited = replace(entry, answer="Breng het weg.", short_answer="Breng het.")
    propose(shelf, ANNA, [EditEntry.between(entry, edited)])
    publish(shelf)
    propose(shelf, ANNA, [AddPhrasing("q05", "accu van de auto")])
    publish(shelf)
    propose(shelf, BRAM, [AddPhrasing("q04", "een kapotte stoel")])
    publish(shelf)
    last, first = entry_history(shelf, "q04")
    assert (last.fields, last.proposed_by) == (("phrasings",), ("Bram",))
    assert (set(first.fields), first.proposed_by) == ({"answer", "short_answer"}, ("Anna",))
    assert first.before == entry
    assert first.after == edited
    assert (first.publication.by, first.publication.note) == ("Bram", "kort gezegd")
    assert first.publication.at is not None


def test_an_entry_that_went_and_came_back_tells_both(shelf: Shelf, corpus: Corpus) -> None:
    propose(shelf, ANNA, [RemoveEntry("q04")])
    publish(shelf)
    publish(shelf, ROLL_BACK, corpus)
    came, went = entry_history(shelf, "q04")
    assert (went.after, went.fields) == (None, ())
    assert (came.before, came.after) == (None, corpus.entry_by_id["q04"])
    assert came.proposed_by == ()


def test_nothing_published_is_no_history(shelf: Shelf) -> None:
    assert entry_history(shelf, "q04") == ()


def test_a_damaged_version_does_not_hide_the_others(shelf: Shelf, corpus: Corpus) -> None:
    propose(shelf, ANNA, [AddPhrasing("q04", "een kapotte stoel")])
    publish(shelf)
    with shelf.database.writing() as session:
        row = session.get(CorpusRow, draft(shelf).base.version)
        assert row is not None
        row.content = b"kapot"
    assert len(entry_history(shelf, "q04")) == 1
