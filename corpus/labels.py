"""Read and write labelled sets: queries.tsv, qrels.tsv (TREC columns) and slices.tsv."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from corpus.models import Judgment, LabelledSet, Query, Slice
from corpus.validation import CorpusError, Problem, check_labelled_set

T = TypeVar("T")
SLICE_COLUMNS: Final = ("query_id", "kind", "certainty", "near", "gap", "author")


class LoadedLabels(NamedTuple):
    """Hold a labelled set and every problem met while it was read."""

    labelled: LabelledSet
    problems: tuple[Problem, ...]


def load_labelled_set(folder: Path, ids: frozenset[str] | None = None) -> LabelledSet:
    """Read queries.tsv, qrels.tsv and slices.tsv (the last two may be missing) from a folder.

    `ids` are the entry and gap ids that judgments may name; None leaves that unchecked.
    Raises CorpusError with every problem found.
    """
    loaded = read_labels(folder / "queries.tsv", folder / "qrels.tsv", folder / "slices.tsv")
    problems = list(loaded.problems)
    if ids is not None:
        problems += check_labelled_set(loaded.labelled, ids, folder)
    if problems:
        raise CorpusError(problems)
    return loaded.labelled


def read_labels(queries: Path, qrels: Path, slices: Path) -> LoadedLabels:
    """Read the three files of a labelled set; `qrels` and `slices` may be missing."""
    problems: list[Problem] = []
    table = TableReader(problems)
    found_queries = table.rows(queries, 2, lambda c: Query(c[0], c[1]))
    judgments: Sequence[Judgment] = ()
    if qrels.exists():
        judgments = table.rows(qrels, 4, lambda c: Judgment(c[0], c[2], int(c[3])))
    found_slices: Sequence[Slice] = ()
    if slices.exists():
        found_slices = table.rows(slices, len(SLICE_COLUMNS), _slice, header=SLICE_COLUMNS)
    labelled = LabelledSet(tuple(found_queries), tuple(judgments), tuple(found_slices))
    return LoadedLabels(labelled, tuple(problems))


def save_labelled_set(labelled: LabelledSet, folder: Path) -> None:
    """Write queries.tsv, qrels.tsv and slices.tsv; the inverse of `load_labelled_set`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "queries.tsv", ((q.id, q.text) for q in labelled.queries))
    write_rows(
        folder / "qrels.tsv",
        ((j.query_id, "0", j.entry_id, str(j.relevance)) for j in labelled.judgments),
    )
    if labelled.slices:
        rows = [
            (s.query_id, s.kind, s.certainty, ",".join(s.near), s.gap, s.author)
            for s in labelled.slices
        ]
        write_rows(folder / "slices.tsv", [SLICE_COLUMNS, *rows])


class TableReader:
    """Read tab-separated files, noting each line that does not fit."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def rows(
        self,
        path: Path,
        width: int,
        build: Callable[[Sequence[str]], T],
        header: Sequence[str] = (),
    ) -> list[T]:
        """Give each row built from its cells; a header row is passed over."""
        text = read_text(path, self._problems)
        if text is None:
            return []
        found = []
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip() or (header and line.split("\t")[0] == header[0]):
                continue
            cells = line.split("\t")
            if header:
                cells += [""] * (width - len(cells))
            if len(cells) != width or not cells[0].strip():
                message = f"{width} kolommen met een tab ertussen verwacht, {len(cells)} gevonden."
                self._problems.append(Problem(path, number, message))
                continue
            try:
                found.append(build(cells))
            except ValueError as error:
                message = f"de waarde {error} past niet in deze kolom."
                self._problems.append(Problem(path, number, message))
        return found


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """Read a UTF-8 file (a byte-order mark may stand in front), or note why that fails."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Problem(path, 1, f"het bestand is niet te lezen ({error.strerror})."))
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(path, line, "dit is geen UTF-8. Bewaar het bestand als UTF-8."))
        return None


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with line feeds, whatever the system's habit."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_rows(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write tab-separated rows; white space inside a cell becomes one blank."""
    clean = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    write_text(path, "".join(f"{line}\n" for line in clean))


def _slice(cells: Sequence[str]) -> Slice:
    near = tuple(name for name in cells[3].split(",") if name)
    return Slice(cells[0], cells[1], cells[2], near, cells[4], cells[5])
