"""Say in what two versions of a FAQ differ, entry by entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from corpus import Corpus, Entry, Gap

Item = TypeVar("Item", Entry, Gap)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Hold one text of an entry or gap in both versions."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """Hold what became of one entry or gap; `kind` is "new", "gone" or "changed"."""

    id: str
    title: str
    kind: str
    fields: tuple[FieldChange, ...] = ()
    added: tuple[str, ...] = ()
    """Phrasings that came."""
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold everything in which two versions differ."""

    items: tuple[ItemChange, ...]
    in_scope_no_more: tuple[str, ...]
    """Questions that are out of scope now."""
    out_of_scope_no_more: tuple[str, ...]
    settings: tuple[FieldChange, ...]
    labels: int
    """By how many labelled questions the versions differ."""

    @property
    def is_empty(self) -> bool:
        """Tell whether the versions are the same."""
        others = (self.items, self.in_scope_no_more, self.out_of_scope_no_more, self.settings)
        return not any(others) and not self.labels


def compare_versions(before: Corpus, after: Corpus) -> Difference:
    """Give the difference from one version to another."""
    settings = ("title", "subject", "source", "source_url", "examples")
    return Difference(
        (
            *_items(before.entries, after.entries, "question"),
            *_items(before.gaps, after.gaps, "title"),
        ),
        _missing(after.out_of_scope, before.out_of_scope),
        _missing(before.out_of_scope, after.out_of_scope),
        tuple(_fields(before, after, settings)),
        _labels(before, after),
    )


def _items(before: Sequence[Item], after: Sequence[Item], title: str) -> Iterator[ItemChange]:
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    for name, item in new.items():
        was = old.get(name)
        if was is None:
            yield ItemChange(name, getattr(item, title), "new", added=item.phrasings)
        elif was != item:
            names = [f.name for f in fields(item) if f.name not in ("id", "phrasings")]
            yield ItemChange(
                name,
                getattr(item, title),
                "changed",
                tuple(_fields(was, item, names)),
                _missing(item.phrasings, was.phrasings),
                _missing(was.phrasings, item.phrasings),
            )
    for name, item in old.items():
        if name not in new:
            yield ItemChange(name, getattr(item, title), "gone", removed=item.phrasings)


def _fields(before: object, after: object, names: Sequence[str]) -> Iterator[FieldChange]:
    for name in names:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield FieldChange(name, _text(was), _text(now))


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _missing(here: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    known = set(there)
    return tuple(text for text in here if text not in known)


def _labels(before: Corpus, after: Corpus) -> int:
    pairs = ((before.training, after.training), (before.calibration, after.calibration))
    return sum(len(set(old.queries) ^ set(new.queries)) for old, new in pairs)
