"""`check --deep` finds what makes a corpus hard to match."""

import re
from dataclasses import replace

import pytest

from assistant.inspection import ADVICE, CLEARLY, Finding, Subject, inspect
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


@pytest.fixture(scope="module")
def findings(flawed: Corpus) -> list[Finding]:
    return inspect(flawed)


def targets(findings: list[Finding], subject: Subject) -> set[str]:
    return {finding.target for finding in findings if finding.subject is subject}


def test_few_phrasings_are_found(flawed: Corpus, findings: list[Finding]) -> None:
    assert flawed.entries[2].id in targets(findings, Subject.FEW)


def test_phrasings_of_another_entry_are_found(flawed: Corpus, findings: list[Finding]) -> None:
    assert flawed.entries[1].id in targets(findings, Subject.NEARER)
    assert flawed.entries[1].id in targets(findings, Subject.OVERLAP)


def test_a_phrasing_nearer_to_another_shows_by_how_much_and_to_what(
    findings: list[Finding],
) -> None:
    listed = [f for f in findings if f.subject is Subject.NEARER and f.target != "verder"]
    assert listed
    assert all(f.severity >= CLEARLY and "keer zo veel op" in f.message for f in listed)


def test_findings_come_worst_first(findings: list[Finding]) -> None:
    for subject in Subject:
        severities = [f.severity for f in findings if f.subject is subject]
        assert severities == sorted(severities, reverse=True)


def test_an_entry_that_loses_its_own_phrasings_is_found_with_its_rivals(
    flawed: Corpus, findings: list[Finding]
) -> None:
    lost = [f for f in findings if f.subject is Subject.UNREACHABLE]
    assert flawed.entries[1].id in {f.target for f in lost}
    assert all("verliest van" in f.message for f in lost)


def test_near_copies_are_found(flawed: Corpus, findings: list[Finding]) -> None:
    assert flawed.entries[0].id in targets(findings, Subject.COPY)


def test_likeness_to_the_nearest_phrasing_is_summed_up(findings: list[Finding]) -> None:
    [summary] = [f for f in findings if f.target == "alles samen"]
    assert summary.subject is Subject.NEIGHBOURS
    assert "naaste buur" in summary.message


def test_words_of_the_answer_that_no_phrasing_uses_are_found(findings: list[Finding]) -> None:
    found = [f for f in findings if f.subject is Subject.UNUSED]
    assert any(re.search("nergens: .*xylofoonvereniging", f.message) for f in found)


def test_findings_come_by_subject(findings: list[Finding]) -> None:
    subjects = [finding.subject for finding in findings]
    assert subjects == sorted(subjects, key=list(Subject).index)


def test_each_subject_says_what_an_editor_can_do() -> None:
    assert set(ADVICE) == set(Subject)
