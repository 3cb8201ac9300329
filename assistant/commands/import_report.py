"""Say in plain Dutch what an import found, what it changes and what needs a look."""

import difflib
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus.importers.faq import Change, Comparison, Difference, LeftOut, Recognised
from corpus.importers.faq.finishing import MADE_SHORT
from corpus.models import Corpus
from corpus.starting import EXAMPLE_CONTACT

_WIDTH: Final = 100
_EXCERPT: Final = 160
_SHOWN: Final = 3
_LABELS: Final = {
    Change.NEW: "nieuw",
    Change.SAME: "gelijk",
    Change.CHANGED: "gewijzigd",
    Change.GONE: "weg",
    Change.KEPT: "blijft",
    Change.OFFERED: "niet overgenomen",
}


def preview(found: Recognised, comparison: Comparison, *, is_new: bool) -> str:
    """Give all that was recognised, what is unsure and what is left out; nothing is written."""
    lines = [_headline(found), *found.remarks, ""]
    lines += _questions(comparison, is_new=is_new)
    lines += _doubts(found, comparison)
    lines += _left_out(found.left_out)
    if comparison.unsure:
        lines += ["", "Onzeker of het dezelfde vraag is:", unsure_lines(comparison.unsure)]
    lines += ["", *([] if is_new else [_counts(comparison)]), "Er is niets geschreven."]
    return "\n".join(lines)


def summary(
    found: Recognised, comparison: Comparison, corpus: Corpus, folder: Path, *, is_new: bool
) -> str:
    """Give what was written and what to look at now."""
    lines = [_headline(found), *found.remarks]
    if not is_new:
        lines.append(_counts(comparison))
        lines += [line for line in _questions(comparison, is_new=False) if _shows_change(line)]
    lines += _doubts(found, comparison)
    lines += _left_out(found.left_out)
    lines += ["", f"Geschreven in {folder}: versie {corpus.version}."]
    if EXAMPLE_CONTACT in corpus.contacts:
        lines.append("Vul in corpus.toml nog in waar mensen terechtkunnen (contact).")
    lines.append(f'Probeer het uit: vraagwijzer ask --corpus {folder} "je vraag"')
    return "\n".join(lines)


def unsure_lines(differences: Iterable[Difference]) -> str:
    """Give both questions of each unsure pair."""
    lines = []
    for difference in differences:
        if difference.entry is None:
            continue
        lines += [
            f"  {difference.entry.id} ({difference.likeness:.0f}% gelijk)",
            f"    nu:     {difference.entry.question}",
            f"    wordt:  {difference.title}",
        ]
    return "\n".join(lines)


def _headline(found: Recognised) -> str:
    questions, sections = len(found.questions), len(found.sections)
    practical = f", {len(found.practical)} over de FAQ zelf" if found.practical else ""
    return (
        f"{found.title} ({found.format}): {_count(questions, 'vraag', 'vragen')} in "
        f"{_count(sections, 'afdeling', 'afdelingen')}{practical}."
    )


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _counts(comparison: Comparison) -> str:
    parts = [
        f"{len(comparison.of(change))} {_LABELS[change]}"
        for change in Change
        if comparison.of(change)
    ]
    if comparison.moved:
        parts.append(f"{len(comparison.moved)} verplaatst")
    return f"Vergeleken met wat er stond: {', '.join(parts)}."


# one line a question


def _questions(comparison: Comparison, *, is_new: bool) -> Iterator[str]:
    section = None
    for difference in comparison.differences:
        mine = _section(difference)
        if mine != section:
            section = mine
            yield mine
        yield _line(difference, is_new=is_new)
        yield from _answer_changes(difference)


def _section(difference: Difference) -> str:
    if difference.draft is not None:
        return difference.draft.section
    return difference.entry.section if difference.entry is not None else ""


def _line(difference: Difference, *, is_new: bool) -> str:
    label = "" if is_new else f"{_LABELS[difference.change]:<10} "
    name = f"{difference.entry.id}  " if difference.entry is not None else ""
    notes = []
    if difference.change is Change.CHANGED:
        notes.append(f"anders: {', '.join(difference.fields)}")
    if difference.moved:
        notes.append("verplaatst")
    if difference.change is Change.GONE and difference.entry is not None:
        count = len(difference.entry.phrasings)
        notes.append(f"staat niet in het document; {count} formuleringen gaan mee weg")
    if difference.change is Change.OFFERED:
        notes.append("lijkt al bij de praktische vragen te staan")
    note = f"  ({'; '.join(notes)})" if notes else ""
    return f"  {label}{name}{difference.title}{note}"


def _shows_change(line: str) -> bool:
    """Tell whether a line of the comparison says something else than that nothing changed."""
    label = line.strip().split(" ", 1)[0]
    return line.startswith("  ") and label not in (_LABELS[Change.SAME], _LABELS[Change.KEPT])


def _answer_changes(difference: Difference) -> Iterator[str]:
    if "antwoord" not in difference.fields:
        return
    draft, entry = difference.draft, difference.entry
    if draft is None or entry is None:
        return
    old, new = _wrapped(entry.answer), _wrapped(draft.answer)
    changes = [
        line
        for line in difflib.unified_diff(old, new, lineterm="", n=0)
        if line[:1] in "+-" and not line.startswith(("---", "+++"))
    ]
    gone = [line for line in changes if line[0] == "-"][:_SHOWN]
    shown = [*gone, *[line for line in changes if line[0] == "+"][:_SHOWN]]
    yield from (f"      {line}" for line in shown)
    if len(changes) > len(shown):
        yield f"      ... en nog {len(changes) - len(shown)} regels"
    yield "      Kijk of het korte antwoord nog klopt."


def _wrapped(text: str) -> list[str]:
    lines = (textwrap.wrap(line, _WIDTH) or [""] for line in text.split("\n"))
    return [line for group in lines for line in group if line]


# what needs a look


def _doubts(found: Recognised, comparison: Comparison) -> Iterator[str]:
    own = [(draft, [d for d in draft.doubts if d != MADE_SHORT]) for draft in found.drafts]
    # What the FAQ has already keeps its own short answer.
    new = [d.draft for d in comparison.of(Change.NEW) if d.draft is not None]
    made = sum(MADE_SHORT in draft.doubts for draft in new)
    if not made and not any(doubts for _, doubts in own):
        return
    yield ""
    yield "Kijk hier nog naar:"
    for draft, doubts in own:
        for doubt in doubts:
            yield f"  {_place(draft.line)}{draft.question}: {doubt}"
    if made:
        yield (
            f"  {_count(made, 'kort antwoord is', 'korte antwoorden zijn')} het begin van het "
            "antwoord. Kijk of ze zo kloppen."
        )


def _left_out(pieces: Sequence[LeftOut]) -> Iterator[str]:
    if not pieces:
        return
    yield ""
    yield "Weggelaten:"
    for piece in pieces:
        text = textwrap.shorten(piece.text, _EXCERPT, placeholder=" ...")
        size = f" ({len(piece.text)} tekens)" if len(piece.text) > _EXCERPT else ""
        yield f"  {_place(piece.line)}{piece.reason}: ‘{text}’{size}"


def _place(line: int) -> str:
    return f"[{line}] " if line else ""
