"""Read what a sender's name tells, and take names out of texts."""

import re
from collections.abc import Iterable
from typing import Final

_HOST: Final = re.compile(
    r"[(\[|/–-]\s*(?:de\s)?(?:co-?)?(?:host|moderator|moderatie|gastheer|gastvrouw|presentator|"
    r"presentatie|spreker|speaker|panel(?:ist|lid)|organisat(?:or|ie)|dagvoorzitter|webinarteam|"
    r"redactie|regie|techniek|facilitator|trainer|veranstalter|referent(?:in)?)\b"
    r"|^(?:co-?)?(?:host|moderator|moderatie|webinarteam|organisatie|regie|redactie|techniek)\b",
    re.IGNORECASE,
)
_PARTICLES: Final = (
    "van de der den het 't ten ter te in op von zu el al ben bin la le du di da dos en and und"
)
_SMALL: Final = frozenset(_PARTICLES.split())
_MENTION: Final = "[naam]"


def is_host_name(name: str) -> bool:
    """Tell whether a name carries a role such as `(moderator)`."""
    return _HOST.search(name) is not None


def is_name_shaped(name: str) -> bool:
    """Tell whether a text may be a person's name: few words, each with a capital or a particle."""
    plain = re.sub(r"[(\[][^)\]]{0,200}[)\]]", " ", name)
    parts = plain.split()
    if not parts or len(parts) > 7 or not any(part[0].isupper() for part in parts):
        return False
    return all(
        part[0].isupper() or part[0].isdigit() or not part[0].isalnum() or part.lower() in _SMALL
        for part in parts
    )


class Mentions:
    """Replace `@Name` by `@[naam]` for the names of a chat."""

    def __init__(self, names: Iterable[str]) -> None:
        plain = {re.sub(r"\s{0,20}[(\[].{0,200}?[)\]]\s*", " ", name).strip() for name in names}
        firsts = {name.split()[0] for name in plain if name}
        # Longest first, so that 'Jan Jansen' goes whole and not as 'Jan'.
        known = sorted({*names, *plain, *firsts} - {""}, key=lambda name: (-len(name), name))
        self._by_start: dict[str, list[str]] = {}
        for name in known:
            self._by_start.setdefault(name[:1].lower(), []).append(name.lower())

    def without(self, text: str) -> str:
        """Give the text with each mentioned name taken out."""
        pieces = text.split("@")
        for number, piece in enumerate(pieces[1:], 1):
            pieces[number] = self._redacted(piece, after_word=pieces[number - 1][-1:].isalnum())
        return "@".join(pieces)

    def _redacted(self, piece: str, *, after_word: bool) -> str:
        if after_word:  # an e-mail address, no mention
            return piece
        lower = piece.lower()
        for name in self._by_start.get(lower[:1], ()):
            if lower.startswith(name) and not lower[len(name) : len(name) + 1].isalnum():
                return _MENTION + piece[len(name) :]
        return piece
