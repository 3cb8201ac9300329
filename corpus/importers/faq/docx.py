"""Read a Word document: mammoth gives its structure as HTML, tracked insertions included."""

import io
import logging
import warnings
from typing import Final

import mammoth  # type: ignore[import-untyped]

from corpus.importers.faq.html import read_html
from corpus.importers.faq.models import DocumentError
from corpus.importers.faq.text import Blocks

# Word's Dutch names of styles; lists of the second and third level are styles of their own.
_TITLES: Final = ("Title", "Titel")
_PLAIN: Final = ("Subtitle", "Ondertitel")
_BULLETS: Final = ("List Bullet", "Lijst opsom.teken")
_NUMBERS: Final = ("List Number", "Lijstnummering")


def _style_map() -> str:
    rules = [(name, "h1:fresh") for name in _TITLES]
    rules += [(name, "p:fresh") for name in _PLAIN]
    rules += [(f"{kop} {n}", f"h{n}:fresh") for kop in ("Kop", "kop") for n in range(1, 7)]
    for names, tag in ((_BULLETS, "ul"), (_NUMBERS, "ol")):
        for name in names:
            rules += [
                (f"{name} 2", f"ul|ol > li > {tag} > li:fresh"),
                (f"{name} 3", f"ul|ol > li > ul|ol > li > {tag} > li:fresh"),
            ]
    return "\n".join(f"p[style-name='{name}'] => {html}" for name, html in rules)


def read_docx(raw: bytes) -> Blocks:
    """Give the blocks of a Word document."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = mammoth.convert_to_html(
                io.BytesIO(raw),
                style_map=_style_map(),
                convert_image=mammoth.images.img_element(_no_image),
            )
    except (KeyError, ValueError, OSError, AttributeError, IndexError) as error:
        raise DocumentError("Dit Word-document is beschadigd en niet te lezen.") from error
    finally:
        logging.disable(logging.NOTSET)
    return read_html(result.value)


def _no_image(_image: object) -> dict[str, str]:
    return {"src": ""}
