"""Take personal data out of a text, before it is stored or logged.

`find_personal(text)` gives what was found and where, for a warning; `redact(text)` puts a word in
its place. Numbers are checked (BSN by the 11-test, IBAN by modulo 97), so case numbers and years
stay. Every pattern is bounded: the time grows with the length of the text, not with its square.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus.names import find_names


class PersonalData(StrEnum):
    """Name a kind of personal data; the value is the word that takes its place."""

    EMAIL = "[e-mailadres]"
    IBAN = "[rekeningnummer]"
    BSN = "[burgerservicenummer]"
    PHONE = "[telefoonnummer]"
    ADDRESS = "[adres]"
    NAME = "[naam]"


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one piece of personal data and its place in the text."""

    kind: PersonalData
    start: int
    end: int


def redact(text: str) -> str:
    """Give the text with a word like `[naam]` in the place of each piece of personal data."""
    pieces, end = [], 0
    for finding in find_personal(text):
        pieces += [text[end : finding.start], finding.kind.value]
        end = finding.end
    return "".join([*pieces, text[end:]])


def find_personal(text: str) -> tuple[Finding, ...]:
    """Give the personal data in a text, in order, without overlap."""
    found: list[Finding] = []
    # The order decides who wins an overlap: an IBAN holds digits that could be a phone number.
    for kind, search in _SEARCHES:
        for start, end in search(text):
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Finding(kind, start, end))
    return tuple(sorted(found, key=lambda finding: finding.start))


_EMAIL: Final = re.compile(
    r"(?<![\w.+%-])[\w.+%'-]{1,64}"
    r"(?:@|\s?[(\[]\s?(?:at|apenstaartje)\s?[)\]]\s?|\sapenstaartje\s)"
    r"[\w-]{1,63}(?:(?:\.|\s?[(\[](?:dot|punt)[)\]]\s?|\spunt\s)[\w-]{2,63}){1,5}",
    re.IGNORECASE,
)
_IBAN: Final = re.compile(
    # a look-ahead, so that a pair of letters before it ('is 11...') does not eat its start
    r"(?<![^\W_])(?=(?P<iban>[A-Za-z]{2}\s?\d{2}(?:[\s.-]?[A-Za-z0-9]){11,30}))"
)
_DUTCH_IBAN: Final = re.compile(r"NL\d\d[A-Z]{4}\d{10}")
_IBAN_LENGTHS: Final = {
    **{"AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20},
    **{"ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26},
    **{"IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MC": 27, "MT": 31, "NL": 18},
    **{"NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26},
}
_BSN: Final = re.compile(
    r"(?<![\w€+])(?<!\d[.,-])(?:\d{8,9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3}|"
    r"\d{4}([ .-])\d{4})(?![\w%])(?![.,-]\d)"
)
_BSN_WORD: Final = re.compile(
    r"\b(?:bsn|burger ?service ?nummer|sofi-?nummer)\b\W{0,3}(?:(?:is|nr|nummer)\b\W{0,3}){0,2}$",
    re.IGNORECASE,
)
_OTHER_NUMBER: Final = re.compile(
    r"(?:zaak|dossier|kenmerk|code|id|order|bestel|factuur|ticket|melding|registratie|bestek|kvk|"
    r"referentie)[ -]?(?:nummer|nr)?\W{0,3}(?:is\W)?$",
    re.IGNORECASE,
)
_MONEY: Final = re.compile(r"\s?(?:euro|eur|miljoen|mln|inwoners|km|m2|m³)\b", re.IGNORECASE)
_S: Final = r"[ .\u00a0\u2011\u2013/-]{0,3}"
_PHONE: Final = re.compile(
    r"(?<![\w+€])(?<!\d[.,-])"
    r"(?!\d\d?([-./ ])\d\d?\1(?:19|20)\d\d(?!\d))"  # a date with a time behind it
    r"(?:"
    rf"(?:(?:\+|00)\s?31{_S}(?:\(0\){_S})?|0)6(?:{_S}\d){{8}}"  # mobile
    rf"|(?:\+|00)\s?31{_S}(?:\(0\){_S})?[1-578]\d(?:{_S}\d){{7}}"  # land line, from abroad
    rf"|\(0[1-578]\d{{1,2}}\){_S}\d(?:{_S}\d){{5,6}}"  # (010) 123 45 67
    rf"|0[1-578]\d(?:{_S}\d){{7}}"  # 010-1234567 and 0592 123456
    rf"|\+(?!31)[1-9]\d{{0,2}}(?:{_S}\d){{7,12}}"  # other countries
    rf"|00(?!31)[1-9]\d{{0,2}}(?:{_S}\d){{8,12}}"
    r")(?!\d)(?![.,-]\d)"
)
_POSTCODE: Final = r"[1-9]\d{3}\s{0,2}(?!S[ADS])[A-Z]{2}"
_HOUSE: Final = r"\d{1,5}(?:\s?-?\s?[a-zA-Z](?![\w'’])|-\d{1,4}|\s?(?:bis|hs|[IVX]{1,4})\b)?"
_POSTCODE_FIRST: Final = re.compile(
    rf"(?<![\w.,-]){_POSTCODE}"
    rf"(?:[,;:]?\s{{0,2}}(?:te\s)?(?:[A-Z][\w'-]{{2,30}}\s?,?\s)?"
    rf"(?:(?:huis)?(?:nummer|nr\.?)\s|op\s(?:nummer|nr\.?)\s|-\s?)?){_HOUSE}(?![\w.,%]*\d)"
)
_POSTCODE_LOWER: Final = re.compile(
    rf"(?<![\w.,-])(?P<postcode>[1-9]\d{{3}}(?P<gap>\s{{0,2}})(?P<letters>[A-Za-z]{{2}}))"
    rf"[,]?\s{{0,2}}(?:(?:huis)?(?:nummer|nr\.?)\s)?{_HOUSE}(?![\w.,%]*\d)"
)
_STREET_FIRST: Final = re.compile(
    r"\b(?:(?:[A-Z][\w.'’-]{1,30}|van|de|der|den|het|'t|ten|ter)\s){0,4}[A-Z]?[\w'’-]{2,40}\s"
    rf"{_HOUSE}\s?,?\s{{0,2}}(?:in\s|te\s)?{_POSTCODE}(?!\w)(?:\s[A-Z][\w'-]{{2,30}})?"
)
_POSTCODE_WORD: Final = re.compile(
    rf"\bpostcode\b\W{{0,3}}(?:is\s|van\s)?(?P<postcode>{_POSTCODE})(?!\w)", re.IGNORECASE
)
_PAIRS: Final = (
    "al as bv ca cm de do dm eg ei el en er et eu ex fe ff ga ha he hg hm hr ik in is ja je "
    "jl kg km la li lo ma me mg mi ml mm mr na ne no nr nu of oh ok om on op or os ov pa pk po re "
    "ru so st te ti to tv ui un uu uw va ve vs we wo xs ze zn zo"
)
_TWO_LETTERS: Final = frozenset(_PAIRS.split())
"""Lower-case pairs that follow a number in running text ('2019 en 2020', '1500 km 2 keer')."""


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _EMAIL.finditer(text))


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        plain = re.sub(r"[^A-Z0-9]", "", match["iban"].upper())
        length = _IBAN_LENGTHS.get(plain[:2], 0)
        end = _end_of(match, length)
        whole = bool(length) and len(plain) >= length and not text[end : end + 1].isalnum()
        if whole and _is_iban(plain[:length]):
            yield match.start(), end


def _is_iban(plain: str) -> bool:
    if _DUTCH_IBAN.fullmatch(plain):
        return True  # a typing error in the check digits makes it no less somebody's number
    digits = "".join(str(int(c, 36)) for c in plain[4:] + plain[:4])
    return not plain.startswith("NL") and int(digits) % 97 == 1


def _end_of(match: re.Match[str], length: int) -> int:
    """Give the place in the text behind the first `length` letters and digits of a match."""
    seen = 0
    for place in range(match.start("iban"), match.end("iban")):
        seen += match.string[place].isalnum()
        if seen == length:
            return place + 1
    return match.end("iban")


def _bsns(text: str) -> Iterator[tuple[int, int]]:
    for match in _BSN.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        # Eight digits are too often a date or a case number: only behind the word BSN.
        before = text[max(0, match.start() - 40) : match.start()]
        named = len(digits) == 9 or _BSN_WORD.search(before)
        other = _OTHER_NUMBER.search(before) or _MONEY.match(text, match.end())
        if named and not other and passes_eleven_test(digits):
            yield match.span()


def passes_eleven_test(digits: str) -> bool:
    """Tell whether eight or nine digits can be a BSN: 9a + 8b + ... + 2h - i divides by 11."""
    padded = digits.zfill(9)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(w * int(d) for w, d in zip(weights, padded, strict=True))
    return total % 11 == 0 and total != 0


def _phones(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PHONE.finditer(text))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_STREET_FIRST, _POSTCODE_FIRST):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _POSTCODE_LOWER.finditer(text):
        if match["letters"].lower() not in _TWO_LETTERS:
            yield match.span()
    yield from (match.span("postcode") for match in _POSTCODE_WORD.finditer(text))


_SEARCHES: Final[tuple[tuple[PersonalData, Callable[[str], Iterator[tuple[int, int]]]], ...]] = (
    (PersonalData.EMAIL, _emails),
    (PersonalData.IBAN, _ibans),
    (PersonalData.PHONE, _phones),
    (PersonalData.BSN, _bsns),
    (PersonalData.ADDRESS, _addresses),
    (PersonalData.NAME, find_names),
)
