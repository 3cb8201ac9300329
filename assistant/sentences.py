"""Cut a chat message into sentences, as people type them: few capitals, loose punctuation."""

import re
from typing import Final

_LIST: Final = (
    "a.d.h.v. a.u.b. aug. b.v. bijv. blz. bv. ca. cf. d.m.v. d.w.z. dec. dhr. div. dr. drs. e.a. "
    "e.d. enz. etc. evt. excl. feb. fig. gem. ing. incl. ir. jan. jl. m.a.w. m.b.t. m.i. m.i.v. "
    "m.n. max. mevr. min. mr. mw. n.a.v. n.v.t. nl. no. nov. nr. nrs. o.a. o.b.v. o.l.v. o.m. "
    "okt. p.p. p.s. prof. resp. s.v.p. sept. st. t.a.v. t.b.v. t.g.v. t.o.v. t.w. t.z.t. tel. "
    "toel. v.a. vgl. vlg. vs. w.o. z.g. z.o.z. zgn. i.c.m. i.o.m. i.p.v. i.v.m. i.h.k.v. i.t.t. "
    "h.t.l. ps."
)
_ABBREVIATIONS: Final = frozenset(_LIST.split())
_URL: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BREAK: Final = re.compile(
    # closing marks, with quotes, brackets or emoji that still belong to the sentence
    r"(?P<mark>[.!?…]+)(?P<tail>[\"'”’»)\]]*)(?=\s|$|[A-Z])"
    r"|(?P<line>\s*\n\s*)"
)
_TRAILING_EMOJI: Final = re.compile(
    r"\s*(?:[\U0001F000-\U0001FAFF\u2190-\u21FF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200D]+"
    r"|[:;]-?[)(DPp]+)"
)


def without_urls(text: str) -> str:
    """Give the text without its web addresses."""
    return _URL.sub(" ", text)


def sentences(text: str) -> list[str]:
    """Give the sentences of a message in order, stripped, none of them empty."""
    found: list[str] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.start() < start:
            continue
        end = match.end()
        if match["mark"] is not None:
            if _is_inside_sentence(text, start, match):
                continue
            emoji = _TRAILING_EMOJI.match(text, end)
            end = emoji.end() if emoji else end
        _append(found, text[start:end])
        start = end
    _append(found, text[start:])
    return found


def _append(found: list[str], piece: str) -> None:
    piece = piece.strip()
    if not piece:
        return
    if found and not any(c.isalnum() for c in piece):
        found[-1] = f"{found[-1]} {piece}"  # a loose smiley or mark belongs to what precedes it
    else:
        found.append(piece)


def _is_inside_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the mark ends an abbreviation, a list number or a pause, not a sentence."""
    mark, rest = match["mark"], text[match.end() :].lstrip()
    if not rest:
        return False
    if mark in ("...", "…", "..", "....") and rest[0].islower():
        return True
    if mark == ".":
        if match.end() < len(text) and not text[match.end()].isspace():
            # 'klaar.Nog een vraag' ends a sentence; 'S.A.M.' and 'www.X' do not
            return text[match.start() - 1 : match.start()].isupper()
        word = text[start : match.end()].split()[-1].lower().lstrip("(\"'")
        return word in _ABBREVIATIONS or bool(re.fullmatch(r"\d{1,2}\.|[a-z]\.", word))
    return False
