"""Tell what a line of a document looks like: a question, a numbered title, a closing, a marker.

Pure functions over one line of text. What the line is in its document, `recognise` decides.
"""

import re
from typing import Final

MAX_QUESTION: Final = 250
_QUESTION_WORDS: Final = (
    "wat|wie|wiens|waar|waarom|waardoor|waarmee|waarover|waaruit|waarop|waarvoor|waarheen|waarvan"
    "|wanneer|welk|welke|hoe|hoeveel|hoelang|hoezo|kan|kun|kunnen|mag|mogen|moet|moeten|is|zijn|ben"
    "|heb|hebt|heeft|hebben|krijg|krijgt|krijgen|wordt|worden|word|gaat|gaan|ga|zal|zullen|doet|doe"
    "|komt|kom|bestaat|geldt|gelden|hoort|telt|mis|vind|what|how|who|when|where|why|which|can|do"
)
_QUESTION_START: Final = re.compile(rf"(?:{_QUESTION_WORDS})\b", re.IGNORECASE)
_STRONG_START: Final = re.compile(
    r"(?:wat|wie|waar\w*|wanneer|welke?|hoe\w*|what|how|who|when|where|why|which)\b", re.IGNORECASE
)
_QUESTION_END: Final = re.compile(r"\?[\s\"'”’»)\]*_]*$")
_SENTENCE_BREAK: Final = re.compile(r"[.!?…][\"'”’)]?\s+(?=[\"'“‘(]?[A-ZÀ-Þ0-9])")
# A number before a title: "3.", "3)", "1.2", "(3)", "B2."; a bare "3" only counts in a series.
_NUMBER: Final = re.compile(
    r"(?:\(\d{1,3}\)|\d{1,3}(?:\.\d{1,3})+[.):]?|\d{1,3}[.):]|[A-Z]\.?\d{1,2}(?:\.\d{1,2})*[.):]?"
    r"|[a-zA-Z][.)])[ \t]+(?=\S)"
)
_BARE_NUMBER: Final = re.compile(r"(\d{1,3})[ \t]+(?=[A-ZÀ-Þ‘'\"“])")
_SECTION_LABEL: Final = re.compile(
    r"(?:(?:[A-Z]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[ \t]*[.:)–-]+[ \t]+(?=\S)"
    r"|(?:hoofdstuk|deel|thema|onderwerp|categorie|rubriek|paragraaf|blok|cluster|module"
    r"|onderdeel|sectie|chapter|section|part)\b[ \t]*[\w.]*[ \t]*[:.–-]?(?:[ \t]+|$))",
    re.IGNORECASE,
)
_LETTER_LABEL: Final = re.compile(r"(?-i:[A-Z]|[IVX]{1,5}|\d)|[hdtocrpbms]")
QUESTION_MARKER: Final = re.compile(
    r"(?:(?:vraag|question)(?:[ \t]*\d{1,3})?[ \t]*[:.)–-]|(?:[VQ]|Vr)(?:[ \t]*\d{1,3})?[ \t]*:"
    r"|[VQ]\d{1,3}[.)]?(?=[ \t]))[ \t]*",
    re.IGNORECASE,
)
ANSWER_MARKER: Final = re.compile(
    r"(?:(?:antwoord|answer)(?:[ \t]*\d{1,3})?[ \t]*[:.)–-]|(?:A|Antw)(?:[ \t]*\d{1,3})?[ \t]*:"
    r"|A\d{1,3}[.)]?(?=[ \t]))[ \t]*",
    re.IGNORECASE,
)
BARE_QUESTION_MARKER: Final = re.compile(
    r"(?:vraag|question)(?:[ \t]*\d{1,3})?[ \t]*[:.]?|[VQ][ \t]*\d{0,3}[ \t]*[:.]", re.IGNORECASE
)
BARE_ANSWER_MARKER: Final = re.compile(
    r"(?:antwoord|answer)(?:[ \t]*\d{1,3})?[ \t]*[:.]?|A[ \t]*\d{0,3}[ \t]*[:.]", re.IGNORECASE
)
_PRACTICAL: Final = re.compile(
    r"(?:leeswijzer|inleiding|introductie|intro|vooraf|woord vooraf|ten geleide|voorwoord"
    r"|over (?:dit|deze|het|de|ons)\b.*|toelichting|uitleg|achtergrond"
    r"|wat (?:deze|dit) .{2,30} (?:niet )?is"
    r"|tot slot|slot|slotwoord|afsluiting|afsluitend|ten slotte|tenslotte|nawoord|colofon|bijlagen?"
    r"|contact|contactgegevens|meer (?:informatie|weten|lezen|hulp)|vragen en contact|verder lezen"
    r"|bronnen|disclaimer|bereikbaarheid|nog (?:een )?vragen|andere vragen|bronvermelding"
    r"|introduction|about|contact us|more information)",
    re.IGNORECASE,
)
_PRACTICAL_QUESTION: Final = re.compile(
    r"(?:(?:heb|hebt|heeft) (?:je|u|jij) (?:(?:dan|nog|een|andere|verdere|meer|ook|na) )*"
    r"vra(?:ag|gen)"
    r"|nog vragen|andere vragen|meer (?:weten|informatie|vragen)|vraag niet gevonden"
    r"|niet gevonden wat (?:je|u) zoekt|staat (?:je|uw|jouw) vraag er niet)\b.*\?",
    re.IGNORECASE,
)
_CONTENTS: Final = re.compile(
    r"(?:inhoud|inhoudsopgave|inhoudstafel|overzicht(?: van (?:de )?vragen)?|contents"
    r"|table of contents|op deze pagina|in dit document)[ \t]*:?",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[+(]?\d[\d\s()/-]{7,}", re.IGNORECASE
)
LEADER: Final = re.compile(r"(?:[ \t]*(?:\.[ \t]?|…|_){3,}|\t+|[ \t]{3,})[ \t]*\d{1,4}$")


def ends_as_question(text: str) -> bool:
    """Tell whether the text ends in a question mark, quotes and brackets aside."""
    return _QUESTION_END.search(text) is not None


def sentence_count(text: str) -> int:
    """Count sentences roughly; a number or letter in front is no sentence."""
    return 1 + len(_SENTENCE_BREAK.findall(strip_number(text)))


def is_question(text: str) -> bool:
    """Tell whether the whole text is a question: one sentence, or two when they are short."""
    if not ends_as_question(text) or len(text) > MAX_QUESTION or is_address(text):
        return False
    count = sentence_count(text)
    return count == 1 or (count <= 3 and len(text) <= 140)


def starts_as_question(text: str) -> bool:
    """Tell whether the text starts with a word that questions start with."""
    return _QUESTION_START.match(strip_number(text)) is not None


def is_unmarked_question(text: str) -> bool:
    """Tell whether a title without a question mark is worded as a question."""
    bare = strip_number(text)
    return _STRONG_START.match(bare) is not None and not bare.endswith((":", ".", "!"))


def strip_number(text: str, *, loose: bool = False) -> str:
    """Take a number in front of a title away; `loose` also takes a bare number."""
    found = _NUMBER.match(text) or (_BARE_NUMBER.match(text) if loose else None)
    return text[found.end() :] if found else text


def bare_number(text: str) -> int | None:
    """Give the bare number in front ("3 Wat kost het?"), which only counts in a series."""
    found = _BARE_NUMBER.match(text)
    return int(found[1]) if found else None


def is_labelled(text: str) -> bool:
    """Tell whether the text starts as a numbered or lettered section does."""
    return _SECTION_LABEL.match(text) is not None and _LETTER_LABEL.match(text) is not None


def is_caps(text: str) -> bool:
    """Tell whether the text is written in capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 3 and all(character.isupper() for character in letters)


def is_address(text: str) -> bool:
    """Tell whether the text is only a link, an e-mail address or a phone number."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def is_title(text: str) -> bool:
    """Tell whether a line without style could be a title: short, and no sentence."""
    if not 2 <= len(text) <= 100 or is_address(text) or len(text.split()) > 14:
        return False
    if not text[0].isupper() and not text[0].isdigit() and text[0] not in "‘'“\"":
        return False
    if not any(character.isalpha() for character in text):
        return False
    return not text.endswith((".", ";", ",", ":", "?", "!", "…"))


def is_practical_name(text: str) -> bool:
    """Tell whether a title is that of a reading guide, a closing or the like."""
    bare = strip_number(text).strip(" :.!")
    return bool(_PRACTICAL.fullmatch(bare) or _PRACTICAL_QUESTION.fullmatch(bare))


def is_closing_question(text: str) -> bool:
    """Tell whether a question only leads to people: "Heb je nog vragen?"."""
    return _PRACTICAL_QUESTION.fullmatch(text.strip()) is not None


def is_contents_name(text: str) -> bool:
    """Tell whether a title is that of a table of contents."""
    return _CONTENTS.fullmatch(text.strip()) is not None
