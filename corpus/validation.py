"""Find every problem of a corpus at once, each with its file and line.

The reader (corpus.files) reports what it cannot read; the checks here look at what was read as a
whole: ids that clash, relations that lead nowhere, one phrasing under two entries.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from corpus.models import Corpus, LabelledSet

ENTRY_ID = re.compile(r"[qp]\d{2,4}")
GAP_ID = re.compile(r"g\d{2,4}")
MAX_SHORT_ANSWER = 300
"""Characters; a short answer must fit in one message of a webinar chat."""
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]*+)>?[^)]*+\)")
_BRACKETED_SPACE = re.compile(r"\]\s+\((?:https?:|mailto:)")
_SAFE_URL = re.compile(
    r"(?:https?://[^\s/]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+|/[^\s]*|#[\w-]+)"
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Hold one problem: where it is, and in one Dutch sentence what is wrong and what to do."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class CorpusError(ValueError):
    """Tell that a corpus cannot be used; `problems` holds every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Origin:
    """Hold where an object was read: its file, and the line of each field and phrasing."""

    path: Path
    field_lines: Mapping[str, int]
    phrasing_lines: tuple[int, ...] = ()

    def line(self, field: str) -> int:
        """Give the line of a field, or the first line of the file."""
        return self.field_lines.get(field, 1)


def fold(phrasing: str) -> str:
    """Give the form in which two phrasings count as the same: no case, no punctuation."""
    return " ".join(re.findall(r"\w+", phrasing.casefold()))


def is_safe_url(url: str) -> bool:
    """Tell whether a link has a form that a page may carry: http(s), mailto, or an own address."""
    return _SAFE_URL.fullmatch(url) is not None


def check_corpus(corpus: Corpus, origins: Mapping[str, Origin], folder: Path) -> Iterator[Problem]:
    """Yield each problem of the corpus as a whole. `origins` maps ids to where they were read."""
    yield from _check_entries(corpus, origins)
    yield from _check_related(corpus, origins)
    yield from _check_phrasings(corpus, origins)
    for name, labelled in (("training", corpus.training), ("calibration", corpus.calibration)):
        yield from check_labelled_set(labelled, known_ids(corpus), folder / name)


def known_ids(corpus: Corpus) -> frozenset[str]:
    """Give every id that a judgment, a slice or a relation may name."""
    return frozenset(corpus.entry_by_id) | frozenset(corpus.gap_by_id)


def check_labelled_set(
    labelled: LabelledSet, ids: frozenset[str], folder: Path
) -> Iterator[Problem]:
    """Yield each judgment or slice that names a query or an entry that does not exist."""
    seen: set[str] = set()
    for number, query in enumerate(labelled.queries, 1):
        if query.id in seen:
            yield Problem(folder / "queries.tsv", number, f"vraag-id {query.id!r} staat er dubbel.")
        seen.add(query.id)
    for number, judgment in enumerate(labelled.judgments, 1):
        yield from _check_names(
            folder / "qrels.tsv", number, judgment.query_id, seen, (judgment.entry_id,), ids
        )
    for number, item in enumerate(labelled.slices, 2):
        named = (*item.near, item.gap) if item.gap else item.near
        yield from _check_names(folder / "slices.tsv", number, item.query_id, seen, named, ids)


def _check_names(
    path: Path,
    line: int,
    query_id: str,
    queries: Set[str],
    named: Iterable[str],
    ids: frozenset[str],
) -> Iterator[Problem]:
    if query_id not in queries:
        yield Problem(path, line, f"vraag-id {query_id!r} staat niet in queries.tsv.")
    for name in named:
        if name not in ids:
            yield Problem(path, line, f"onbekend id {name!r}.")


def _check_entries(corpus: Corpus, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for entry in corpus.entries:
        origin = origins[entry.id]
        if len(entry.short_answer) > MAX_SHORT_ANSWER:
            yield Problem(
                origin.path,
                origin.line("short_answer"),
                f"het korte antwoord telt {len(entry.short_answer)} tekens; "
                f"er passen er {MAX_SHORT_ANSWER} in. Maak het korter.",
            )
        for field, text in (("answer", entry.answer), ("signpost", entry.signpost)):
            yield from _check_links(text, origin, field)
    for gap in corpus.gaps:
        yield from _check_links(gap.signpost, origins[gap.id], "signpost")


def _check_links(markdown: str, origin: Origin, field: str) -> Iterator[Problem]:
    start = origin.line(field)
    for offset, line in enumerate(markdown.splitlines()):
        for url in _LINK.findall(line):
            if not is_safe_url(url):
                message = f"de link {url!r} is geen geldig adres. Begin met https:// of mailto:."
                yield Problem(origin.path, start + offset, message)
        if _BRACKETED_SPACE.search(line):
            message = "tussen ] en ( van een link staat een spatie. Haal die weg."
            yield Problem(origin.path, start + offset, message)


def _check_related(corpus: Corpus, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    for entry in corpus.entries:
        origin = origins[entry.id]
        for other in entry.related:
            if other not in corpus.entry_by_id:
                yield Problem(
                    origin.path, origin.line("related"), f"onbekend id {other!r} bij 'related'."
                )
            if other == entry.id:
                yield Problem(
                    origin.path, origin.line("related"), "een vraag kan niet bij zichzelf horen."
                )


def _check_phrasings(corpus: Corpus, origins: Mapping[str, Origin]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    headings = [(e.id, e.question, e.phrasings) for e in corpus.entries]
    headings += [(g.id, g.title, g.phrasings) for g in corpus.gaps]
    for owner, heading, _ in headings:
        origin = origins[owner]
        key = fold(heading)
        if key in first:
            line = origin.line("question") if owner[0] != "g" else origin.line("title")
            yield Problem(origin.path, line, f"deze vraag staat ook bij {first[key]}.")
        first[key] = owner
    for owner, _, phrasings in headings:
        origin = origins[owner]
        for number, phrasing in enumerate(phrasings):
            line = (
                origin.phrasing_lines[number]
                if number < len(origin.phrasing_lines)
                else origin.line("phrasings")
            )
            key = fold(phrasing)
            if key in first:
                where = "dubbel bij deze vraag" if first[key] == owner else f"ook bij {first[key]}"
                yield Problem(origin.path, line, f"de formulering {phrasing!r} staat {where}.")
            else:
                first[key] = owner
