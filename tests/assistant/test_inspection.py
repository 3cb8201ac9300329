"""`check --deep` finds what makes a corpus hard to match."""

from dataclasses import replace

import pytest

from assistant.inspection import Subject, inspect
from corpus import Corpus


@pytest.fixture(scope="module")
def flawed(corpus: Corpus) -> Corpus:
    first, second, third, *rest = corpus.entries
    copied = (*first.phrasings, first.phrasings[0] + "?!", "Mag dat dan ook: " + first.phrasings[1])
    copied = (*copied, first.phrasings[1].rstrip("?") + " hoor?", first.phrasings[2] + " en nu")
    stolen = tuple(f"{text} ja" for entry in (first, third, *rest) for text in entry.phrasings[:4])
    thin = replace(third, answer=third.answer + "\n\nVergeet de xylofoonvereniging niet.")
    return replace(
        corpus,
        entries=(
            replace(first, phrasings=copied),
            replace(second, phrasings=stolen),
            replace(thin, phrasings=third.phrasings[:4]),
            *rest,
        ),
    )


def targets(corpus: Corpus, subject: Subject) -> set[str]:
    return {finding.target for finding in inspect(corpus) if finding.subject is subject}


def test_few_phrasings_are_found(flawed: Corpus) -> None:
    assert flawed.entries[2].id in targets(flawed, Subject.FEW)


def test_phrasings_of_another_entry_are_found(flawed: Corpus) -> None:
    assert flawed.entries[1].id in targets(flawed, Subject.NEARER)
    assert flawed.entries[1].id in targets(flawed, Subject.OVERLAP)


def test_an_entry_that_loses_its_own_phrasings_is_found(flawed: Corpus) -> None:
    assert flawed.entries[1].id in targets(flawed, Subject.UNREACHABLE)


def test_near_copies_are_found(flawed: Corpus) -> None:
    assert flawed.entries[0].id in targets(flawed, Subject.COPY)


def test_words_of_the_answer_that_no_phrasing_uses_are_found(flawed: Corpus) -> None:
    found = [f for f in inspect(flawed) if f.subject is Subject.UNUSED]
    assert any("xylofoonvereniging" in finding.message for finding in found)


def test_findings_come_by_subject(flawed: Corpus) -> None:
    subjects = [finding.subject for finding in inspect(flawed)]
    assert subjects == sorted(subjects, key=list(Subject).index)
