"""Find the names with which people introduce themselves ("ik ben", "mijn naam is").

A word behind such an introduction counts as a name when it is a known first name, or when it has
a capital and is no word that often follows ("ik ben Nederlander", "ik ben Projectleider").
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

_WORD: Final = r"['’]?[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_TOKEN: Final = re.compile(rf"[ \t]*(?P<initials>(?:[A-Z]\.[ ]?){{1,4}})|[ \t]+(?P<word>{_WORD})")
_INTRODUCTION: Final = re.compile(
    r"(?<!\w)(?:"
    r"(?P<strong>(?:mijn|m'n|m’n|mn)\s(?:(?:volledige|echte|eigen)\s)?(?:voor|achter|roep)?naam"
    r"(?:\s(?:is|luidt)|\s?:)|ik\sheet|k\sheet|noem\s(?:me|mij)(?:\smaar)?"
    r"|je\sspreekt\smet|u\sspreekt\smet)"
    r"|(?P<weak>(?:ik|'k|’k|k)\sben|ben\sik|kben|hier\s(?:is|spreekt)|(?:vriendelijke|hartelijke)"
    r"\sgroet(?:en)?|groet(?:en|jes)?(?:\svan)?|mvg|gr\.?|namens)"
    r")(?!\w)[,:;]?(?=\s)",
    re.IGNORECASE,
)
_ROLE_ENDING: Final = re.compile(
    r"(?:adviseur|medewerker|leider|manager|ambtenaar|kundige|oloog|secretaris|lid|meester|specialist"
    r"|coördinator|consulent|inspecteur|analist|ontwikkelaar|architect|hoofd|voorzitter|planoloog"
    r"|jurist|assistent|beheerder|regisseur|strateeg|houder|ingenieur|officier|controller)(?:e|en|s)?$"
)


@cache
def _words(name: str) -> frozenset[str]:
    """Give one list of wordlists/names.toml."""
    text = files("corpus").joinpath("wordlists/names.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[name].split())


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each name behind an introduction."""
    for match in _INTRODUCTION.finditer(text):
        place = _name_at(text, match.end(), strong=match["strong"] is not None)
        if place is not None:
            yield place


def _is_first_name(word: str) -> bool:
    decomposed = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))  # René is in as rene
    known = _words("first_names")
    return plain in known or ("-" in plain and plain.split("-")[0] in known)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _may_be_first_name(word: str) -> bool:
    """Tell whether a word that is no known name is written as one."""
    plain = word.lower()
    if {plain, plain.split("-")[0]} & (_words("no_first_name") | _words("organisations")):
        return False
    return _is_capitalised(word) and not _ROLE_ENDING.search(plain)


def _name_at(text: str, place: int, *, strong: bool) -> tuple[int, int] | None:
    """Give the place of the name that starts at `place`, behind adverbs and titles if any."""
    token = _TOKEN.match(text, place)
    skipped = False
    while token and token["word"] and token["word"].lower() in _words("adverbs") | _words("titles"):
        strong = strong or token["word"].lower() in _words("titles")
        place = token.end() + (text[token.end() : token.end() + 1] == ".")
        token, skipped = _TOKEN.match(text, place), True
    if token is None:
        return None
    if token["initials"]:
        end = _surname_end(text, token.end())
        return (token.start("initials"), end) if end > token.end() else None
    word = token["word"]
    if word.lower() in _words("particles") and (strong or word[0].isupper()):
        end = _surname_end(text, place)
        return (token.start("word"), end) if end > token.end() else None
    guess = _may_be_first_name(word) and (strong or not skipped)
    if not guess and not _is_first_name(word):
        return None
    return token.start("word"), _surname_end(text, token.end(), lower=word.islower())


def _surname_end(text: str, place: int, *, lower: bool = False) -> int:
    """Give where the name ends that goes on at `place`: particles, then words with a capital."""
    end = cursor = place - (text[place - 1 : place] == " ")
    particles = 0
    while particles < 4 and (token := _TOKEN.match(text, cursor)):
        cursor = token.end()
        word = token["word"] or ""
        if token["initials"] or (_is_capitalised(word) and _continues_name(word, particles)):
            end = token.end()
        elif word.lower() in _words("particles"):
            particles += 1
        elif lower and end <= place and _is_lower_surname(text, token, particles):
            return token.end()
        else:
            break
    return max(end, place)


def _continues_name(word: str, particles: int) -> bool:
    if word.lower() in _words("organisations"):
        return False
    # 'Jan de Koning' is a name; 'Jan Projectleider' is a name and a role
    return particles > 0 or _is_first_name(word) or _may_be_first_name(word)


def _is_lower_surname(text: str, token: re.Match[str], particles: int) -> bool:
    """Tell whether a lower-case word behind a lower-case first name is its surname."""
    word = token["word"].lower()
    stops = _words("ends_name") | _words("organisations") | _words("no_first_name")
    if len(word) < 3 or word in stops or _ROLE_ENDING.search(word):
        return False
    behind = _TOKEN.match(text, token.end())
    next_word = behind["word"] if behind and behind["word"] else ""
    return particles > 0 or not next_word.islower() or next_word in _words("ends_name")
