"""Make drafts fit for a corpus: safe links, unique questions and phrasings, short answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from corpus.importers.faq.answers import shorten, with_safe_links
from corpus.importers.faq.escaping import plain_blocks
from corpus.importers.faq.models import Draft, LeftOut, Recognised
from corpus.validation import fold

MADE_SHORT: Final = "Het korte antwoord is het begin van het antwoord. Klopt het zo?"
_LONG_ANSWER: Final = 6000
_SAME_ANSWER: Final = 90
"""Similarity (0-100) from which two answers count as the same."""


def finish(found: Recognised, *, base: str = "") -> Recognised:
    """Give the recognised document with drafts that a corpus accepts."""
    left_out = list(found.left_out)
    # The links of our own export were checked when it was a corpus, those within the site too.
    drafts = [draft if found.own else _with_links(draft, base) for draft in found.drafts]
    drafts = _unique(drafts, left_out)
    drafts = _unique_phrasings(drafts)
    return replace(
        found,
        drafts=tuple(_with_short_answer(draft) for draft in drafts),
        left_out=tuple(left_out),
    )


def _with_links(draft: Draft, base: str) -> Draft:
    answer = with_safe_links(draft.answer, base)
    signpost = with_safe_links(draft.signpost, base)
    doubts = [
        f"De link ‘{url}’ werkt hier niet; alleen de tekst is overgenomen."
        for url in dict.fromkeys((*answer.refused, *signpost.refused))
        if url
    ]
    return replace(
        draft,
        answer=answer.markdown,
        signpost=signpost.markdown,
        doubts=(*draft.doubts, *doubts),
    )


def _unique(drafts: Sequence[Draft], left_out: list[LeftOut]) -> list[Draft]:
    """Give no question twice: the same answer is left out, another gets its section behind it."""
    kept: dict[str, Draft] = {}
    for draft in drafts:
        first = kept.get(fold(draft.question))
        if first is not None and fuzz.ratio(first.answer, draft.answer) >= _SAME_ANSWER:
            reason = "dezelfde vraag met hetzelfde antwoord staat er al"
            left_out.append(LeftOut(draft.question, reason, draft.line))
            continue
        if first is not None:
            draft = _renamed(draft, kept)
        kept[fold(draft.question) or f"#{len(kept)}"] = draft
    return list(kept.values())


def _renamed(draft: Draft, kept: Iterable[str]) -> Draft:
    taken = set(kept)
    name = f"{draft.question} ({draft.section})"
    number = 2
    while fold(name) in taken:
        name = f"{draft.question} ({draft.section}, {number})"
        number += 1
    doubt = f"De vraag ‘{draft.question}’ staat er vaker. Maak duidelijk wat het verschil is."
    return replace(draft, question=name, doubts=(*draft.doubts, doubt))


def _unique_phrasings(drafts: Sequence[Draft]) -> list[Draft]:
    """Give each phrasing to one question: the first that has it."""
    taken = {fold(draft.question) for draft in drafts}
    found = []
    for draft in drafts:
        kept, doubles = [], 0
        for phrasing in draft.phrasings:
            key = fold(phrasing)
            if key in taken:
                doubles += key != fold(draft.question)
                continue
            taken.add(key)
            kept.append(phrasing)
        doubts = draft.doubts
        if doubles:
            doubts = (*doubts, f"{doubles} formulering(en) stonden er dubbel en zijn weggelaten.")
        found.append(replace(draft, phrasings=tuple(kept), doubts=doubts))
    return found


def _with_short_answer(draft: Draft) -> Draft:
    doubts = list(draft.doubts)
    length = len(" ".join(plain_blocks(draft.answer)))
    if length > _LONG_ANSWER:
        doubts.append(f"Het antwoord telt {length} tekens. Zit er nog een vraag in?")
    short = draft.short_answer
    if not short:
        short = shorten(draft.answer) or draft.question[:300]
        doubts.append(MADE_SHORT)
    return replace(draft, short_answer=short, doubts=tuple(doubts))
