"""Read an export of QnA Maker or Azure's custom question answering (TSV)."""

from dataclasses import replace

from corpus.importers.faq.columns import Column, column_of
from corpus.importers.faq.grid import read_csv
from corpus.importers.faq.models import DEFAULT_SECTION, Draft, Recognised
from corpus.validation import fold

_COLUMNS = {"question", "answer", "metadata"}


def is_qna_maker(text: str) -> bool:
    """Tell whether the first line is the head of a QnA Maker export."""
    cells = {cell.strip().casefold() for cell in text.lstrip().split("\n", 1)[0].split("\t")}
    return cells >= _COLUMNS


def read_qna_maker(text: str) -> Recognised:
    """Give the questions: rows with the same answer are wordings of one question."""
    found = read_csv(_with_section(text), format="export van QnA Maker")
    merged: dict[str, Draft] = {}
    for draft in found.drafts:
        answer = draft.answer.replace("\\n", "\n").replace("\\t", " ").strip()
        key = fold(answer)
        first = merged.get(key)
        if first is None:
            merged[key] = replace(draft, answer=answer, source="", id="")
        else:
            merged[key] = replace(first, phrasings=(*first.phrasings, draft.question))
    return replace(found, drafts=tuple(merged.values()))


def _with_section(text: str) -> str:
    """Give the table a section column, out of the metadata ("section:afval|taal:nl")."""
    head, *rows = text.strip("\n").split("\n")
    names = [cell.strip().casefold() for cell in head.split("\t")]
    place = names.index("metadata")
    lines = ["\t".join([_renamed(name) for name in head.split("\t")] + ["section"])]
    for row in rows:
        cells = row.split("\t")
        metadata = cells[place] if place < len(cells) else ""
        padded = cells + [""] * (len(names) - len(cells))
        lines.append("\t".join([*padded[: len(names)], _section(metadata)]))
    return "\n".join(lines)


def _renamed(name: str) -> str:
    """Keep the columns that are not ours out of the way."""
    return name if name.strip().casefold() in ("question", "answer") else f"qna {len(name)}#"


def _section(metadata: str) -> str:
    for pair in metadata.split("|"):
        name, _, value = pair.partition(":")
        if column_of(name) is Column.SECTION and value.strip():
            return value.strip()
    return DEFAULT_SECTION
