"""Make one FAQ on waste in every format that an import reads, with the difficulties of real ones.

The document is a list of pieces; each format writes them its own way. Its text is our own.
"""

import html
import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

TITLE = "Veelgestelde vragen over afval in Voorbeeldstad"
LINK = "https://www.voorbeeldstad.nl/afvalkalender"


@dataclass(frozen=True)
class Piece:
    """Hold one piece of the document; `items` are lines, nested ones start with two blanks."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def _paragraph(text: str) -> Piece:
    return Piece("paragraph", text)


def _question(text: str) -> Piece:
    return Piece("question", text)


PIECES = (
    Piece("guide", "Leeswijzer"),
    _paragraph(
        "In dit document staan de vragen die inwoners ons in het voorjaar stelden. We hebben ze "
        "per onderwerp bij elkaar gezet en zo kort mogelijk beantwoord."
    ),
    Piece("section", "A. Inzamelen aan huis"),
    _question("Wanneer wordt mijn restafval opgehaald?"),
    _paragraph(
        "Wij halen het restafval om de week op, en het groente-, fruit- en tuinafval elke week. "
        "Zet de container voor half acht aan de straat, met de handgreep naar de weg."
    ),
    _paragraph(
        "Twijfel je over de dag? Kijk dan in de afvalkalender, die ook rekening houdt met de "
        "feestdagen. De vraag is steeds: welke bak komt eerst, en past alles erin?"
    ),
    _question(
        "Hoe laat ik een oude koelkast of een ander groot apparaat ophalen als ik zelf geen "
        "auto of aanhanger heb?"
    ),
    _paragraph("Maak eerst een afspraak. Daarna doe je dit:"),
    Piece(
        "steps",
        items=(
            "Zet het apparaat op de stoep.",
            "Plak er het nummer van de afspraak op.",
            "Laat de doorgang vrij voor rolstoelen.",
        ),
    ),
    Piece("link", "Een afspraak maak je in de kalender.", ("de kalender",)),
    Piece("section", "B. Milieustraat"),
    _question("Wat mag ik gratis brengen?"),
    _paragraph("Deze soorten kosten niets:"),
    Piece(
        "list",
        items=(
            "papier en karton",
            "glas",
            "  flessen en potten",
            "  vlakglas zonder lijst",
            "kleine apparaten",
        ),
    ),
    _paragraph("Ander afval wegen we bij de ingang."),
    _question("Wat kost het brengen van bouwafval?"),
    _paragraph("Dat hangt af van de soort:"),
    Piece(
        "table",
        rows=(("Soort", "Prijs per kilo"), ("schoon puin", "2 cent"), ("hout", "9 cent")),
    ),
    Piece("section", "C. Kosten en hulp"),
    _question("Kan ik kwijtschelding krijgen van de afvalstoffenheffing?"),
    _paragraph(
        "Ja, als je weinig inkomen en weinig vermogen hebt. De gemeente kijkt naar je inkomsten "
        "van de laatste maanden en naar wat er op je rekening staat."
    ),
    _paragraph(
        "Je krijgt binnen acht weken een besluit. In die tijd hoef je de aanslag niet te betalen, "
        "en een aanmaning mag je dan naast je neerleggen."
    ),
    Piece("closing", "Tot slot"),
    _paragraph(
        "Staat je vraag er niet bij? Bel dan met het meldpunt afval, op werkdagen van negen tot "
        "vijf uur, of loop binnen bij de balie in het stadhuis."
    ),
)

SECTIONS = ["A. Inzamelen aan huis", "B. Milieustraat", "C. Kosten en hulp"]
QUESTIONS = [piece.text for piece in PIECES if piece.kind == "question"]


def answers() -> list[str]:
    """Give the text of each answer, all white space single, in the order of QUESTIONS."""
    found: list[list[str]] = []
    for piece in PIECES:
        if piece.kind == "question" or piece.kind in ("section", "guide", "closing"):
            found.append([])
        elif found:
            cells = [cell for row in piece.rows for cell in row]
            found[-1] += [piece.text, *(item.strip() for item in piece.items), *cells]
            if piece.kind == "link":
                found[-1] = found[-1][: -len(piece.items)] if piece.items else found[-1]
    texts = [" ".join(part for part in parts if part) for parts in found]
    asked = [piece.kind for piece in PIECES if piece.kind in _HEADS]
    return [text for text, kind in zip(texts, asked, strict=True) if kind == "question"]


_HEADS = ("question", "section", "guide", "closing")


# plain text


def as_text(*, width: int = 78, feed: bool = False) -> str:
    """Give the document as text that came out of a PDF: wrapped, with page heads and numbers."""
    lines = [TITLE, ""]
    for piece in PIECES:
        lines += _text_lines(piece, width)
    if not feed:
        return "\n".join(lines) + "\n"
    pages = [lines[start : start + 24] for start in range(0, len(lines), 24)]
    return "\f".join(
        "\n".join(["Gemeente Voorbeeldstad - afval", "", *page, "", f"Pagina {number}"])
        for number, page in enumerate(pages, 1)
    )


def _text_lines(piece: Piece, width: int) -> list[str]:
    if piece.kind in ("list", "steps"):
        lines = []
        for number, item in enumerate(piece.items, 1):
            nested = item.startswith("  ")
            mark = f"{number}." if piece.kind == "steps" else "o" if nested else "•"
            lines.append(f"{'    ' if nested else ''}{mark} {item.strip()}")
        return [*lines, ""]
    if piece.kind == "table":
        return ["\t".join(row) for row in piece.rows] + [""]
    text = piece.text.replace("de kalender.", f"de kalender: {LINK}") if piece.items else piece.text
    rule = ["_" * 40, ""] if piece.kind == "section" else []
    return [*rule, *textwrap.wrap(text, width, break_on_hyphens=False), ""]


# Markdown and HTML


def as_markdown() -> str:
    """Give the document as Markdown with headings."""
    levels = {"guide": "##", "section": "##", "closing": "##", "question": "###"}
    parts = [f"# {TITLE}"]
    for piece in PIECES:
        if piece.kind in levels:
            parts.append(f"{levels[piece.kind]} {piece.text}")
        elif piece.kind == "list":
            parts.append(
                "\n".join(f"- {i}" if i[0] != " " else f"  - {i[2:]}" for i in piece.items)
            )
        elif piece.kind == "steps":
            parts.append("\n".join(f"{n}. {item}" for n, item in enumerate(piece.items, 1)))
        elif piece.kind == "table":
            head, *body = piece.rows
            rows = [head, ("---",) * len(head), *body]
            parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
        else:
            parts.append(_linked(piece, lambda label: f"[{label}]({LINK})"))
    return "\n\n".join(parts) + "\n"


def _linked(piece: Piece, link: Callable[[str], str]) -> str:
    text = piece.text
    for label in piece.items:
        text = text.replace(label, link(label))
    return text


def as_html() -> str:
    """Give the document as a web page with headings, and what a page has around its text."""
    tags = {"guide": "h2", "section": "h2", "closing": "h2", "question": "h3"}
    parts = [f"<h1>{TITLE}</h1>", "<ul>"]
    parts += [f'<li><a href="#d{n}">{s}</a></li>' for n, s in enumerate(SECTIONS)]
    parts.append("</ul>")
    for piece in PIECES:
        if piece.kind in tags:
            parts.append(f"<{tags[piece.kind]}>{html.escape(piece.text)}</{tags[piece.kind]}>")
        else:
            parts.append(_html_piece(piece))
    body = "\n".join(parts)
    return (
        "<!doctype html><html lang=nl><head><meta charset=utf-8><title>Afval</title></head><body>"
        "<header><p>Gemeente Voorbeeldstad</p></header><nav><a href='/'>Home</a></nav>"
        f"<main>{body}</main><footer><p>Over deze site</p></footer></body></html>"
    )


def _html_piece(piece: Piece) -> str:
    if piece.kind in ("list", "steps"):
        tag = "ul" if piece.kind == "list" else "ol"
        found, nested = [], []
        for item in piece.items:
            if item.startswith("  "):
                nested.append(f"<li>{item.strip()}")
                continue
            if nested:
                found.append(f"<ul>{''.join(nested)}</ul>")
                nested = []
            found.append(f"<li>{item}")
        return f"<{tag}>{''.join(found)}</{tag}>"
    if piece.kind == "table":
        rows = "".join("<tr>" + "".join(f"<td>{c}" for c in row) for row in piece.rows)
        return f"<table>{rows}</table>"
    return f"<p>{_linked(piece, lambda label: f'<a href={LINK!r}>{label}</a>')}</p>"


def as_details() -> str:
    """Give the document as a page that folds its answers, under headings for the sections."""
    parts, is_open = [f"<h1>{TITLE}</h1>"], False
    for piece in PIECES:
        if piece.kind in _HEADS:
            parts.append("</details>" * is_open)
            is_open = piece.kind == "question"
            name = html.escape(piece.text)
            parts.append(f"<details><summary>{name}</summary>" if is_open else f"<h2>{name}</h2>")
        else:
            parts.append(_html_piece(piece))
    return "<html><body>" + "".join(parts) + "</details>" * is_open + "</body></html>"


# Word


def as_docx(*, bold: bool = False) -> bytes:
    """Give the document as Word makes it; `bold` uses bold text where styles should be."""
    document = Document()
    _docx_title(document, TITLE, bold)
    for piece in PIECES:
        _docx_piece(document, piece, bold)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_title(document: Document, text: str, bold: bool) -> None:
    if not bold:
        document.add_heading(text, 0)
        return
    run = document.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(16)


def _docx_piece(document: Document, piece: Piece, bold: bool) -> None:
    levels = {"guide": 1, "section": 1, "closing": 1, "question": 2}
    if piece.kind in levels and bold:
        text = piece.text.upper() if piece.kind == "section" else piece.text
        document.add_paragraph().add_run(text).bold = True
    elif piece.kind in levels:
        document.add_heading(piece.text, levels[piece.kind])
    elif piece.kind in ("list", "steps"):
        for item in piece.items:
            style = "List Number" if piece.kind == "steps" else "List Bullet"
            style += " 2" if item.startswith("  ") else ""
            document.add_paragraph(item.strip(), style=style)
    elif piece.kind == "table":
        table = document.add_table(rows=0, cols=len(piece.rows[0]))
        for row in piece.rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    elif piece.kind == "link":
        before, label = piece.text.split(piece.items[0])[0], piece.items[0]
        paragraph = document.add_paragraph(before)
        _docx_link(paragraph, label)
        paragraph.add_run(piece.text.split(label)[1])
    else:
        document.add_paragraph(piece.text)


def _docx_link(paragraph: object, label: str) -> None:
    part = paragraph.part  # type: ignore[attr-defined]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(LINK, kind, is_external=True))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = label
    run.append(text)
    link.append(run)
    paragraph._p.append(link)  # type: ignore[attr-defined]


# PDF


def as_pdf(*, columns: int = 1, bold: bool = False) -> bytes:
    """Give the document as a PDF with a running head and page numbers, in one or two columns."""
    stream = io.BytesIO()
    gap, width = 14, (A4[0] - 100) / columns
    frames = [
        Frame(50 + n * width, 60, width - gap, A4[1] - 130, id=str(n)) for n in range(columns)
    ]
    document = BaseDocTemplate(stream, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames, onPage=_furniture)])
    story = [_styled(TITLE, "Title")]
    for piece in PIECES:
        story += _pdf_piece(piece, bold)
    document.build(story)
    return stream.getvalue()


def _furniture(canvas: object, document: object) -> None:
    canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
    canvas.drawString(50, 815, "Gemeente Voorbeeldstad - afval")  # type: ignore[attr-defined]
    canvas.drawString(280, 25, f"Pagina {document.page} van 9")  # type: ignore[attr-defined]


def _styled(text: str, style: str) -> Paragraph:
    return Paragraph(text, getSampleStyleSheet()[style])


def _pdf_piece(piece: Piece, bold: bool) -> list[object]:
    styles = {"guide": "Heading1", "section": "Heading1", "closing": "Heading1"}
    if piece.kind in styles:
        return [_styled(piece.text, styles[piece.kind])]
    if piece.kind == "question":
        return [
            _styled(f"<b>{piece.text}</b>", "BodyText") if bold else _styled(piece.text, "Heading2")
        ]
    if piece.kind in ("list", "steps"):
        return [_pdf_list(piece)]
    if piece.kind == "table":
        return [Table([list(row) for row in piece.rows]), Spacer(1, 8)]
    return [_styled(_linked(piece, lambda label: f'<a href="{LINK}">{label}</a>'), "BodyText")]


def _pdf_list(piece: Piece) -> ListFlowable:
    items: list[object] = []
    for item in piece.items:
        if item.startswith("  "):
            inner = ListItem(_styled(item.strip(), "BodyText"))
            items.append(ListFlowable([inner], bulletType="bullet", start="•"))
        else:
            items.append(ListItem(_styled(item, "BodyText")))
    if piece.kind == "steps":
        return ListFlowable(items, bulletType="1", bulletFormat="%s.")
    return ListFlowable(items, bulletType="bullet", start="•")
