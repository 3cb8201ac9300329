"""Read an FAQ document of any known format, recognised by its content as well as its name.

`read_document` is the way in: it looks at the size, and parses in a child process with limits.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.importers.faq.clean import clean, decode
from corpus.importers.faq.finishing import finish
from corpus.importers.faq.grid import read_csv, sniff
from corpus.importers.faq.html import base_address, read_html
from corpus.importers.faq.json_files import read_json
from corpus.importers.faq.markdown import looks_like_markdown, read_markdown
from corpus.importers.faq.models import DocumentError, Recognised
from corpus.importers.faq.own_markdown import is_own_markdown, read_own_markdown
from corpus.importers.faq.packages import checked_names, old_office
from corpus.importers.faq.qna_maker import is_qna_maker, read_qna_maker
from corpus.importers.faq.rasa import is_rasa, read_rasa
from corpus.importers.faq.recognise import recognise
from corpus.importers.faq.schema_org import covers, faq_page
from corpus.importers.faq.text import Blocks, read_text
from corpus.limits import LimitError, run_limited

MAX_BYTES: Final = 25 * 2**20
_SECONDS: Final = 60
_MEMORY_MB: Final = 1_500
SUFFIXES: Final = (
    *(".txt", ".md", ".markdown", ".docx", ".pdf", ".html", ".htm"),
    *(".csv", ".tsv", ".xlsx", ".json", ".yml", ".yaml"),
)
_KNOWN: Final = (
    "Word (docx), PDF, HTML, Markdown, tekst, Excel (xlsx), CSV, TSV, JSON en Rasa (yml)"
)
_REFUSED: Final = (
    (b"{\\rtf", "Dit is een RTF-bestand. Bewaar het als Word-document (docx) of PDF."),
    (b"\x89PNG", "Dit is een afbeelding. Vraag om het document met tekst erin."),
    (b"\xff\xd8\xff", "Dit is een afbeelding. Vraag om het document met tekst erin."),
    (b"GIF8", "Dit is een afbeelding. Vraag om het document met tekst erin."),
    (b"7z\xbc\xaf", "Dit is een ingepakt bestand. Pak het eerst uit."),
    (b"Rar!", "Dit is een ingepakt bestand. Pak het eerst uit."),
    (b"\x1f\x8b", "Dit is een ingepakt bestand. Pak het eerst uit."),
    (b"\x7fELF", f"Dit is geen document. Bekend zijn {_KNOWN}."),
    (b"MZ", f"Dit is geen document. Bekend zijn {_KNOWN}."),
)
_OLE: Final = b"\xd0\xcf\x11\xe0"
_HTML: Final = re.compile(
    r"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta|title)\b", re.I | re.S
)
_HTML_TAG: Final = re.compile(
    r"</?(?:p|div|h[1-6]|details|summary|dl|dt|ul|li|table)\b[^>]*>", re.I
)


def read_document(path: Path) -> Recognised:
    """Recognise the FAQ in a file, or raise DocumentError with one clear sentence."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DocumentError(f"{path} is een map. Geef het bestand met de vragen.")
        if size > MAX_BYTES:
            raise DocumentError(
                f"Dit bestand is {size / 2**20:.0f} MB; er mag hooguit {MAX_BYTES >> 20} MB in."
            )
        raw = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "bestaat niet" if missing else f"is niet te lezen ({error.strerror})"
        raise DocumentError(f"Het bestand {path} {reason}.") from None
    return read_upload(raw, path.name)


def read_upload(raw: bytes, name: str) -> Recognised:
    """Recognise the FAQ in the bytes of a file, in a child process with limits."""
    if len(raw) > MAX_BYTES:
        raise DocumentError(
            f"Dit bestand is {len(raw) / 2**20:.0f} MB; er mag hooguit {MAX_BYTES >> 20} MB in."
        )
    try:
        return run_limited(parse, raw, name, seconds=_SECONDS, memory_mb=_MEMORY_MB)
    except LimitError as error:
        raise DocumentError(str(error)) from None


def parse(raw: bytes, name: str) -> Recognised:
    """Recognise the FAQ in the bytes of a file, here and now; `read_upload` adds the limits."""
    if not raw.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise DocumentError("Dit bestand is leeg.")
    found = _recognised(raw, Path(name).suffix.casefold())
    if not found.questions and not found.own:
        raise DocumentError(
            "In dit document is geen vraag met een antwoord gevonden. Maak van elke vraag een kop, "
            "of een regel die eindigt op een vraagteken."
        )
    return replace(found, title=found.title or _title(name))


def _title(name: str) -> str:
    words = re.sub(r"[-_.]+", " ", Path(name).stem).split()
    title = " ".join(words) or "FAQ"
    return title[0].upper() + title[1:]


def _recognised(raw: bytes, suffix: str) -> Recognised:
    if b"%PDF-" in raw[:1024]:
        from corpus.importers.faq.pdf import read_pdf  # slow to load; a text has no need of it

        return _with_suffix_remark(_blocks(read_pdf(raw), "PDF"), suffix, (".pdf",))
    if raw.startswith(b"PK\x03\x04"):
        return _office(raw, suffix)
    if raw.startswith(_OLE):
        raise DocumentError(old_office(raw))
    for start, sentence in _REFUSED:
        if raw.startswith(start):
            raise DocumentError(sentence)
    if suffix in (".pdf", ".docx", ".xlsx"):
        kind = {".pdf": "een PDF", ".docx": "een Word-document", ".xlsx": "een Excel-bestand"}[
            suffix
        ]
        raise DocumentError(
            f"De naam eindigt op {suffix}, maar dit is geen (heel) bestand van {kind[4:]}."
        )
    decoded = decode(raw)
    found = _text(decoded.text, suffix)
    if decoded.encoding != "Windows-1252":
        return found
    remark = "De tekst is gelezen als Windows-1252. Staan alle letters goed?"
    return replace(found, remarks=(*found.remarks, remark))


def _blocks(read: Blocks, format: str, base: str = "") -> Recognised:
    return recognise(
        read.blocks, format=format, title=read.title, left_out=read.left_out, base=base
    )


def _with_suffix_remark(found: Recognised, suffix: str, expected: tuple[str, ...]) -> Recognised:
    if not suffix or suffix in expected:
        return found
    remark = f"De naam eindigt op {suffix}, maar dit is een {found.format}; zo is het gelezen."
    return replace(found, remarks=(*found.remarks, remark))


# zip: Word and Excel


def _office(raw: bytes, suffix: str) -> Recognised:
    names = checked_names(raw)
    if "word/document.xml" in names:
        from corpus.importers.faq.docx import read_docx

        found = _blocks(read_docx(raw), "Word-document")
        return _with_suffix_remark(found, suffix, (".docx", ".docm"))
    if "xl/workbook.xml" in names:
        from corpus.importers.faq.xlsx import read_xlsx

        found = finish(read_xlsx(raw))
        return _with_suffix_remark(found, suffix, (".xlsx", ".xlsm"))
    if any(name.startswith("ppt/") for name in names):
        raise DocumentError("Dit is een PowerPoint-presentatie. Bewaar de vragen als Word of PDF.")
    if "content.xml" in names:
        raise DocumentError("Dit is een OpenDocument-bestand. Bewaar het als Word (docx) of PDF.")
    raise DocumentError("Dit is een ingepakt bestand (zip). Pak het eerst uit.")


# text


def _text(raw: str, suffix: str) -> Recognised:
    if is_own_markdown(raw):
        return finish(read_own_markdown(raw))
    text = clean(raw)
    bare = text.lstrip()
    if suffix == ".json" or (bare[:1] in "{[" and bare.rstrip()[-1:] in "}]" and _is_json(bare)):
        found = read_json(raw)
        return found if found.corpus else finish(found)
    if is_rasa(text) or suffix in (".yml", ".yaml"):
        return finish(read_rasa(text))
    if is_qna_maker(text):
        return finish(read_qna_maker(raw))
    if suffix in (".csv", ".tsv") or (suffix not in (".md", ".html", ".htm") and sniff(text)):
        return finish(read_csv(raw))
    if suffix in (".html", ".htm") or _HTML.search(text[:5000]):
        return _html(text)
    if bare.startswith("<?xml"):
        raise DocumentError(f"Dit is een XML-bestand. Bekend zijn {_KNOWN}.")
    if suffix not in (".md", ".markdown") and len(_HTML_TAG.findall(text)) > 10:
        return _html(text)
    if suffix in (".md", ".markdown") or looks_like_markdown(text):
        return _blocks(read_markdown(text), "Markdown")
    return _blocks(read_text(text), "tekst")


def _is_json(text: str) -> bool:
    return re.match(r"[{\[]\s*(?:[{\[\"]|[}\]])", text) is not None


def _html(text: str) -> Recognised:
    """Read the page as people see it, unless search engines are offered questions it lacks."""
    base = base_address(text)
    found = _blocks(read_html(text), "HTML-pagina", base)
    offered = faq_page(text)
    if not offered or covers(list(found.drafts), offered):
        return found
    remark = "De vragen komen uit de gegevens die de pagina aan zoekmachines geeft (schema.org)."
    return finish(
        replace(found, drafts=tuple(offered), remarks=(*found.remarks, remark)), base=base
    )
