"""Look at the wordings of a corpus alone: how many, how alike, which words they leave out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from assistant.text import stem, words
from corpus import Corpus, Entry, Gap

FEW_PHRASINGS = 20
"""Below this an entry is hard to find: with 13 phrasings an entry was found for 63 % of its unseen
wordings, with 73 for 77 %."""
NEAR_COPY = 95.0
"""rapidfuzz token_sort_ratio from which two phrasings of one entry are the same in other order."""
ALIKE = 80.0
"""The same, from which two phrasings teach hardly more than one."""
_MANY_ALIKE = 0.2
_ONE_REGISTER = 0.95
_CONTENT = 5
"""Letters of a word that carries content; shorter ones are mostly function words."""
_N_WORDS = 12


class Remark(NamedTuple):
    """Hold what is seen of one entry or gap; more severe is worse."""

    target: str
    message: str
    severity: float = 0.0


class Thin(NamedTuple):
    """Hold what has too few phrasings, and what has one kind of them."""

    few: list[Remark]
    one_register: list[Remark]


def owners(corpus: Corpus) -> tuple[Entry | Gap, ...]:
    """Give all that has phrasings."""
    return (*corpus.entries, *corpus.gaps)


def thin_owners(corpus: Corpus) -> Thin:
    """Give the entries and gaps with few phrasings, or almost all with or without question mark."""
    thin = Thin([], [])
    for owner in owners(corpus):
        count = len(owner.phrasings)
        if count < FEW_PHRASINGS:
            message = (
                f"heeft {count} formuleringen; vanaf {FEW_PHRASINGS} wordt een vraag goed gevonden."
            )
            thin.few.append(Remark(owner.id, message, FEW_PHRASINGS - count))
            continue
        asked = sum("?" in phrasing for phrasing in owner.phrasings) / count
        if asked > _ONE_REGISTER or asked < 1 - _ONE_REGISTER:
            kind = "met een vraagteken" if asked > 0.5 else "zonder vraagteken"
            message = f"bijna alle formuleringen zijn {kind}."
            thin.one_register.append(Remark(owner.id, message, abs(asked - 0.5)))
    return thin


def near_copies(corpus: Corpus) -> Iterator[Remark]:
    """Yield each pair of phrasings of one entry that say the same in almost the same words."""
    for owner in owners(corpus):
        alike = _likeness(owner)
        for one, other in zip(*np.nonzero(np.triu(alike, 1) >= NEAR_COPY), strict=True):
            message = f"{owner.phrasings[one]!r} en {owner.phrasings[other]!r}."
            yield Remark(owner.id, message, float(alike[one, other]))


def neighbours(corpus: Corpus) -> Iterator[Remark]:
    """Yield how like its nearest neighbour in the same entry each phrasing is, and where most are.

    Likeness is rapidfuzz's token_sort_ratio, 0 to 100.
    """
    nearest = {owner.id: _nearest(owner) for owner in owners(corpus) if len(owner.phrasings) > 1}
    if not nearest:
        return
    together = np.concatenate(list(nearest.values()))
    half, most = np.percentile(together, (50, 90))
    count, pairs = int((together >= ALIKE).sum()), len(together)
    yield Remark(
        "alles samen",
        f"de helft lijkt hooguit {half:.0f} % op haar naaste buur, negen van de tien hooguit "
        f"{most:.0f} %; {count} van {pairs} lijken {ALIKE:.0f} % of meer.",
        1.0,
    )
    for target, likeness in nearest.items():
        share = float((likeness >= ALIKE).mean())
        if share >= _MANY_ALIKE:
            message = f"{share:.0%} lijkt {ALIKE:.0f} % of meer op een andere formulering."
            yield Remark(target, message, share)


def unused_words(corpus: Corpus) -> Iterator[Remark]:
    """Yield the words of an answer that none of its phrasings uses, unknown ones first.

    A word that no phrasing of the whole corpus uses is one the matcher cannot know.
    """
    used = {owner.id: _stems(owner) for owner in owners(corpus)}
    anywhere = set().union(*used.values())
    for entry in corpus.entries:
        plain = re.sub(r"\]\([^)]*\)", "] ", entry.answer)
        content = [
            word
            for word in dict.fromkeys(w for line in plain.splitlines() for w in words(line))
            if len(word) >= _CONTENT and not word.isdigit() and stem(word) not in used[entry.id]
        ]
        nowhere = [word for word in content if stem(word) not in anywhere]
        elsewhere = [word for word in content if stem(word) in anywhere]
        parts = [
            f"{label}: {', '.join(found[:_N_WORDS])}{' ...' if len(found) > _N_WORDS else ''}"
            for label, found in (("nergens", nowhere), ("alleen bij een ander", elsewhere))
            if found
        ]
        if parts:
            yield Remark(entry.id, f"{'; '.join(parts)}.", len(nowhere) + len(elsewhere) / 100)


def _likeness(owner: Entry | Gap) -> NDArray[np.float32]:
    texts = [" ".join(words(phrasing)) for phrasing in owner.phrasings]
    found: NDArray[np.float32] = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio)
    return found


def _nearest(owner: Entry | Gap) -> NDArray[np.float32]:
    """Give for each phrasing how like its nearest neighbour it is."""
    alike = _likeness(owner)
    np.fill_diagonal(alike, 0)
    found: NDArray[np.float32] = alike.max(axis=1)
    return found


def _stems(owner: Entry | Gap) -> set[str]:
    title = owner.question if isinstance(owner, Entry) else owner.title
    return {stem(word) for phrasing in (title, *owner.phrasings) for word in words(phrasing)}
