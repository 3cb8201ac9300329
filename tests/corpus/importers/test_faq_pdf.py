"""Test what PDFs do with their text."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import faq_documents as documents
import pytest
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.importers.faq import Recognised
from corpus.importers.faq.formats import parse

CHROMIUM = Path("/usr/bin/chromium")


def drawn(draw: Callable[[Canvas], None]) -> Recognised:
    """Recognise a PDF of one page that a function draws."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    draw(canvas)
    canvas.save()
    return parse(stream.getvalue(), "faq.pdf")


def column(canvas: Canvas, lines: list[str], *, x: int = 60, top: int = 780) -> None:
    """Draw lines below one another; a line in capitals is bold, an empty one is white space."""
    y = top
    for line in lines:
        y -= 14 if line else 8
        bold = line.startswith("*")
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        if line:
            canvas.drawString(x, y, line.lstrip("*"))


def test_hyphens_and_ligatures_are_undone() -> None:
    found = drawn(
        lambda canvas: column(
            canvas,
            [
                "*Wat doet de gemeente met bezwaren?",
                "",
                "De gemeente behandelt elk bezwaar binnen zes weken, na over-",
                "leg met wie het aangaat, en let op tuin- en groenafval en op de",
                "auto-onderdelen die mensen langs de weg achterlaten.",
            ],
        )
    )

    assert found.questions[0].answer == (
        "De gemeente behandelt elk bezwaar binnen zes weken, na overleg met wie het aangaat, en "
        "let op tuin- en groenafval en op de auto-onderdelen die mensen langs de weg achterlaten."
    )


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    left = [
        "*Wanneer komt de vuilniswagen?",
        "De wagen komt om de week langs op de",
        "vaste dag van je straat, en in de zomer",
        "komt hij elke week. Zet de bak op tijd",
        "klaar, want de chauffeur rijdt door als",
        "er niets staat op het moment dat hij",
        "langs je huis komt met zijn wagen.",
    ]
    right = [
        "*Wat kost een nieuwe container?",
        "Een nieuwe bak is gratis als de oude",
        "stuk is gegaan zonder dat je daar iets",
        "aan kon doen, en anders kost hij veertig",
        "euro met het brengen erbij gerekend, op",
        "werkdagen tussen negen en vijf uur, of",
        "op zaterdag tot twaalf uur op afspraak.",
    ]

    def draw(canvas: Canvas) -> None:
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            column(canvas, [one], x=60, top=780 - 14 * number)
            column(canvas, [other], x=320, top=780 - 14 * number)

    found = drawn(draw)

    assert [draft.question for draft in found.questions] == [left[0][1:], right[0][1:]]
    assert [draft.answer for draft in found.questions] == [" ".join(left[1:]), " ".join(right[1:])]


def test_a_raised_number_is_a_footnote() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, ["*Wanneer komt de wagen?", "", "De wagen komt elke week."])
        canvas.setFont("Helvetica", 6)
        canvas.drawString(
            60 + canvas.stringWidth("De wagen komt elke week.", "Helvetica", 10), 748, "1"
        )
        column(canvas, ["*Wat kost een bak?", "", "Een bak is gratis."], top=730)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 90, "1 Behalve in de zomervakantie.")

    found = drawn(draw)

    assert found.questions[0].answer == (
        "De wagen komt elke week.¹\n\n1 Behalve in de zomervakantie."
    )
    assert found.questions[1].answer == "Een bak is gratis."


def test_small_print_in_the_margin_of_a_lone_page_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(60, 820, "Gemeente Voorbeeldstad")
        column(canvas, ["*Wat kost een bak?", "", "Een bak is gratis."])

    found = drawn(draw)

    assert [draft.answer for draft in found.drafts] == ["Een bak is gratis."]
    assert [piece.text for piece in found.left_out] == ["Gemeente Voorbeeldstad"]


def test_a_link_over_part_of_a_line_is_kept() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, ["*Waar staat het?", "", "Kijk in de kalender voor de dagen."])
        start = 60 + canvas.stringWidth("Kijk in ", "Helvetica", 10)
        end = start + canvas.stringWidth("de kalender", "Helvetica", 10)
        canvas.linkURL(documents.LINK, (start, 736, end, 756))

    assert (
        drawn(draw).questions[0].answer == f"Kijk in [de kalender]({documents.LINK}) voor de dagen."
    )


@pytest.mark.parametrize("options", [{}, {"bold": True}, {"columns": 2}])
def test_plain_text_out_of_a_pdf_gives_the_same_questions(options: dict[str, int]) -> None:
    reader = PdfReader(io.BytesIO(documents.as_pdf(**options)))  # type: ignore[arg-type]
    text = "\n".join(page.extract_text() for page in reader.pages)

    found = parse(text.encode(), "faq.txt")

    assert [draft.question for draft in found.questions] == documents.QUESTIONS
    assert list(found.sections) == documents.SECTIONS
    assert [draft.question for draft in found.practical] == ["Leeswijzer", "Tot slot"]
    assert "1. Zet het apparaat op de stoep.\n2. Plak" in found.questions[1].answer
    assert "- papier en karton\n- glas\n" in found.questions[2].answer


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_a_page_printed_by_a_browser_gives_the_same_questions(tmp_path: Path) -> None:
    page, printed = tmp_path / "faq.html", tmp_path / "faq.pdf"
    page.write_text(documents.as_html(), "utf-8")
    subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--print-to-pdf={printed}",
            page,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    found = parse(printed.read_bytes(), "faq.pdf")

    assert found.title == documents.TITLE
    assert [draft.question for draft in found.questions] == documents.QUESTIONS
    assert list(found.sections) == documents.SECTIONS
    assert f"[de kalender]({documents.LINK})" in found.questions[1].answer
    assert "- glas\n  - flessen en potten\n" in found.questions[2].answer
    assert "| schoon puin | 2 cent |" in found.questions[3].answer
    assert not any("Pagina" in draft.answer or "file:" in draft.answer for draft in found.drafts)
