"""Turn bytes into clean text: find the encoding, undo ligatures, drop what cannot be seen."""

import re
from typing import Final, NamedTuple

from corpus.importers.faq.models import DocumentError

_LIGATURES: Final = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x0132: "IJ",
    0x0133: "ij",
}
_BLANKS: Final = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
# Zero-width and direction marks, byte-order marks, control characters, lone surrogates.
_UNSEEN: Final = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n\f\r"),
        *range(0x80, 0x85),
        *range(0x86, 0xA0),
        *(0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    ]
)
# The bullets of Word's symbol fonts live in the private area.
# PDFs give it for codes that their font does not use, and some programs draw bullets with those.
_BULLETS: Final = dict.fromkeys([0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF02D, 0x7F], "•")
_TABLE: Final = _LIGATURES | _BLANKS | _UNSEEN | _BULLETS
_LINE_ENDS: Final = re.compile("\r\n|[\r\u0085\u2028\u2029\u000b]")
_WESTERN: Final = frozenset(
    "éèëêïíîìóòöôüúùûáàäâåçñøæßÉÈËÊÏÍÖÓÜÚÁÀÄÂÇÑØ€‘’“”„‚–—…•·°§«»²³½±£©®™´µ\xa0"
)


class Decoded(NamedTuple):
    """Hold a text and the encoding it was read by, as people name it."""

    text: str
    encoding: str


def clean(text: str) -> str:
    """Give the text with plain letters, blanks and line feeds; form feeds and tabs stay."""
    return _LINE_ENDS.sub("\n", text.translate({0x0B: "\n"})).translate(_TABLE)


def squeeze(text: str) -> str:
    """Give the text on one line, with single blanks."""
    return " ".join(text.replace("\u00ad", "").split())


def decode(raw: bytes) -> Decoded:
    """Find the encoding of a text: UTF-8, UTF-16, or Windows-1252 when that reads as Dutch."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return Decoded(_strict(raw, encoding), "UTF-16")
    wide = _wide_encoding(raw)
    if wide:
        return Decoded(_strict(raw, wide), "UTF-16")
    if b"\0" in raw:
        raise DocumentError("Dit bestand is geen tekst. Bewaar het als tekst in UTF-8.")
    try:
        return Decoded(raw.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError:
        return Decoded(_windows(raw), "Windows-1252")


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown() from None


def _wide_encoding(raw: bytes) -> str:
    """Recognise UTF-16 without a mark: every other byte of western text is zero."""
    sample = raw[:4000]
    if len(sample) < 20:
        return ""
    zero_after = sample[1::2].count(0) / len(sample[1::2])
    zero_before = sample[0::2].count(0) / len(sample[0::2])
    if zero_after > 0.8 and zero_before < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zero_before > 0.8 and zero_after < 0.1 else ""


def _windows(raw: bytes) -> str:
    """Read Windows-1252, the habit of older Windows programs, and refuse what it makes odd."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise _unknown() from None
    high = [character for character in text if ord(character) > 0x7F]
    odd = sum(character not in _WESTERN for character in high)
    if odd > len(high) * 0.05 or len(high) > len(text) * 0.15:
        raise _unknown()
    return text


def _unknown() -> DocumentError:
    return DocumentError(
        "De tekens van dit bestand zijn niet te lezen (onbekende codering). "
        "Bewaar het bestand als UTF-8."
    )
