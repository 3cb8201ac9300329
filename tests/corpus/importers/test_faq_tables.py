"""Test tables of questions, and the exports of other question answering tools."""

import io
import json

import pytest
from openpyxl import Workbook

from corpus.importers.faq import DocumentError, Recognised
from corpus.importers.faq.formats import parse


def read(text: str, name: str = "faq.csv") -> Recognised:
    """Recognise a text file."""
    return parse(text.encode(), name)


def pairs(found: Recognised) -> list[tuple[str, str, str]]:
    """Give section, question and answer of each draft on the subject."""
    return [(draft.section, draft.question, draft.answer) for draft in found.questions]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "head", [("Rubriek", "Vraag", "Antwoord"), ("section", "question", "answer")]
)
def test_sniffs_the_delimiter_under_either_head(delimiter: str, head: tuple[str, ...]) -> None:
    rows = [head, ("Afval", "Waar?", "Hier."), ("Afval", "Wanneer?", "Nu.")]

    found = read("\n".join(delimiter.join(row) for row in rows))

    assert pairs(found) == [("Afval", "Waar?", "Hier."), ("Afval", "Wanneer?", "Nu.")]


def test_reads_ids_and_one_phrasing_a_line() -> None:
    text = (
        "nr;vraag;antwoord;formuleringen;kort antwoord\n"
        'q07;Waar?;"Hier; of ""daar""";"waar dan\nop welke plek\n\n- waarheen";Hier.\n'
        "12;Wanneer?;Nu.;;\n"
    )

    first, second = read(text).questions

    assert (first.id, first.answer, first.short_answer) == ("q07", 'Hier; of "daar"', "Hier.")
    assert first.phrasings == ("waar dan", "op welke plek", "waarheen")
    assert (second.id, second.short_answer) == ("", "Nu.")


def test_line_ends_in_a_cell_are_kept_in_markdown() -> None:
    found = read('vraag,antwoord\nWaar?,"Stadhuis\nMarkt 1\n\n• maandag\n• dinsdag"\n')

    assert found.questions[0].answer == "Stadhuis  \nMarkt 1\n\n- maandag\n- dinsdag"


def test_a_row_with_one_cell_is_the_section_of_those_below() -> None:
    found = read("Vraag;Antwoord\nAfval;\nWaar?;Hier.\nParkeren;\nWanneer?;Nu.\n")

    assert pairs(found) == [("Afval", "Waar?", "Hier."), ("Parkeren", "Wanneer?", "Nu.")]


def test_two_columns_without_a_head() -> None:
    found = read("Waar?;Hier.\nWanneer?;Nu.\nHoe dan?;Zo.\n")

    assert [draft.question for draft in found.questions] == ["Waar?", "Wanneer?", "Hoe dan?"]


def test_rows_without_an_answer_are_named() -> None:
    found = read("vraag;antwoord\nWaar?;Hier.\nWanneer?;\n")

    assert [(piece.text, piece.reason, piece.line) for piece in found.left_out] == [
        ("Wanneer?", "geen antwoord gevonden", 3)
    ]


def test_a_phrasing_belongs_to_one_question() -> None:
    found = read(
        'vraag;antwoord;varianten\nWaar?;Hier.;"op welke plek\nwanneer"\n'
        'Wanneer?;Nu.;"Op welke plek?\nhoe laat"\n'
    )

    assert [draft.phrasings for draft in found.questions] == [("op welke plek",), ("hoe laat",)]
    assert any("stonden er dubbel" in doubt for doubt in found.questions[1].doubts)


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """Give a workbook with these cells."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_reads_a_workbook_with_a_title_above_its_head() -> None:
    raw = workbook(
        {"Blad1": [["Onze FAQ"], [], ["Thema", "Vraag", "Antwoord"], ["Geld", "Hoeveel?", 25]]}
    )

    assert pairs(parse(raw, "faq.xlsx")) == [("Geld", "Hoeveel?", "25")]


def test_sheets_are_sections_when_several_hold_questions() -> None:
    head = ["Vraag", "Antwoord"]
    raw = workbook(
        {
            "Afval": [head, ["Waar?", "Hier."]],
            "Parkeren": [head, ["Wanneer?", "Nu."]],
            "Uitleg": [["Dit is een toelichting"]],
        }
    )

    found = parse(raw, "faq.xlsx")

    assert pairs(found) == [("Afval", "Waar?", "Hier."), ("Parkeren", "Wanneer?", "Nu.")]
    assert [piece.text for piece in found.left_out] == ["Uitleg"]


def test_says_which_columns_a_table_needs() -> None:
    with pytest.raises(DocumentError, match="‘vraag’ en ‘antwoord’"):
        read("naam;plaats\nJan;Ede\nPiet;Lisse\n")


QNA_MAKER = (
    "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n"
    "Waar?\tHier.\\n\\n* dag\\n* nacht\tfaq.docx\trubriek:Afval|taal:nl\t[]\tFalse\t[]\t1\n"
    "Op welke plek?\tHier.\\n\\n* dag\\n* nacht\tfaq.docx\trubriek:Afval\t[]\tFalse\t[]\t1\n"
    "Wanneer?\tNu.\tfaq.docx\t\t[]\tFalse\t[]\t2\n"
)


def test_reads_an_export_of_qna_maker() -> None:
    found = read(QNA_MAKER, "kb.tsv")

    assert pairs(found) == [
        ("Afval", "Waar?", "Hier.\n\n* dag\n* nacht"),
        ("Veelgestelde vragen", "Wanneer?", "Nu."),
    ]
    assert found.questions[0].phrasings == ("Op welke plek?",)


RASA = """
version: "3.1"
nlu:
- intent: afval/dagen
  examples: |
    - Wanneer komt de wagen?
    - komt de wagen op [maandag](dag)
    - komt hij in [mei]{"entity": "maand"}?
- intent: groet
  examples: |
    - hallo
responses:
  utter_afval/dagen:
  - text: Om de week.
"""


def test_reads_training_data_of_rasa() -> None:
    found = read(RASA, "nlu.yml")

    assert pairs(found) == [("Afval", "Wanneer komt de wagen?", "Om de week.")]
    assert found.questions[0].phrasings == ("komt de wagen op maandag", "komt hij in mei?")
    assert found.remarks == ("1 intent(s) zonder antwoord zijn weggelaten.",)


def test_refuses_references_that_grow_without_end() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nnlu:\n- intent: a\n"

    with pytest.raises(DocumentError, match="verwijzingen"):
        read(bomb, "nlu.yml")


@pytest.mark.parametrize(
    "content",
    [
        [{"question": "Waar?", "answer": "Hier."}],
        {"faq": [{"vraag": "Waar?", "antwoord": "Hier."}]},
        {
            "@type": "FAQPage",
            "mainEntity": [
                {"@type": "Question", "name": "Waar?", "acceptedAnswer": {"text": "<p>Hier.</p>"}}
            ],
        },
    ],
)
def test_reads_json_in_common_shapes(content: object) -> None:
    found = read(json.dumps(content), "faq.json")

    assert pairs(found) == [("Veelgestelde vragen", "Waar?", "Hier.")]


def test_lists_in_json_are_sections() -> None:
    content = {"Afval": [{"vraag": "Waar?", "antwoord": "Hier."}]}

    assert read(json.dumps(content), "faq.json").sections == ("Afval",)
