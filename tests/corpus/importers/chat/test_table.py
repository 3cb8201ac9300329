"""Test tables of messages: CSV with any delimiter, XLSX, and Zoom's report of questions."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from corpus.importers.chat import ChatFormat, ChatImport, ChatImportError
from corpus.importers.chat.mappings import corrected, load_mappings, save_mapping

Reader = Callable[..., ChatImport]

QA_REPORT = (
    "Question and Answer Report\r\nTopic,Webinar ID\r\nProefles,123-456\r\n\r\n"
    "#,Question,Asker Name,Asker Email,Answer(s)\r\n"
    '1,"Wat als het ""mis"" gaat?",Ria,ria@x.nl,Answered by Host: Dan niet,\r\n'
    "2,Hoe laat?,Anonymous Attendee,,\r\n"
    ",,,,Om drie uur\r\n"
    "3,Wie?,Bas,,live answered\r\n"
)


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell in (cell for row in book.active for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # a text that starts with '=', as Slido exports it
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    ("text", "time", "name"),
    [
        ("Vraag", "Tijdstip", "Ingediend door"),
        ("Message", "Sent at (UTC)", "Name"),
        ("Nachricht", "Uhrzeit", "Absender"),
    ],
)
def test_delimiter_and_columns_are_found(
    read: Reader, delimiter: str, text: str, time: str, name: str
) -> None:
    rows = [
        [time, name, text],
        ["10:00:01", "Ria Test", f'"Een{delimiter} twee?\nja"'],
        ["", "", ""],
    ]
    chat = read("\n".join(delimiter.join(row) for row in rows))
    assert chat.format is ChatFormat.TABLE
    assert [(m.text, m.time) for m in chat.messages] == [(f"Een{delimiter} twee?\nja", "10:00:01")]
    assert "Ria" not in repr(chat.messages)


def test_zoom_report_of_questions(read: Reader) -> None:
    chat = read(QA_REPORT)
    assert chat.format is ChatFormat.ZOOM_QA_REPORT
    assert [(m.text, m.answer, m.is_answered) for m in chat.messages] == [
        ('Wat als het "mis" gaat?', "Dan niet", True),
        ("Hoe laat?", "Om drie uur", True),
        ("Wie?", "", True),
    ]


def test_workbook_with_rows_above_the_header(read: Reader) -> None:
    data = xlsx(
        [
            ["Export", None],
            [],
            ["Vraag", "Stemmen", "Status", "Datum", "Tijd"],
            ["=SOM van alles?", 12, "Beantwoord", "02-04-2026", "10:01"],
            [None, None, None, None, None],
            ["Tweede", None, "Nieuw", "", ""],
        ]
    )
    chat = read(data)
    assert [(m.text, m.votes, m.is_answered) for m in chat.messages] == [
        ("=SOM van alles?", 12, True),
        ("Tweede", 0, False),
    ]
    assert chat.messages[0].time == "2026-04-02T10:01:00"
    assert chat.preview is not None
    assert chat.preview.header[:2] == ("Vraag", "Stemmen")


def test_text_that_starts_as_a_formula_stays_text(read: Reader) -> None:
    chat = read("Bericht;Tijd\n=dit is geen formule;10:00\n-ook niet;10:01\n@iemand: hoi;10:02\n")
    assert [m.text[0] for m in chat.messages] == ["=", "-", "@"]


def test_rows_for_some_people_only_are_private(read: Reader) -> None:
    chat = read("Van,Aan,Bericht\nRia,Iedereen,open\nBas,Ria,geheim\nBas,,open ook\n")
    assert [m.text for m in chat.messages] == ["open", "open ook"]
    assert chat.private_skipped == 1


def test_block_of_settings_above_the_table_is_no_header(read: Reader) -> None:
    chat = read(
        "Event name;Proef\nQuestion categories;a,b\n\n"
        "Question number;Timestamp;Question;Up votes;Down votes\n1;4/2/2026 2:00:05 PM;Hoe?;3;1\n"
    )
    assert [(m.text, m.votes, m.time) for m in chat.messages] == [
        ("Hoe?", 3, "2026-04-02T14:00:05")
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Name,Join Time,Leave Time,Duration (Minutes)\nRia,10:00,11:00,60\n",
        "1. Samenvatting\n\nNaam\tEerste deelname\tLaatste vertrek\nRia\ta\tb\n",
        "SessionId,ParticipantId,FullName,UtcEventTimestamp,Action\n1,2,Ria,x,Joined\n",
    ],
)
def test_attendance_reports_are_refused(read: Reader, table: str) -> None:
    with pytest.raises(ChatImportError, match="wie er aanwezig was"):
        read(table)


def test_attendance_workbook_is_refused(read: Reader) -> None:
    with pytest.raises(ChatImportError, match="wie er aanwezig was"):
        read(xlsx([["Naam", "Join time", "Leave time"], ["Ria", "10:00", "11:00"]]))


def test_a_table_whose_columns_nobody_knows_waits_for_a_person(
    read: Reader, tmp_path: Path
) -> None:
    table = "Wie;Inbreng;Wanneer\nRia;Waar is de zaal?;10:00\nBas;Ik zie niets;10:01\n"
    chat = read(table, format=ChatFormat.TABLE)
    assert chat.needs_columns
    assert chat.messages == ()
    assert chat.preview is not None
    assert chat.preview.has_header
    assert chat.preview.rows[0] == ("Ria", "Waar is de zaal?", "10:00")
    save_mapping(tmp_path / "columns.json", corrected(chat.preview, {"text": "inbreng"}))
    remembered = load_mappings(tmp_path / "columns.json")
    later = read(table + "Ans;Nog een vraag?;10:02\n", format=ChatFormat.TABLE, mappings=remembered)
    assert [m.text for m in later.messages][::2] == ["Waar is de zaal?", "Nog een vraag?"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_without_a_header_is_read_once_its_columns_are_chosen(
    read: Reader, tmp_path: Path, delimiter: str
) -> None:
    rows = [["10:00", "Ria Test", "Waar is de zaal?"], ["10:01", "Bas Test", "Hoi @Ria"]]
    table = "\n".join(delimiter.join(row) for row in rows)
    chat = read(table, format=ChatFormat.TABLE)
    assert chat.preview is not None
    assert (chat.needs_columns, chat.preview.has_header) == (True, False)
    choices = {"text": "3", "time": "1", "sender": "2"}
    mapping = corrected(chat.preview, choices, has_header=False)
    save_mapping(tmp_path / "columns.json", mapping)
    chat = read(table, format=ChatFormat.TABLE, mappings=load_mappings(tmp_path / "columns.json"))
    assert [(m.text, m.time) for m in chat.messages] == [
        ("Waar is de zaal?", "10:00:00"),
        ("Hoi @[naam]", "10:01:00"),
    ]
    other = read(
        "a\tb\n", format=ChatFormat.TABLE, mappings=load_mappings(tmp_path / "columns.json")
    )
    assert other.needs_columns  # two columns: another kind of table


def test_a_workbook_without_a_header_is_read_once_its_columns_are_chosen(read: Reader) -> None:
    data = xlsx([["Waar is de zaal?", 3], ["Hoe laat?", 1]])
    preview = read(data).preview
    assert preview is not None
    mapping = corrected(preview, {"text": "1", "votes": "2"}, has_header=False)
    chat = read(data, mappings={mapping.fingerprint: mapping.columns})
    assert [(m.text, m.votes) for m in chat.messages] == [("Waar is de zaal?", 3), ("Hoe laat?", 1)]


def test_an_empty_table_is_refused(read: Reader) -> None:
    with pytest.raises(ChatImportError, match="geen enkele regel"):
        read(";;\n;;\n", format=ChatFormat.TABLE)


def test_corrected_mapping_is_remembered(read: Reader, tmp_path: Path) -> None:
    table = "Onderwerp;Bericht;Inbreng;Tijd\nx;kort;De echte vraag?;10:00\n"
    preview = read(table).preview
    assert preview is not None
    save_mapping(tmp_path / "columns.json", corrected(preview, {"text": "inbreng", "time": "4"}))
    chat = read(table, mappings=load_mappings(tmp_path / "columns.json"))
    assert [m.text for m in chat.messages] == ["De echte vraag?"]
    assert chat.messages[0].time == "10:00:00"


@pytest.mark.parametrize("choices", [{"text": "bestaat niet"}, {"tekst": "1"}, {"text": "9"}])
def test_impossible_correction_is_told(read: Reader, choices: dict[str, str]) -> None:
    preview = read("Bericht;Tijd\nhoi;10:00\n").preview
    assert preview is not None
    with pytest.raises(ChatImportError):
        corrected(preview, choices)
