"""Give the domain objects of a corpus: what is asked, what is answered, what is known not to be.

All of them are frozen; a changed corpus is a new corpus with a new version.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

ChatterKind = Literal["greeting", "thanks", "technical", "noise"]
CHATTER_KINDS: tuple[ChatterKind, ...] = ("greeting", "thanks", "technical", "noise")


_SECTION: Final = re.compile(r"(\w{1,2})[.:] +(.+)")


def split_section(title: str) -> tuple[str, str]:
    """Give the letter or number in front of a section's name, or '', and the name."""
    match = _SECTION.fullmatch(title)
    return (match[1], match[2]) if match else ("", title)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one answered question. Ids start with q (from the FAQ) or p (practical)."""

    id: str
    section: str
    question: str
    short_answer: str
    answer: str
    """The full answer, in Markdown."""
    source: str
    related: tuple[str, ...] = ()
    signpost: str = ""
    """Where to go with a sensitive matter, as the FAQ itself says; may be empty."""
    phrasings: tuple[str, ...] = ()

    @property
    def is_practical(self) -> bool:
        """Tell whether the entry is on the FAQ itself instead of on its subject."""
        return self.id.startswith("p")


@dataclass(frozen=True, slots=True)
class Gap:
    """Hold a subject that people ask about and that the FAQ does not answer. Ids start with g."""

    id: str
    title: str
    signpost: str
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Hold one way to reach people."""

    label: str
    url: str
    """Empty for people without a page of their own, such as the asker's manager."""
    explanation: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Hold what the editor promises: the largest share of wrong answers among those shown."""

    wrong_among_shown: float = 0.05
    out_of_scope_share: float = 0.6


@dataclass(frozen=True, slots=True)
class Texts:
    """Hold the replies that are no answers. `other_language` maps an ISO 639-1 code to a text."""

    greeting: str
    thanks: str
    fallback: str
    technical: str
    noise: str
    other_language: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "other_language", MappingProxyType(dict(self.other_language)))


@dataclass(frozen=True, slots=True)
class Query:
    """Hold one question of a labelled set (TREC: topic)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgment:
    """Hold one line of qrels: relevance 2 is the labelled entry, 1 another acceptable one."""

    query_id: str
    entry_id: str
    relevance: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Hold what else is known of a query; all of it optional."""

    query_id: str
    kind: str = ""
    certainty: str = ""
    near: tuple[str, ...] = ()
    gap: str = ""
    author: str = ""


@dataclass(frozen=True)
class LabelledSet:
    """Hold queries with their judgments; a query without judgments is out of scope."""

    queries: tuple[Query, ...] = ()
    judgments: tuple[Judgment, ...] = ()
    slices: tuple[Slice, ...] = ()

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Map a query id to its labelled entry (relevance 2); out-of-scope queries are absent."""
        return {j.query_id: j.entry_id for j in self.judgments if j.relevance >= 2}

    @cached_property
    def acceptable(self) -> Mapping[str, frozenset[str]]:
        """Map a query id to every entry that would help (relevance 1 or 2)."""
        found: dict[str, set[str]] = {}
        for judgment in self.judgments:
            if judgment.relevance > 0:
                found.setdefault(judgment.query_id, set()).add(judgment.entry_id)
        return {query_id: frozenset(entries) for query_id, entries in found.items()}

    @cached_property
    def slice_of(self) -> Mapping[str, Slice]:
        """Map a query id to its slice."""
        return {item.query_id: item for item in self.slices}

    def __len__(self) -> int:
        return len(self.queries)


@dataclass(frozen=True)
class Corpus:
    """Hold everything that is known: entries, gaps, texts, and questions to learn from."""

    title: str
    language: str
    source: str
    source_url: str
    subject: str
    contacts: tuple[Contact, ...]
    texts: Texts
    promise: Promise
    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    chatter: tuple[tuple[ChatterKind, str], ...] = ()
    jargon: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words that belong together: (term, its other spellings and synonyms)."""
    examples: tuple[str, ...] = ()
    """Questions that the start page shows as examples."""
    training: LabelledSet = field(default_factory=LabelledSet)
    """Freely asked questions with labels; the matcher learns from them."""
    calibration: LabelledSet = field(default_factory=LabelledSet)
    """Freely asked questions by other authors; the probabilities are fitted on them."""

    @cached_property
    def version(self) -> str:
        """Give the content hash: 12 hexadecimal digits of SHA-256 over all that shapes a reply."""
        content = json.dumps(self, default=_as_json, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode("ascii")).hexdigest()[:12]

    @cached_property
    def entry_by_id(self) -> Mapping[str, Entry]:
        """Map an id to its entry, in the order of the corpus."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def gap_by_id(self) -> Mapping[str, Gap]:
        """Map an id to its gap, in the order of the corpus."""
        return {gap.id: gap for gap in self.gaps}

    @cached_property
    def sections(self) -> Mapping[str, tuple[Entry, ...]]:
        """Map each section to its entries, both in the order of the corpus."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.section, []).append(entry)
        return {section: tuple(entries) for section, entries in found.items()}

    def labelled_phrasings(self) -> Iterator[tuple[str, str]]:
        """Yield (phrasing, entry or gap id) for every wording that is known, questions first."""
        for entry in self.entries:
            yield entry.question, entry.id
            for phrasing in entry.phrasings:
                yield phrasing, entry.id
        for gap in self.gaps:
            yield gap.title, gap.id
            for phrasing in gap.phrasings:
                yield phrasing, gap.id


def _as_json(value: object) -> object:
    if isinstance(value, MappingProxyType):
        return dict(value)
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is None:
        raise TypeError(f"cannot hash a {type(value).__name__}")
    return {name: getattr(value, name) for name in fields}
