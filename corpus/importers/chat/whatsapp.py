"""Read chats that WhatsApp exported, on Android or iOS, in Dutch, English or German."""

import re
from dataclasses import replace
from typing import Final

from corpus.importers.chat.models import RawChat, RawMessage
from corpus.importers.chat.times import parse_moment

_MARKS: Final = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STAMP: Final = re.compile(
    r"(?:\[(?P<ios>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]"
    r"\.?)?)\]\s|(?P<android>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s\d{1,2}[:.]\d\d(?:\s?[AaPp]\.?[Mm]"
    r"\.?)?)\s[-–]\s)(?P<rest>.*)",
    re.DOTALL,
)
_PLACEHOLDER: Final = re.compile(
    r"<?(?:media|afbeelding|video|audio|sticker|document|gif|contactkaart|foto|videonotitie|image|"
    r"photo|contact card|bild|medien|weergave-eenmalig bericht)\s(?:\w+\s)?"
    r"(?:weggelaten|omitted|weggelassen|ausgeschlossen)>?"
    r"|(?:dit bericht is verwijderd|je hebt dit bericht verwijderd|this message was deleted|"
    r"you deleted this message|diese nachricht wurde gelöscht)\.?"
    r"|\S.{0,200}\((?:bestand bijgevoegd|file attached|datei angehängt)\)"
    r"|<(?:bijgevoegd|attached|angehängt): [^>]{1,200}>"
    r"|null|gemiste (?:spraak|video)oproep\.?",
    re.IGNORECASE,
)
_EDITED: Final = re.compile(
    r"(?<!\s)\s*<(?:dit bericht is bewerkt|this message was edited|"
    r"diese nachricht wurde bearbeitet)\.?>\s*$",
    re.IGNORECASE,
)
_SYSTEM: Final = re.compile(
    r"\b(?:heeft (?:de|het|deze|je|jou|u)\b|hebt (?:de|het|deze)\b|zijn end-to-end|is toegevoegd|"
    r"toegevoegd|neemt deel|heeft .{1,60} (?:toegevoegd|verwijderd)|heeft de groep|verlaten|"
    r"beveiligingscode|created group|added|changed the|joined using|end-to-end encrypted|"
    r"hat die gruppe|wurde hinzugefügt)",
    re.IGNORECASE,
)


def looks_like_whatsapp(text: str) -> bool:
    """Tell whether the text starts as a WhatsApp export."""
    lines = [line for line in _MARKS.sub("", text).split("\n") if line.strip()][:50]
    hits = sum(_STAMP.match(line) is not None for line in lines)
    return bool(lines) and _STAMP.match(lines[0]) is not None and hits >= 0.2 * len(lines)


def read_whatsapp(text: str) -> RawChat:
    """Read a WhatsApp export; system lines and placeholders of media are passed over."""
    lines = _MARKS.sub("", text).replace("\u202f", " ").split("\n")
    month_first = _is_month_first(lines)
    messages: list[RawMessage] = []
    orphans: list[int] = []
    skipped = 0
    is_system = False
    for number, line in enumerate(lines, 1):
        found = _STAMP.match(line)
        if found is None:
            if is_system or not line.strip():
                continue
            if messages:
                messages[-1] = replace(messages[-1], text=f"{messages[-1].text}\n{line.rstrip()}")
            else:
                orphans.append(number)
            continue
        name, text_of = _sender(found["rest"])
        is_system = name is None
        if name is None:
            skipped += 1
            continue
        moment = parse_moment(found["ios"] or found["android"], month_first=month_first)
        messages.append(RawMessage(text_of, moment, name))
    kept = [_without_placeholder(message) for message in messages]
    spoken = tuple(message for message in kept if message is not None)
    return RawChat(spoken, tuple(orphans), skipped=skipped + len(kept) - len(spoken))


def _sender(rest: str) -> tuple[str | None, str]:
    """Part name and text; the name is None for a line that WhatsApp itself wrote."""
    name, colon, text = rest.partition(": ")
    if not colon:
        if rest.endswith(":") and not _SYSTEM.search(rest):
            return rest[:-1], ""
        return None, rest
    if _SYSTEM.search(name) or len(name) > 80 or '"' in name or "“" in name:
        return None, rest
    return name.strip(), text


def _without_placeholder(message: RawMessage) -> RawMessage | None:
    """Give the message without the words for a picture or file; None when nothing is left."""
    text = _EDITED.sub("", message.text).strip()
    first, _, rest = text.partition("\n")
    if _PLACEHOLDER.fullmatch(first.strip()):
        text = rest.strip()
    return replace(message, text=text) if text else None


def _is_month_first(lines: list[str]) -> bool:
    """Tell whether the dates are American: some second number is over 12, no first one is."""
    pairs = re.findall(r"^\[?(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", "\n".join(lines), re.MULTILINE)
    return any(int(b) > 12 for _, b in pairs) and not any(int(a) > 12 for a, _ in pairs)
