"""Check the texts of the shipped corpus: complete, plain, safe to show, and in our own words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import SHIPPED_CORPUS, load_corpus
from corpus.files import save_corpus
from corpus.models import Corpus, Entry
from corpus.validation import MAX_SHORT_ANSWER, fold

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "faq-loyale-tegenspraak.txt"
END_OF_FIRST_RENDERING = "pa_categorie=loyale-tegenspraak&paged=1"
SITE = "https://aenoprovincies.nl"
PRODUCTS = (
    f"{SITE}/producten/?swoof=1&product_cat=ambtelijk-vakmanschap"
    "&pa_categorie=loyale-tegenspraak&paged=1"
)
WEBINAR = f"{SITE}/producten/webinar-samen-sterk-door-loyale-tegenspraak/"
CONTACT = f"{SITE}/contact/"
QUESTIONS = {
    "A: Ruimte, veiligheid en vertrouwen": [
        "Wanneer bestaat er ruimte voor loyale tegenspraak en hoe vergroot je die?",
        "Hoe creëer je veiligheid voor jezelf?",
        "Hoe kun je collega’s helpen zich ook uit te spreken?",
    ],
    "B. Rol, hiërarchie en eigenaarschap": [
        "Kun je loyaal tegenspreken richting iemand hoger in de hiërarchie?",
        "Wat als je geen direct contact hebt met bestuurders?",
        "Hoe zit het met eigenaarschap van GS-stukken?",
    ],
    "C. Besluitvorming, timing en uitvoering": [
        "Wat als je pas tegenspreekt nadat een besluit is genomen?",
        "Tegenspraak nadat een besluit genomen is: is dat klokkenluiden?",
        "Wat als je een besluit moet uitvoeren waar je het niet mee eens bent?",
    ],
    "4. Politiek-bestuurlijke spanning": [
        "Wat als politieke voorkeur zwaarder weegt dan ambtelijk advies?",
        "Hoe ga je om met een bestuurder die ‘adviseert’ wat het advies moet zijn?",
        "Wat als een wens in strijd is met wet- en regelgeving?",
    ],
    "5. Professionele normen en waarden": [
        "Wat is een professionele mening als waarden botsen?",
        "Wie bepaalt het maatschappelijk belang?",
        "Wat als je twijfelt aan de intenties of integriteit?",
    ],
    "6. Strategie en gesprek": [
        "Hoe ga je om met herhaaldelijk niet-gehoorde tegenspraak?",
        "Hebben jullie tips voor het ‘slecht-nieuws-gesprek’?",
        "Is aansluiten en meebewegen nodig voordat je kunt tegenbewegen?",
    ],
}
SENSITIVE = ("q02", "q08", "q12", "q15")
NAMED_BY_THE_FAQ = (
    "leidinggevende",
    "vertrouwenspersoon",
    "integriteitsfunctionaris",
    "ondernemingsraad",
    "juridische toetsing",
)
CORPUS = load_corpus(SHIPPED_CORPUS)
FAQ_ENTRIES = [entry for entry in CORPUS.entries if not entry.is_practical]
each_entry = pytest.mark.parametrize("entry", CORPUS.entries, ids=lambda entry: entry.id)


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def sentences(markdown: str) -> list[str]:
    """Split on full stops, questions marks and colons; a list item is a sentence of its own."""
    without_links = re.sub(r"\]\([^)]*\)", "]", re.sub(r"https?://\S+", "", markdown))
    lines = [re.sub(r"^\s*(?:-|\d+\.)\s+", "", line) for line in without_links.split("\n")]
    parts = [part for line in lines for part in re.split(r"(?<=[.?!:])\W*\s", line)]
    return [part for part in parts if words(part)]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = [word.casefold() for word in words(text)]
    return {tuple(found[n : n + length]) for n in range(len(found) - length + 1)}


def shown_texts(corpus: Corpus) -> Iterator[str]:
    """Yield every text of the corpus that a reader may see."""
    for entry in corpus.entries:
        yield from (entry.question, entry.short_answer, entry.answer, entry.signpost, entry.source)
    for gap in corpus.gaps:
        yield from (gap.title, gap.signpost)
    for contact in corpus.contacts:
        yield from (contact.label, contact.url, contact.explanation)
    texts = corpus.texts
    yield from (texts.greeting, texts.thanks, texts.fallback, texts.technical, texts.noise)
    yield from texts.other_language.values()
    yield from (corpus.source, corpus.source_url, *corpus.examples)


def test_faq_holds_the_eighteen_questions_in_the_order_of_the_sections() -> None:
    found: dict[str, list[str]] = {}
    for entry in FAQ_ENTRIES:
        found.setdefault(entry.section, []).append(entry.question)
    assert list(found.items()) == list(QUESTIONS.items())
    assert [entry.id for entry in FAQ_ENTRIES] == [f"q{n:02}" for n in range(1, 19)]


def test_each_faq_entry_names_its_part_as_source() -> None:
    for entry in FAQ_ENTRIES:
        part = entry.section[0]
        assert entry.source == f"FAQ Loyale tegenspraak, A&O-fonds Provincies, deel {part}"


def test_practical_entries_follow_in_a_section_of_their_own() -> None:
    practical = CORPUS.entries[len(FAQ_ENTRIES) :]
    assert [entry.id for entry in practical] == [f"p{n:02}" for n in range(1, 7)]
    assert {entry.section for entry in practical} == {"Over deze FAQ"}
    assert min(len(entry.phrasings) for entry in practical) >= 55


def test_known_gaps_have_an_id_in_order_a_signpost_and_phrasings() -> None:
    assert [gap.id for gap in CORPUS.gaps] == [f"g{n:02}" for n in range(1, 29)]
    for gap in CORPUS.gaps:
        assert gap.signpost.startswith("De FAQ ")
        assert len(gap.phrasings) >= 25


@each_entry
def test_short_answer_fits_in_a_webinar_chat(entry: Entry) -> None:
    assert 80 <= len(entry.short_answer) <= MAX_SHORT_ANSWER
    assert "\n" not in entry.short_answer
    assert "**" not in entry.short_answer


@each_entry
def test_related_entries_exist_and_are_two_or_three(entry: Entry) -> None:
    assert 2 <= len(set(entry.related)) <= 3
    assert set(entry.related) <= set(CORPUS.entry_by_id) - {entry.id}


@pytest.mark.parametrize("entry_id", SENSITIVE)
def test_sensitive_entry_points_to_people_whom_the_faq_names(entry_id: str) -> None:
    signpost = CORPUS.entry_by_id[entry_id].signpost
    assert any(person in signpost for person in NAMED_BY_THE_FAQ)
    assert not re.search(r"\b(?:HR|vakbond|Huis voor Klokkenluiders|bedrijfsarts)\b", signpost)


@each_entry
def test_answer_is_written_in_short_sentences_without_headings(entry: Entry) -> None:
    lengths = [len(words(sentence)) for sentence in sentences(entry.answer)]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 25
    assert not re.search(r"^#", entry.answer, re.MULTILINE)


@each_entry
def test_short_answer_and_signpost_are_written_in_short_sentences(entry: Entry) -> None:
    found = sentences(entry.short_answer) + sentences(entry.signpost)
    assert max(len(words(sentence)) for sentence in found) <= 20


def test_links_are_those_of_the_source_document() -> None:
    found = {
        url.rstrip(".")
        for text in shown_texts(CORPUS)
        for url in re.findall(r"https?://[^\s)]+", text)
    }
    assert found == {WEBINAR, PRODUCTS, CONTACT}


def test_links_stand_where_a_reader_needs_them() -> None:
    assert WEBINAR in CORPUS.entry_by_id["p01"].answer
    assert PRODUCTS in CORPUS.entry_by_id["p02"].answer
    assert CONTACT in CORPUS.entry_by_id["p05"].answer
    assert CORPUS.contacts[0].url == CONTACT


def test_no_text_holds_a_mail_address_or_the_name_of_a_person() -> None:
    everything = [*shown_texts(CORPUS), *CORPUS.out_of_scope]
    everything += [text for _, text in CORPUS.chatter]
    everything += [phrasing for phrasing, _ in CORPUS.labelled_phrasings()]
    whole = "\n".join(everything)
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", whole)
    # Authors of the source document; their organisation is named, they are not.
    assert not re.search(r"\b(?:Ester|Marja|Oude Nijhuis|Schornagel)\b", whole, re.IGNORECASE)


def test_tool_never_says_ik_and_shouts_only_in_its_greeting() -> None:
    texts = CORPUS.texts
    for text in (texts.thanks, texts.fallback, texts.technical, texts.noise):
        assert "!" not in text
    for entry in CORPUS.entries:
        assert not re.search(r"\b(?:ik|mijn)\b|!", f"{entry.answer} {entry.short_answer}", re.I)


def test_other_languages_are_answered_in_their_own_and_in_dutch() -> None:
    texts = CORPUS.texts.other_language
    assert set(texts) == {"nl", "en", "de", "fr", "fy", "tr", "ar", "pl", "es"}
    assert len(set(texts.values())) == len(texts)
    assert all("A&O-fonds Provincies" in text for text in texts.values())


def test_example_questions_are_not_headings_or_known_phrasings() -> None:
    known = {fold(phrasing) for phrasing, _ in CORPUS.labelled_phrasings()}
    assert len(CORPUS.examples) == 3
    assert not known & {fold(example) for example in CORPUS.examples}


def test_each_kind_of_chatter_has_enough_lines_and_no_line_twice() -> None:
    kinds = [kind for kind, _ in CORPUS.chatter]
    assert min(kinds.count(kind) for kind in set(kinds)) >= 110
    assert set(kinds) == {"greeting", "thanks", "technical", "noise"}
    lines = [text.casefold() for _, text in CORPUS.chatter]
    assert len(lines) == len(set(lines))


def test_lines_out_of_scope_are_known_nowhere_else() -> None:
    known = {fold(phrasing) for phrasing, _ in CORPUS.labelled_phrasings()}
    known |= {fold(text) for _, text in CORPUS.chatter}
    assert len(CORPUS.out_of_scope) >= 100
    assert not [line for line in CORPUS.out_of_scope if fold(line) in known]


def test_saved_corpus_reads_back_the_same(tmp_path: Path) -> None:
    save_corpus(CORPUS, tmp_path / "kopie")
    assert load_corpus(tmp_path / "kopie") == CORPUS


@pytest.mark.skipif(not SOURCE.exists(), reason="the source document is not beside the checkout")
def test_no_run_of_eight_words_is_copied_from_the_source_document() -> None:
    source = SOURCE.read_text(encoding="utf-8").split(END_OF_FIRST_RENDERING)[0]
    copied = runs(re.sub(r"https?://\S+", "", source), 8)
    for entry in CORPUS.entries:
        for text in (entry.answer, entry.short_answer, entry.signpost):
            assert not runs(re.sub(r"https?://\S+", "", text), 8) & copied, entry.id
