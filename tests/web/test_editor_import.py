"""Taking an FAQ document in: look first, settle what is unsure, then propose it as a whole."""

import io
import re
from typing import Any

import pytest

from corpus import Corpus
from corpus.exporting import export_corpus
from corpus.importers.faq import read_upload
from web.accounts import Role, set_role
from web.editing.drafts import draft
from web.editing.shelf import Shelf
from web.editor.carrying import packed, unpacked
from web.editor.word_diff import Part, word_diff

PATH = "/redactie/inlezen"
UNLIKE = "Kom langs bij het loket, of bel ons. We maken dan meteen een andere pas voor je klaar."


@pytest.fixture
def editor(site: Any) -> Any:
    set_role(site.database, "Anna", Role.EDITOR)
    return site.person("Anna")


@pytest.fixture
def shelf(site: Any) -> Shelf:
    found: Shelf = site.app.extensions["vraagwijzer.shelf"]
    return found


@pytest.fixture(scope="session")
def document(corpus: Corpus) -> str:
    """Give the small FAQ as Markdown: one answer changed, one question reworded, one gone."""
    lines = ["# Afval scheiden", ""]
    for section, entries in corpus.sections.items():
        lines += [f"## {section}", ""]
        for entry in entries:
            if entry.id in ("p01", "q03"):
                continue
            answer, question = entry.answer, entry.question
            if entry.id == "q01":
                answer += "\n\nDit is sinds kort anders."
            if entry.id == "q06":
                question = "Wat te doen bij verlies van de afvalpas?"
                answer = answer[: len(answer) // 2] + " " + UNLIKE
            lines += [f"### {question}", "", answer, ""]
    lines += ["### Mag ik asbest wegbrengen?", "", "Nee. Bel eerst de gemeente.", ""]
    return "\n".join(lines)


def upload(person: Any, content: str | bytes, name: str = "faq.md", **fields: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return person.post(PATH, file=(io.BytesIO(raw), name), action="preview", **fields)


def propose(person: Any, page: str, **fields: str) -> Any:
    hidden = dict(re.findall(r'name="(carried|base)" value="([^"]*)"', page))
    return person.post(PATH, action="propose", **hidden, **fields)


def settled(page: str, answer: str = "ja") -> dict[str, str]:
    return dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', page), answer)


def test_the_preview_says_what_changes_and_proposes_nothing(
    editor: Any, shelf: Shelf, document: str
) -> None:
    page = upload(editor, document).text
    assert "Markdown met 6 vragen" in page
    assert "<dt>Nieuw</dt><dd>1</dd>" in page
    assert "<dt>Weg</dt><dd>1</dd>" in page
    assert "<ins>" in page
    assert "Dit is sinds kort anders." in page
    assert "Kijk of het korte antwoord nog klopt" in page
    assert "q03" in page
    assert not draft(shelf).changes


def test_an_unsure_pair_must_be_settled_first(editor: Any, shelf: Shelf, document: str) -> None:
    page = upload(editor, document).text
    assert "Is dit dezelfde vraag?" in page
    answer = propose(editor, page)
    assert answer.status_code == 422
    assert "Zeg bij 1 vraag nog of het dezelfde vraag is." in answer.text
    assert not draft(shelf).changes


def test_a_proposal_keeps_ids_phrasings_and_short_answers(
    editor: Any, shelf: Shelf, document: str, corpus: Corpus
) -> None:
    page = upload(editor, document).text
    answer = propose(editor, page, **settled(page))
    assert answer.status_code == 303
    found = draft(shelf)
    assert found.base.version == corpus.version
    merged = found.corpus.entry_by_id
    assert "Dit is sinds kort anders." in merged["q01"].answer
    assert merged["q01"].phrasings == corpus.entry_by_id["q01"].phrasings
    assert merged["q01"].short_answer == corpus.entry_by_id["q01"].short_answer
    assert merged["q06"].question == "Wat te doen bij verlies van de afvalpas?"
    assert corpus.entry_by_id["q06"].question in merged["q06"].phrasings
    assert "q03" not in merged
    assert "p01" in merged
    assert merged["q07"].question == "Mag ik asbest wegbrengen?"


def test_another_question_gets_another_number(editor: Any, shelf: Shelf, document: str) -> None:
    page = upload(editor, document).text
    propose(editor, page, **settled(page, "nee"))
    merged = draft(shelf).corpus.entry_by_id
    assert "q06" not in merged
    assert "Wat te doen bij verlies van de afvalpas?" in {e.question for e in merged.values()}


def test_another_faq_must_be_confirmed(editor: Any, shelf: Shelf) -> None:
    other = "# Zwemles\n\n## Hoe laat begint de les?\n\nOm tien uur, in het grote bad.\n"
    page = upload(editor, other).text
    assert "De meeste vragen zouden verdwijnen" in page
    refused = propose(editor, page, **settled(page))
    assert refused.status_code == 422
    assert "Kruis eerst aan" in refused.text
    assert propose(editor, page, **settled(page), loses="ja").status_code == 303
    assert [e.question for e in draft(shelf).corpus.entries if e.id[0] == "q"] == [
        "Hoe laat begint de les?"
    ]


def test_a_draft_that_changed_meanwhile_is_looked_at_again(
    editor: Any, shelf: Shelf, document: str
) -> None:
    page = upload(editor, document).text
    again = upload(editor, document.replace("sinds kort", "sinds vandaag")).text
    assert propose(editor, again, **settled(again)).status_code == 303
    answer = propose(editor, page, **settled(page))
    assert answer.status_code == 409
    assert "De FAQ is intussen gewijzigd." in answer.text
    assert propose(editor, answer.text, **settled(answer.text)).status_code == 303
    assert "sinds kort" in draft(shelf).corpus.entry_by_id["q01"].answer


def test_the_same_document_changes_nothing(editor: Any, corpus: Corpus) -> None:
    page = upload(editor, export_corpus(corpus, "xlsx"), "faq.xlsx").text
    assert "alles uit dit document staat al zo in de FAQ" in page
    answer = propose(editor, page)
    assert answer.status_code == 422
    assert "verandert niets" in answer.text


@pytest.mark.parametrize("format", ["json", "xlsx", "csv", "md"])
def test_each_format_of_our_own_is_taken_in(editor: Any, corpus: Corpus, format: str) -> None:
    page = upload(editor, export_corpus(corpus, format), f"faq.{format}").text
    assert "<dt>Gelijk</dt><dd>7</dd>" in page


def test_what_is_left_out_is_told_with_its_reason(editor: Any, document: str) -> None:
    page = upload(
        editor, document.replace("# Afval", "![plaatje](https://x.example/a.png)\n\n# Afval")
    )
    assert "Weggelaten" in page.text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leeg.docx", "Dit bestand is leeg."),
        (b"%PDF-1.4 kapot", "x.pdf", ""),
        (b"PK\x03\x04kapot", "x.docx", ""),
        (b"\x89PNG\r\n", "x.png", "Dit is een afbeelding."),
        (b"Alleen een zin.", "x.txt", "geen vraag met een antwoord gevonden"),
        (b"\x00\xff\xfe\x01" * 99, "x.txt", ""),
    ],
)
def test_a_bad_file_gives_one_sentence(editor: Any, content: bytes, name: str, said: str) -> None:
    answer = upload(editor, content, name)
    assert answer.status_code == 422
    assert answer.text.count('id="fout"') == 1
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_no_file_gives_one_sentence(editor: Any) -> None:
    answer = editor.post(PATH, action="preview")
    assert answer.status_code == 422
    assert "Kies eerst een document." in answer.text


@pytest.mark.parametrize("carried", ["", "geen base64", "AAAA", "eJwDAAAAAAE=", "x" * 70_000])
def test_a_form_that_was_tampered_with_gives_one_sentence(editor: Any, carried: str) -> None:
    answer = editor.post(PATH, action="propose", carried=carried)
    assert answer.status_code == 422
    assert "Kies het document opnieuw." in answer.text


def test_the_script_gets_only_the_part_with_the_preview(editor: Any, document: str) -> None:
    page = editor.send(PATH, file=(io.BytesIO(document.encode()), "faq.md"), action="preview").text
    assert "<html" not in page
    assert "Wat er verandert" in page


def test_too_large_a_file_gives_one_sentence(editor: Any) -> None:
    answer = editor.client.post(
        PATH,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(27 * 2**20)},
    )
    assert answer.status_code == 413
    assert "hooguit 25 MB" in answer.text


def test_moderators_do_not_take_documents_in(site: Any, document: str) -> None:
    assert upload(site.person("Bram"), document).status_code == 403


def test_what_was_recognised_survives_the_form(corpus: Corpus) -> None:
    found = read_upload(export_corpus(corpus, "json"), "faq.json")
    assert found.corpus is not None
    assert unpacked(packed(found)) == found


def test_a_word_diff_holds_both_texts() -> None:
    pieces = word_diff("een oude zin\n\nen meer", "een nieuwe zin\n\nen meer erbij")
    old = "".join(p.text for p in pieces if p.part is not Part.NEW)
    assert old.split() == ["een", "oude", "zin", "en", "meer"]
    new = "".join(p.text for p in pieces if p.part is not Part.GONE)
    assert new == "een nieuwe zin\n\nen meer erbij"
    assert [p.text for p in pieces if p.part is Part.GONE] == ["oude "]


def test_long_texts_are_shown_whole() -> None:
    assert [p.part for p in word_diff("a " * 4000, "b " * 4000)] == [Part.GONE, Part.NEW]
