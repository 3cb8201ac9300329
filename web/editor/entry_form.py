"""Hold what an editor typed for an entry: read it, say what is wrong, make an entry of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from corpus import Corpus, Entry
from corpus.validation import MAX_SHORT_ANSWER, fold
from web.models import storable

LABELS: Final[Mapping[str, str]] = {
    "question": "vraag",
    "section": "afdeling",
    "answer": "antwoord",
    "short_answer": "kort antwoord",
    "signpost": "wegwijzer",
    "related": "verwante vragen",
    "phrasings": "formuleringen",
    "source": "bron",
}
"""What editors call the fields of an entry, in the order of the form."""
_MISSING: Final[Mapping[str, str]] = {
    "question": "Vul de vraag in.",
    "section": "Kies een afdeling, of typ een nieuwe.",
    "answer": "Vul het antwoord in.",
    "short_answer": "Vul het korte antwoord in.",
    "source": "Vul in waar het antwoord vandaan komt.",
}


@dataclass(frozen=True, slots=True)
class EntryForm:
    """Hold the fields as texts; phrasings stand one a line."""

    question: str = ""
    section: str = ""
    answer: str = ""
    short_answer: str = ""
    signpost: str = ""
    related: tuple[str, ...] = ()
    phrasings: str = ""
    source: str = ""

    @classmethod
    def of_entry(cls, entry: Entry) -> "EntryForm":
        """Give the form as it stands for an entry."""
        return cls(
            entry.question,
            entry.section,
            entry.answer,
            entry.short_answer,
            entry.signpost,
            entry.related,
            "\n".join(entry.phrasings),
            entry.source,
        )

    @classmethod
    def of_request(cls, form: Any) -> "EntryForm":
        """Read what was sent."""
        names = [name for name in LABELS if name != "related"]
        related = tuple(dict.fromkeys(form.getlist("related")))
        return cls(related=related, **{name: form.get(name, "") for name in names}).tidied()

    def tidied(self) -> "EntryForm":
        """Give the fields as they are kept: no blanks around them, texts of one line on one."""
        return EntryForm(
            _line(self.question),
            _line(self.section),
            _text(self.answer),
            _line(self.short_answer),
            _text(self.signpost),
            tuple(storable(name) for name in self.related),
            "\n".join(_lines(self.phrasings)),
            _line(self.source),
        )

    @property
    def phrasing_list(self) -> tuple[str, ...]:
        """Give the phrasings."""
        return tuple(_lines(self.phrasings))

    def entry(self, entry_id: str) -> Entry:
        """Give the entry that was typed."""
        return Entry(
            id=entry_id,
            section=self.section,
            question=self.question,
            short_answer=self.short_answer,
            answer=self.answer,
            source=self.source,
            related=self.related,
            signpost=self.signpost,
            phrasings=self.phrasing_list,
        )

    def changing(self, seen: Entry) -> Entry:
        """Give the entry that was typed over another; a field that nobody touched stays exactly."""
        before, typed = EntryForm.of_entry(seen).tidied(), self.entry(seen.id)
        same = [name for name in LABELS if getattr(before, name) == getattr(self, name)]
        return replace(typed, **{name: getattr(seen, name) for name in same})

    def problems(self, corpus: Corpus, entry_id: str) -> dict[str, str]:
        """Give for each field that cannot stay so what to do, in one Dutch sentence."""
        found = {name: text for name, text in _MISSING.items() if not getattr(self, name)}
        length = len(self.short_answer)
        if length > MAX_SHORT_ANSWER:
            found["short_answer"] = (
                f"Het korte antwoord telt {length} tekens. Er passen er {MAX_SHORT_ANSWER} in."
            )
        if any(name not in corpus.entry_by_id or name == entry_id for name in self.related):
            found["related"] = "Een van de verwante vragen is er niet meer. Kies opnieuw."
        owners = {
            fold(text): owner for text, owner in corpus.labelled_phrasings() if owner != entry_id
        }
        taken = owners.get(fold(self.question))
        if taken and self.question:
            found["question"] = f"Deze vraag staat ook bij {taken}. Kies andere woorden."
        phrasing = _phrasing_problem(self.phrasing_list, self.question, owners)
        if phrasing:
            found["phrasings"] = phrasing
        return found


def _phrasing_problem(phrasings: Sequence[str], question: str, owners: Mapping[str, str]) -> str:
    seen = {fold(question)}
    for phrasing in phrasings:
        key = fold(phrasing)
        if key in owners:
            return f"De formulering ‘{phrasing}’ staat al bij {owners[key]}."
        if key in seen:
            return f"De formulering ‘{phrasing}’ staat er dubbel."
        seen.add(key)
    return ""


def _lines(text: str) -> list[str]:
    return [line for line in map(_line, _text(text).split("\n")) if line]


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Give text as it is kept: one kind of line end, nothing that cannot be seen or stored."""
    plain = storable(text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[^\S\n\t ]|[\x00-\x08\x0b-\x1f\x7f]", " ", plain).strip()
