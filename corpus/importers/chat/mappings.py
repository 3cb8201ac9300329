"""Remember which column of a table holds what, so that the same export is understood next time."""

import json
from collections.abc import Mapping
from pathlib import Path

from corpus.importers.chat.columns import ROLES, fingerprint, nameless, plain
from corpus.importers.chat.models import ChatImportError, ColumnMapping, TablePreview


def load_mappings(path: Path) -> dict[str, dict[str, int]]:
    """Give the remembered columns by fingerprint of a header; a damaged file holds none."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {
        name: {role: n for role, n in columns.items() if role in ROLES and isinstance(n, int)}
        for name, columns in stored.items()
        if isinstance(columns, dict)
    }


def save_mapping(path: Path, mapping: ColumnMapping) -> None:
    """Add one mapping to the file, in place of an earlier one for the same header."""
    known = load_mappings(path)
    known[mapping.fingerprint] = dict(mapping.columns)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
    temporary.replace(path)


def corrected(
    preview: TablePreview, choices: Mapping[str, str], *, has_header: bool = True
) -> ColumnMapping:
    """Give the mapping of a table after a person chose columns: role -> header or number from 1.

    An empty choice takes the column away from its role.
    """
    columns = dict(preview.mapping.columns)
    for role, choice in choices.items():
        if role not in ROLES:
            raise ChatImportError(f"{role!r} is geen soort kolom. Kies uit: {', '.join(ROLES)}.")
        columns.pop(role, None)
        if choice.strip():
            number = _number(preview.header, choice)
            columns = {other: n for other, n in columns.items() if n != number} | {role: number}
    name = fingerprint(preview.header) if has_header else nameless(len(preview.header))
    return ColumnMapping(name, columns)


def _number(header: tuple[str, ...], choice: str) -> int:
    names = [plain(cell) for cell in header]
    if plain(choice) in names:
        return names.index(plain(choice))
    if choice.strip().isdecimal() and 1 <= int(choice) <= len(header):
        return int(choice) - 1
    shown = ", ".join(repr(cell) for cell in header if cell)
    raise ChatImportError(f"De tabel heeft geen kolom {choice!r}. Er is: {shown}.")
