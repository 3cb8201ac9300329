"""Test that export then import gives the same corpus, in every format that can hold it."""

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from corpus import SHIPPED_CORPUS, load_corpus
from corpus.exporting import FORMATS, ExportError, export_corpus
from corpus.importers.faq import base_for, compare, merge, write_import
from corpus.importers.faq.formats import parse
from corpus.importers.faq.json_files import draft_of
from corpus.models import Contact, Corpus, Entry, Gap, Judgment, LabelledSet, Query, Slice
from corpus.starting import starting_corpus
from corpus.validation import fold

LETTERS = string.ascii_letters + "éëïöÉ’‘“”–€0123456789 .,:;!?()[]*_#`<>&|'\"=+-@/\\~"
words = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(fold)
lines = st.lists(words, min_size=1, max_size=4)
blocks = st.one_of(
    words,
    lines.map(lambda items: "\n".join(f"- {item}" for item in items)),
    lines.map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))),
    words.map(lambda text: f"### {text}"),
    st.just("[de site](https://www.voorbeeldstad.nl/afval?a=1&b=2)"),
    st.just("| a | b |\n| --- | --- |\n| 1 | 2 |"),
    st.just("---"),
)
answers = st.lists(blocks, min_size=1, max_size=4).map("\n\n".join).map(str.strip).filter(fold)


@st.composite
def corpora(draw: st.DrawFn, texts: st.SearchStrategy[str] = words) -> Corpus:
    """Draw a corpus as a folder may hold it: no phrasing twice, every relation known."""
    unique = draw(st.lists(texts, min_size=2, max_size=12, unique_by=fold))
    asked = draw(st.integers(1, len(unique)))
    names = [f"q{number:02d}" for number in range(1, asked + 1)]
    others = iter(unique[asked:])
    entries = [
        Entry(
            id=name,
            section=draw(texts),
            question=question,
            short_answer=draw(texts),
            answer=draw(answers),
            source=draw(texts),
            related=tuple(
                other for other in draw(st.sets(st.sampled_from(names))) if other != name
            ),
            signpost=draw(st.one_of(st.just(""), texts)),
            phrasings=tuple(phrasing for phrasing, _ in zip(others, range(2), strict=False)),
        )
        for name, question in zip(names, unique, strict=False)
    ]
    practical = replace(entries[-1], id="p01", related=())
    entries = [*entries[:-1], practical] if draw(st.booleans()) and asked > 1 else entries
    known = {entry.id for entry in entries}
    entries = [replace(e, related=tuple(sorted(set(e.related) & known))) for e in entries]
    gaps = tuple(Gap(f"g{n:02d}", title, draw(texts)) for n, title in enumerate(others, 1))
    return replace(
        starting_corpus(draw(texts), draw(texts), draw(texts)),
        contacts=(Contact(draw(texts), "", draw(texts)),),
        entries=tuple(entries),
        gaps=gaps,
        out_of_scope=(),
        training=LabelledSet(
            (Query("1", "hoe dan"),),
            (Judgment("1", entries[0].id, 2),),
            (Slice("1", near=(entries[0].id,), author="x"),),
        ),
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=corpora(), format=st.sampled_from(sorted(FORMATS)))
def test_export_then_import_is_identical(corpus: Corpus, format: str) -> None:
    found = parse(export_corpus(corpus, format), f"faq.{format}")

    read = [replace(draft, line=0, doubts=()) for draft in found.drafts]
    assert read == [draft_of(entry) for entry in corpus.entries]
    if format == "json":
        assert found.corpus == corpus


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    corpus=corpora(st.text(min_size=1, max_size=20).filter(fold)),
    format=st.sampled_from(sorted(FORMATS)),
)
def test_what_a_format_cannot_hold_is_refused_and_never_lost(corpus: Corpus, format: str) -> None:
    try:
        raw = export_corpus(corpus, format)
    except ExportError:
        event(f"{format} cannot hold it")
        return

    found = parse(raw, f"faq.{format}")
    assert [draft.answer for draft in found.drafts] == [e.answer for e in corpus.entries]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(corpus=corpora(), format=st.sampled_from(sorted(FORMATS)))
def test_importing_an_export_over_its_corpus_changes_nothing(corpus: Corpus, format: str) -> None:
    found = parse(export_corpus(corpus, format), f"faq.{format}")

    comparison = compare(found, corpus)

    assert {difference.change.value for difference in comparison.differences} == {"same"}
    assert not comparison.moved
    assert merge(found, comparison, corpus) == corpus


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_shipped_corpus_survives_each_format(format: str, tmp_path: Path) -> None:
    shipped = load_corpus(SHIPPED_CORPUS)

    found = parse(export_corpus(shipped, format), f"faq.{format}")
    base = base_for(found, None)
    write_import(merge(found, compare(found, None), base), tmp_path / "corpus")

    written = load_corpus(tmp_path / "corpus")
    assert written.entries == shipped.entries
    if format == "json":
        assert written == shipped


def test_cells_are_no_formulas_in_a_spreadsheet() -> None:
    corpus = starting_corpus("Afval")
    entry = Entry("q01", "A", "Waar?", "Hier.", "- hier\n- daar", "bron", phrasings=("=1+1", "'@x"))
    raw = export_corpus(replace(corpus, entries=(entry,)), "csv").decode("utf-8-sig")

    cells = [cell.strip('"') for cell in raw.split("\r\n")[1].split(";")]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
