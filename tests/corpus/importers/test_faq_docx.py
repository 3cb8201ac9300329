"""Test what Word documents do with their questions."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.importers.faq import Recognised
from corpus.importers.faq.formats import parse


def raw(document: object) -> bytes:
    """Give the bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def read(document: object) -> Recognised:
    """Recognise a document."""
    return parse(raw(document), "faq.docx")


def pairs(found: Recognised) -> list[tuple[str, str]]:
    """Give question and answer of each draft on the subject."""
    return [(draft.question, draft.answer) for draft in found.questions]


def tracked(kind: str, text: str) -> object:
    """Give a tracked insertion ("ins") or deletion ("del") as Word writes it."""
    tag = "w:t" if kind == "ins" else "w:delText"
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z">'
        f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r></w:{kind}>'
    )


def test_tracked_changes_are_read_as_accepted() -> None:
    document = Document()
    document.add_heading("Wat kost het?", 2)
    paragraph = document.add_paragraph("Het kost ")
    paragraph._p.append(tracked("del", "vijf"))
    paragraph._p.append(tracked("ins", "zes"))
    paragraph.add_run(" euro.")

    assert pairs(read(document)) == [("Wat kost het?", "Het kost zes euro.")]


def test_a_table_of_questions_and_answers_is_taken_apart() -> None:
    document = Document()
    document.add_heading("Afval", 1)
    table = document.add_table(rows=3, cols=2)
    rows = [("Vraag", "Antwoord"), ("Waar?", "Hier."), ("Wat kost het", "Niets.")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[1].cells[1].add_paragraph("En daar.")

    found = read(document)

    assert pairs(found) == [("Waar?", "Hier.\n\nEn daar."), ("Wat kost het", "Niets.")]
    assert found.sections == ("Afval",)


def test_questions_that_word_numbers_itself() -> None:
    document = Document()
    for question, answer in (("Waar?", "Hier."), ("Wanneer?", "Nu.")):
        document.add_paragraph(style="List Number").add_run(question).bold = True
        document.add_paragraph(answer)

    assert pairs(read(document)) == [("Waar?", "Hier."), ("Wanneer?", "Nu.")]


def test_a_question_over_two_bold_paragraphs() -> None:
    document = Document()
    for line in ("Hoe vraag ik een nieuwe bak aan", "als de oude stuk is?"):
        document.add_paragraph().add_run(line).bold = True
    document.add_paragraph("Bel ons.")

    assert pairs(read(document)) == [
        ("Hoe vraag ik een nieuwe bak aan als de oude stuk is?", "Bel ons.")
    ]


def test_a_table_of_contents_of_links_is_left_out() -> None:
    document = Document()
    document.add_paragraph("Inhoudsopgave")
    for text in ("Waar?\t2", "Wanneer?\t3"):
        paragraph = document.add_paragraph()
        paragraph._p.append(
            parse_xml(
                f'<w:hyperlink {nsdecls("w")} w:anchor="_Toc1"><w:r><w:t>{text}</w:t></w:r>'
                "</w:hyperlink>"
            )
        )
    for question, answer in (("Waar?", "Hier."), ("Wanneer?", "Nu.")):
        document.add_heading(question, 1)
        document.add_paragraph(answer)

    found = read(document)

    assert pairs(found) == [("Waar?", "Hier."), ("Wanneer?", "Nu.")]
    assert {piece.reason for piece in found.left_out} == {"inhoudsopgave"}


def test_dutch_style_names_are_headings() -> None:
    document = Document()
    document.styles["Heading 2"].element.name_val = "Kop 2"
    document.add_paragraph("Kosten", style=document.styles.get_by_id("Heading2", 1))
    document.add_paragraph("Wat kost het?").style = document.styles.get_by_id("Heading3", 1)
    document.add_paragraph("Niets.")

    found = read(document)

    assert (found.sections, pairs(found)) == (("Kosten",), [("Wat kost het?", "Niets.")])


def test_footnotes_go_to_their_answer() -> None:
    document = Document()
    document.add_heading("Waar?", 2)
    document.add_paragraph("Hier.")
    document.add_heading("Wanneer?", 2)
    document.add_paragraph("Nu.")

    found = parse(with_footnote(raw(document), "Hier.", "Behalve op zondag."), "faq.docx")

    assert pairs(found) == [
        ("Waar?", "Hier.[1]\n\n[1] Behalve op zondag."),
        ("Wanneer?", "Nu."),
    ]


def with_footnote(document: bytes, behind: str, note: str) -> bytes:
    """Add a footnote, which python-docx cannot, as Word writes it."""
    space = nsdecls("w")
    parts = {
        "word/footnotes.xml": (
            f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
    }
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    target = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    reference = '</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                plain = text.decode()
                text = re.sub(rf"{behind}</w:t></w:r>", f"{behind}{reference}", plain).encode()
            if name == "word/_rels/document.xml.rels":
                text = text.decode().replace("</Relationships>", target).encode()
            new.writestr(name, text)
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["faq.txt", "faq", "faq.pdf"])
def test_a_document_is_known_by_its_content(name: str) -> None:
    document = Document()
    document.add_heading("Waar?", 2)
    document.add_paragraph("Hier.")

    assert parse(raw(document), name).format == "Word-document"
