"""Turn the bytes of a text file into text, whatever program wrote them."""

import codecs
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark starts with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 64 * 1024
_CONTROL: Final = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B}


class NotTextError(ValueError):
    """Tell that the bytes are no text: a picture, a program, a damaged file."""


def decode(data: bytes) -> str:
    """Give the text of UTF-8, UTF-16, UTF-32 or Windows-1252 bytes; line ends become LF.

    Raises NotTextError when the bytes are no text.
    """
    text = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    guess = _utf16_without_mark(data[:_SAMPLE])
    if guess:
        return _strict(data, guess)
    control = sum(byte in _CONTROL for byte in data[:_SAMPLE])
    if control > len(data[:_SAMPLE]) * 0.002:
        raise NotTextError("Dit bestand bevat geen tekst.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1252 knows five bytes less than Latin-1: those become the replacement character.
        return data.decode("cp1252", errors="replace")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotTextError("Dit bestand is beschadigd: niet alle tekens zijn te lezen.") from None


def _utf16_without_mark(sample: bytes) -> str:
    """Give the kind of UTF-16 when every second byte of Western text is zero, else ''."""
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""
