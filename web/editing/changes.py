"""Give the changes that an editor can propose, and what each does to a corpus.

A change holds only what it changes, so that changes of several editors stand side by side: one may
rewrite an answer while another adds a phrasing to it. What no longer fits, because the entry is
gone or somebody changed the same field meanwhile, raises ChangeError.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Final, Protocol, TypeVar

from corpus import Corpus, Entry, Gap
from corpus.serialising import from_plain, to_plain
from corpus.validation import fold
from web.editing.errors import ChangeError
from web.editing.removing import without_entry, without_gap

Item = TypeVar("Item", Entry, Gap)
Values = Mapping[str, Any]
"""Field names of an entry or gap with their values: texts, or lists of texts."""


class Change(Protocol):
    """Say what every change can do."""

    kind: ClassVar[str]

    def apply(self, corpus: Corpus) -> Corpus:
        """Give the changed corpus; raises ChangeError when the change does not fit."""


@dataclass(frozen=True, slots=True)
class AddPhrasing:
    """Add one more way in which people ask for an entry or a gap."""

    kind: ClassVar[str] = "add_phrasing"
    target: str
    phrasing: str

    def apply(self, corpus: Corpus) -> Corpus:
        """Add it at the end."""
        known = {fold(text): owner for text, owner in corpus.labelled_phrasings()}
        owner = known.get(fold(self.phrasing))
        if owner:
            where = "al bij deze vraag" if owner == self.target else f"al bij {owner}"
            raise ChangeError(f"De formulering ‘{self.phrasing}’ staat {where}.")

        def add(item: Item) -> Item:
            return replace(item, phrasings=(*item.phrasings, self.phrasing))

        if self.target in corpus.gap_by_id:
            return replace(corpus, gaps=_changed(corpus.gaps, self.target, add))
        return replace(corpus, entries=_changed(corpus.entries, self.target, add))


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Add a new entry, at the end of its section."""

    kind: ClassVar[str] = "add_entry"
    entry: Entry

    def apply(self, corpus: Corpus) -> Corpus:
        """Add it; an id that is taken does not fit."""
        if self.entry.id in corpus.entry_by_id:
            raise ChangeError(f"Er is al een vraag met nummer {self.entry.id}.")
        places = [n for n, e in enumerate(corpus.entries, 1) if e.section == self.entry.section]
        at = places[-1] if places else len(corpus.entries)
        entries = (*corpus.entries[:at], self.entry, *corpus.entries[at:])
        return replace(corpus, entries=entries)


@dataclass(frozen=True, slots=True)
class AddGap:
    """Add a known gap: what people ask and the FAQ does not answer."""

    kind: ClassVar[str] = "add_gap"
    gap: Gap

    def apply(self, corpus: Corpus) -> Corpus:
        """Add it; an id that is taken does not fit."""
        if self.gap.id in corpus.gap_by_id:
            raise ChangeError(f"Er is al een gat met nummer {self.gap.id}.")
        return replace(corpus, gaps=(*corpus.gaps, self.gap))


@dataclass(frozen=True, slots=True)
class EditEntry:
    """Give fields of an entry another value; `before` is what the editor saw there."""

    kind: ClassVar[str] = "edit_entry"
    entry_id: str
    before: Values
    after: Values

    @classmethod
    def between(cls, old: Entry, new: Entry) -> "EditEntry":
        """Give the change from one form of an entry to another; only fields that differ."""
        return cls(old.id, *_difference(old, new))

    def apply(self, corpus: Corpus) -> Corpus:
        """Set the fields."""
        edit = _setter(Entry, self.before, self.after)
        return replace(corpus, entries=_changed(corpus.entries, self.entry_id, edit))


@dataclass(frozen=True, slots=True)
class EditGap:
    """Give fields of a gap another value; `before` is what the editor saw there."""

    kind: ClassVar[str] = "edit_gap"
    gap_id: str
    before: Values
    after: Values

    @classmethod
    def between(cls, old: Gap, new: Gap) -> "EditGap":
        """Give the change from one form of a gap to another; only fields that differ."""
        return cls(old.id, *_difference(old, new))

    def apply(self, corpus: Corpus) -> Corpus:
        """Set the fields."""
        edit = _setter(Gap, self.before, self.after)
        return replace(corpus, gaps=_changed(corpus.gaps, self.gap_id, edit))


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Take an entry out, with all that points at it: relations, examples and labels."""

    kind: ClassVar[str] = "remove_entry"
    entry_id: str

    def apply(self, corpus: Corpus) -> Corpus:
        """Take it out."""
        return without_entry(corpus, self.entry_id)


@dataclass(frozen=True, slots=True)
class RemoveGap:
    """Take a known gap out."""

    kind: ClassVar[str] = "remove_gap"
    gap_id: str

    def apply(self, corpus: Corpus) -> Corpus:
        """Take it out."""
        return without_gap(corpus, self.gap_id)


@dataclass(frozen=True, slots=True)
class AddOutOfScope:
    """Say that a question does not belong here, so that it is refused."""

    kind: ClassVar[str] = "add_out_of_scope"
    question: str

    def apply(self, corpus: Corpus) -> Corpus:
        """Add it to the questions out of scope."""
        if fold(self.question) in {fold(text) for text in corpus.out_of_scope}:
            raise ChangeError(f"‘{self.question}’ staat al bij de vragen die er niet bij horen.")
        return replace(corpus, out_of_scope=(*corpus.out_of_scope, self.question))


@dataclass(frozen=True, slots=True)
class ReplaceCorpus:
    """Put a whole other corpus in place of the one it was made from, as an import does."""

    kind: ClassVar[str] = "replace_corpus"
    version: str
    base: str
    """Version that it was made from: another one by now, and it no longer fits."""

    def apply(self, corpus: Corpus) -> Corpus:
        """Tell that this takes the stored corpus: `web.editing.drafts` applies it."""
        raise ChangeError("Een hele FAQ kan niet zonder de database worden toegepast.")


KINDS: Final[Mapping[str, type[Any]]] = {
    kind.kind: kind
    for kind in (
        AddPhrasing,
        AddEntry,
        AddGap,
        EditEntry,
        EditGap,
        RemoveEntry,
        RemoveGap,
        AddOutOfScope,
        ReplaceCorpus,
    )
}


def to_content(change: Change) -> dict[str, Any]:
    """Give a change as plain values, to be stored."""
    content: dict[str, Any] = to_plain(change)
    return content


def from_content(kind: str, content: Mapping[str, Any]) -> Change:
    """Give the change that was stored; raises ChangeError for what no version of ours wrote."""
    try:
        if kind in (EditEntry.kind, EditGap.kind):  # values of several types
            edit: Change = KINDS[kind](**content)
            return edit
        change: Change = from_plain(KINDS[kind], dict(content))
        return change
    except (KeyError, TypeError, ValueError) as error:
        raise ChangeError(f"Deze wijziging is niet te lezen ({error}).") from None


def apply_all(corpus: Corpus, changes: Iterable[Change]) -> Corpus:
    """Give the corpus with all changes, in order; raises ChangeError at the first that misfits."""
    for change in changes:
        corpus = change.apply(corpus)
    return corpus


def next_id(corpus: Corpus, letter: str) -> str:
    """Give the next free id that starts with q, p or g."""
    ids = [*corpus.entry_by_id, *corpus.gap_by_id]
    numbers = [int(name[1:]) for name in ids if name.startswith(letter)]
    return f"{letter}{max(numbers, default=0) + 1:02}"


def _changed(items: tuple[Item, ...], wanted: str, change: Any) -> tuple[Item, ...]:
    if not any(item.id == wanted for item in items):
        raise ChangeError(f"{wanted} staat niet meer in de FAQ.")
    return tuple(change(item) if item.id == wanted else item for item in items)


def _difference(old: Item, new: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    if old.id != new.id:
        raise ChangeError("Het nummer van een vraag kan niet veranderen.")
    names = [f.name for f in fields(old) if getattr(old, f.name) != getattr(new, f.name)]
    before, after = to_plain(old), to_plain(new)
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _setter(kind: type[Item], before: Values, after: Values) -> Any:
    names = {f.name for f in fields(kind)} - {"id"}
    if not set(after) <= names or set(before) != set(after):
        raise ChangeError("Deze wijziging noemt velden die niet bestaan.")

    def edit(item: Item) -> Item:
        now = to_plain(item)
        for name in after:
            if now[name] not in (before[name], after[name]):
                raise ChangeError(f"Iemand anders heeft {item.id} intussen ook gewijzigd.")
        try:
            return from_plain(kind, {**now, **after})
        except ValueError as error:
            raise ChangeError(f"Deze wijziging past niet bij {item.id} ({error}).") from None

    return edit
