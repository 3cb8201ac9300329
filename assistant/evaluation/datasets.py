"""Read plain labelled sets: CSV or parquet with a text and a label in each row.

VaccinChatNL (Buhmann and others 2022, "Domain- and task-adaptation for VaccinChatNL, a Dutch
COVID-19 FAQ answering corpus and classification model", COLING) comes in this shape, as text and
label or as sentence1 and label. Nothing is downloaded: bring the file.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

TEXT_COLUMNS: Final = ("text", "sentence1", "sentence", "question", "vraag")
LABEL_COLUMNS: Final = ("label", "intent", "entry", "antwoord")
_DELIMITERS: Final = ",;\t"

_LONGEST_CELL = 131_072
"""Characters of a cell; Python's own default."""


class DatasetError(ValueError):
    """Tell in one sentence why a file cannot be used."""


@dataclass(frozen=True, slots=True)
class LabelledTexts:
    """Hold texts with one label each, in the order of the file."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, places: Iterable[int]) -> "LabelledTexts":
        """Give the texts at these places with their labels."""
        chosen = list(places)
        return LabelledTexts(
            tuple(self.texts[place] for place in chosen),
            tuple(self.labels[place] for place in chosen),
        )


def read_labelled_texts(path: Path, text: str = "", label: str = "") -> LabelledTexts:
    """Read a CSV or parquet file; raises DatasetError when it does not hold texts with labels.

    `text` and `label` name the columns; without them the usual names are tried. Rows without a
    text or a label are passed over.
    """
    columns = _read_parquet(path) if path.suffix.lower() == ".parquet" else _read_csv(path)
    texts = columns[_column(path, columns, (text,) if text else TEXT_COLUMNS)]
    labels = columns[_column(path, columns, (label,) if label else LABEL_COLUMNS)]
    pairs = [(t, name) for t, name in zip(texts, labels, strict=True) if t and name]
    if not pairs:
        raise DatasetError(f"{path} bevat geen enkele tekst met een label.")
    return LabelledTexts(tuple(t for t, _ in pairs), tuple(name for _, name in pairs))


def _read_csv(path: Path) -> dict[str, list[str]]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DatasetError(f"{path} is niet te lezen ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise DatasetError(f"{path} is geen UTF-8. Bewaar het bestand als UTF-8.") from None
    header = content.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(_LONGEST_CELL)  # readers of other files may have widened it
    table = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        rows = list(table)
    except csv.Error as error:
        raise DatasetError(f"{path}: de CSV klopt niet ({error}).") from None
    return {name: [_clean(row[name]) for row in rows] for name in table.fieldnames or ()}


def _read_parquet(path: Path) -> dict[str, list[str]]:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError:
        message = "Parquet lezen vraagt een extra pakket: pip install 'vraagwijzer[parquet]'"
        raise DatasetError(message) from None
    try:
        table: Mapping[str, Sequence[Any]] = parquet.read_table(path).to_pydict()
    except OSError as error:
        raise DatasetError(
            f"{path} is niet te lezen ({error.strerror or 'geen parquet'})."
        ) from None
    except ArrowInvalid:
        raise DatasetError(f"{path} is geen parquet.") from None
    return {str(name): [_clean(value) for value in values] for name, values in table.items()}


def _clean(value: object) -> str:
    return "" if value is None else str(value).strip()


def _column(path: Path, columns: Mapping[str, object], names: Sequence[str]) -> str:
    for name in names:
        if name in columns:
            return name
    tried = " of ".join(repr(name) for name in names)
    raise DatasetError(f"{path} heeft geen kolom {tried}.")
