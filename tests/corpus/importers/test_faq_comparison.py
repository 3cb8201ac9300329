"""Test how a document is compared with a corpus and merged into it."""

from dataclasses import replace

import pytest

from corpus.importers.faq import Change, Comparison, Draft, Recognised, compare, merge
from corpus.importers.faq.answers import sentences, shorten
from corpus.models import Corpus, Entry, Gap, Judgment, LabelledSet, Query, Slice
from corpus.starting import starting_corpus

LONG = (
    "Wij halen het restafval om de week op, en het groente-, fruit- en tuinafval elke week. Zet de "
    "container voor half acht aan de straat, met de handgreep naar de weg."
)
ENTRIES = (
    Entry(
        "q01", "Afval", "Wanneer komt de wagen?", "Om de week.", LONG, "b", ("q02",), "", ("dag",)
    ),
    Entry("q02", "Afval", "Wat kost een nieuwe container?", "Niets.", "Die is gratis.", "b"),
    Entry("q03", "Straat", "Waar is de milieustraat?", "Zuid.", "Aan de Zuidkade 1.", "b"),
    Entry("q04", "Straat", "Mag ik asbest brengen?", "Ja.", "Ja, dat mag.", "b"),
    Entry("p01", "Over deze FAQ", "Wie maakte deze FAQ?", "Wij.", "Wij maakten deze FAQ.", "b"),
)


@pytest.fixture
def corpus() -> Corpus:
    """Give a small corpus with a gap and labelled questions."""
    return replace(
        starting_corpus("Afval"),
        entries=ENTRIES,
        gaps=(Gap("g01", "Wat kost de milieustraat?", "Bel ons.", ("prijs van de straat",)),),
        training=LabelledSet(
            (Query("1", "hoe duur"), Query("2", "waar dan")),
            (Judgment("1", "q02", 2), Judgment("1", "q04", 1), Judgment("2", "q03", 2)),
            (Slice("1", near=("q04",), gap="g01"),),
        ),
    )


def draft(entry: Entry, **changes: object) -> Draft:
    """Give an entry as a document would have it, without id and phrasings."""
    plain = Draft(
        entry.section,
        entry.question,
        entry.answer,
        entry.is_practical,
        short_answer=shorten(entry.answer),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def document(*drafts: Draft) -> Recognised:
    """Give a recognised document."""
    return Recognised("tekst", "Afval", drafts)


def changes(comparison: Comparison) -> list[tuple[str, str]]:
    """Give the change and the id of each difference."""
    return [(d.change.value, d.entry.id if d.entry else "") for d in comparison.differences]


def test_the_same_document_changes_nothing(corpus: Corpus) -> None:
    found = document(*(draft(entry) for entry in ENTRIES))

    comparison = compare(found, corpus)

    assert {change for change, _ in changes(comparison)} == {"same"}
    assert merge(found, comparison, corpus) == corpus


def test_tells_new_changed_and_gone_apart(corpus: Corpus) -> None:
    new = Draft("Afval", "Kan ik een grotere bak krijgen?", "Dat kan.", short_answer="Dat kan.")
    later = LONG.replace("half acht", "zeven uur")
    found = document(
        draft(ENTRIES[0], answer=later, short_answer=shorten(later)),
        new,
        draft(ENTRIES[1]),
        draft(ENTRIES[2]),
    )

    comparison = compare(found, corpus)

    assert changes(comparison) == [
        ("changed", "q01"),
        ("new", ""),
        ("same", "q02"),
        ("same", "q03"),
        ("gone", "q04"),
        ("kept", "p01"),
    ]
    assert comparison.differences[0].fields == ("antwoord",)
    assert not comparison.unsure


def test_a_changed_answer_keeps_id_phrasings_and_short_answer(corpus: Corpus) -> None:
    text = LONG.replace("half acht", "zeven uur")
    found = document(draft(ENTRIES[0], answer=text, short_answer=shorten(text)))

    merged = merge(found, compare(found, corpus), corpus)

    # q02, to which it was related, is not in this document.
    assert merged.entry_by_id["q01"] == replace(ENTRIES[0], answer=text, related=())


def test_a_reworded_question_keeps_its_id_and_the_old_wording(corpus: Corpus) -> None:
    found = document(draft(ENTRIES[0], question="Op welke dag komt de vuilniswagen langs?"))

    comparison = compare(found, corpus)
    entry = merge(found, comparison, corpus).entry_by_id["q01"]

    assert (comparison.differences[0].change, comparison.unsure) == (Change.CHANGED, ())
    assert entry.question == "Op welke dag komt de vuilniswagen langs?"
    assert entry.phrasings == ("dag", "Wanneer komt de wagen?")


def test_a_short_answer_that_fits_many_questions_pairs_nothing(corpus: Corpus) -> None:
    other = Draft("Straat", "Is de straat op zondag open?", "Ja, dat mag.", short_answer="Ja.")

    comparison = compare(document(*(draft(entry) for entry in ENTRIES), other), corpus)

    assert comparison.differences[-1].change is Change.NEW


def test_a_question_and_answer_that_both_changed_is_asked(corpus: Corpus) -> None:
    found = document(
        draft(ENTRIES[1], question="Wat kost een extra container?", answer="Die kost 40 euro.")
    )

    (pair,) = compare(found, corpus).unsure

    assert pair.entry == ENTRIES[1]
    assert 58 <= pair.likeness < 82


def test_an_unsure_pair_that_is_another_question_becomes_new(corpus: Corpus) -> None:
    found = document(
        draft(ENTRIES[1], question="Wat kost een extra container?", answer="Die kost 40 euro.")
    )
    comparison = compare(found, corpus)

    merged = merge(found, comparison, corpus, different={"q02"})

    assert [entry.id for entry in merged.entries] == ["q05", "p01"]


def test_a_moved_question_is_named(corpus: Corpus) -> None:
    order = [ENTRIES[i] for i in (1, 2, 0, 3)]
    found = document(*(draft(entry) for entry in order))

    comparison = compare(found, corpus)

    assert [d.entry.id for d in comparison.moved if d.entry] == ["q01"]
    assert [d.change for d in comparison.moved] == [Change.SAME]


def test_another_section_is_a_change_and_a_move(corpus: Corpus) -> None:
    found = document(draft(ENTRIES[3], section="Afval"))

    (difference, *_) = compare(found, corpus).differences

    assert (difference.fields, difference.moved) == (("afdeling",), True)


def test_judgments_of_a_gone_question_go_and_the_question_stays(corpus: Corpus) -> None:
    found = document(*(draft(entry) for entry in ENTRIES if entry.id != "q04"))

    merged = merge(found, compare(found, corpus), corpus)

    assert merged.training.queries == corpus.training.queries
    assert [j.entry_id for j in merged.training.judgments] == ["q02", "q03"]
    assert merged.training.slices == (Slice("1", gap="g01"),)


def test_a_gap_that_the_document_answers_is_no_gap_any_more(corpus: Corpus) -> None:
    new = Draft("Straat", "Wat kost de milieustraat?", "Niets.", short_answer="Niets.")
    found = document(*(draft(entry) for entry in ENTRIES), new)

    merged = merge(found, compare(found, corpus), corpus)

    assert merged.gaps == ()
    assert merged.entry_by_id["q05"].question == "Wat kost de milieustraat?"


def test_ids_are_never_used_again(corpus: Corpus) -> None:
    new = Draft("Afval", "Kan ik een grotere bak krijgen?", "Dat kan.", short_answer="Dat kan.")
    found = document(draft(ENTRIES[0]), new)

    merged = merge(found, compare(found, corpus), corpus)

    assert [entry.id for entry in merged.entries] == ["q01", "q05", "p01"]


def test_an_id_in_the_file_pairs_whatever_the_wording(corpus: Corpus) -> None:
    found = document(Draft("Afval", "Heel iets anders?", "Ook anders.", id="q03"))

    (difference, *_) = compare(found, corpus).differences

    assert (difference.entry, difference.unsure) == (ENTRIES[2], False)


def test_a_document_on_another_subject_is_noticed(corpus: Corpus) -> None:
    found = document(Draft("Parkeren", "Waar mag ik parkeren?", "Overal.", short_answer="Overal."))

    assert compare(found, corpus).loses_most
    assert not compare(document(*(draft(e) for e in ENTRIES[1:])), corpus).loses_most


def test_a_practical_piece_the_corpus_has_in_other_words_is_only_offered(corpus: Corpus) -> None:
    said = "Deze FAQ maakten wij. Wij maakten deze FAQ zelf."
    found = document(Draft("Over deze FAQ", "Colofon", said, practical=True, short_answer=said))

    comparison = compare(found, corpus)

    assert comparison.differences[0].change is Change.OFFERED
    assert [e.id for e in merge(found, comparison, corpus).entries] == ["p01"]


def test_a_new_corpus_gets_ids_from_one() -> None:
    found = document(draft(ENTRIES[0]), draft(ENTRIES[4]), draft(ENTRIES[1]))

    merged = merge(found, compare(found, None), starting_corpus("Afval"))

    assert [entry.id for entry in merged.entries] == ["q01", "q02", "p01"]


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        ("Ja. Dat mag.", "Ja. Dat mag."),
        ("Neem **dit** mee:\n\n- je pas;\n- een foto.", "Neem dit mee: je pas; een foto"),
        ("Zie [de site](https://x.nl/a).\n\nEn meer.", "Zie de site."),
        (f"Kort. {'Een heel lange zin met woorden ' * 12}einde.", "Kort."),
        ("### Tarief\n\nTwee euro.", "Twee euro."),
        ("| Soort | Prijs |\n| --- | --- |\n| hout | 9 cent |", "Soort, Prijs, hout, 9 cent"),
    ],
)
def test_the_short_answer_is_the_first_sentences_that_fit(answer: str, short: str) -> None:
    assert shorten(answer) == short


def test_a_first_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    short = shorten("woord " * 100)

    assert len(short) <= 300
    assert short.endswith("woord…")


def test_abbreviations_end_no_sentence() -> None:
    text = "Bel bijv. de gemeente, o.a. op nr. 14 030. Dat kan d.w.z. elke dag. Tot 17.00 uur."

    assert sentences(text) == [
        "Bel bijv. de gemeente, o.a. op nr. 14 030.",
        "Dat kan d.w.z. elke dag.",
        "Tot 17.00 uur.",
    ]
