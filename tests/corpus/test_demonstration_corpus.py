"""The demonstration FAQ is complete, and measures with questions that it has not learnt from."""

from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from corpus import Corpus, load_corpus
from corpus.files import SHIPPED_CORPUS
from corpus.labels import load_labelled_set
from corpus.models import LabelledSet
from corpus.validation import fold

FOLDER = SHIPPED_CORPUS.with_name("bibliotheek")


@pytest.fixture(scope="module")
def library() -> Corpus:
    return load_corpus(FOLDER)


@pytest.fixture(scope="module")
def evaluation() -> LabelledSet:
    return load_labelled_set(FOLDER / "evaluation" / "vragen")


def test_it_stands_beside_the_shipped_corpus_and_is_about_something_else(library: Corpus) -> None:
    shipped = load_corpus(SHIPPED_CORPUS)
    assert Path(FOLDER).parent == SHIPPED_CORPUS.parent
    mine = {fold(text) for text, _ in library.labelled_phrasings()}
    assert not mine & {fold(text) for text, _ in shipped.labelled_phrasings()}


def test_it_has_twelve_entries_with_twenty_phrasings_each(library: Corpus) -> None:
    assert [entry.id for entry in library.entries] == [f"q{n:02d}" for n in range(1, 13)]
    assert {len(entry.phrasings) for entry in library.entries} == {20}
    assert len(library.sections) == 4
    assert all(2 <= len(entry.related) <= 3 for entry in library.entries)


def test_it_has_gaps_contacts_and_out_of_scope_lines(library: Corpus) -> None:
    assert len(library.gaps) >= 5
    assert all(len(gap.phrasings) >= 10 and gap.signpost for gap in library.gaps)
    assert len(library.contacts) >= 2
    assert len(library.out_of_scope) >= 60


@pytest.mark.parametrize("ending", ["?", ""])
def test_phrasings_are_asked_in_more_than_one_way(library: Corpus, ending: str) -> None:
    for entry in library.entries:
        marked = sum(phrasing.endswith("?") for phrasing in entry.phrasings)
        count = marked if ending else len(entry.phrasings) - marked
        assert count >= 5, entry.id


def test_no_opening_is_a_template(library: Corpus) -> None:
    for entry in library.entries:
        openings = Counter(tuple(fold(text).split()[:3]) for text in entry.phrasings)
        assert max(openings.values()) <= 3, (entry.id, openings.most_common(1))


def test_every_entry_is_measured_and_so_is_every_gap(
    library: Corpus, evaluation: LabelledSet
) -> None:
    for labelled in (library.calibration, evaluation):
        assert set(labelled.labels.values()) == set(library.entry_by_id)
        assert {item.gap for item in labelled.slices} - {""} == set(library.gap_by_id)
        assert len(labelled.queries) > len(labelled.acceptable) > 0


def test_no_question_is_a_copy_of_what_the_matcher_learns_from(
    library: Corpus, evaluation: LabelledSet
) -> None:
    learnt = [fold(text) for text, _ in library.labelled_phrasings()]
    learnt += [fold(text) for text in library.out_of_scope]
    calibrated = [fold(query.text) for query in library.calibration.queries]
    asked = [fold(query.text) for query in evaluation.queries]
    for questions, known in ((calibrated, learnt), (asked, [*learnt, *calibrated])):
        for question in questions:
            nearest = process.extractOne(question, known, scorer=fuzz.token_sort_ratio)
            assert nearest[1] < 95, (question, nearest[0])
