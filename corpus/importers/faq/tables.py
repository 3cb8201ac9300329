"""Write tables and lists as Markdown."""

from collections.abc import Sequence
from typing import NamedTuple


class Item(NamedTuple):
    """Hold one item of a list: its depth from 0, its mark ("-" or "3."), and its Markdown."""

    depth: int
    mark: str
    markdown: str


def table_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Give a Markdown table; the first row is its head."""
    width = max(len(row) for row in rows)
    full = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    head, *body = full
    lines = [head, ["---"] * width, *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def list_markdown(items: Sequence[Item]) -> str:
    """Give a Markdown list, nested by the depth of its items."""
    lines = []
    indents = [0]
    for item in items:
        depth = min(item.depth, len(indents) - 1)
        indents = [*indents[: depth + 1], indents[depth] + len(item.mark) + 1]
        pad = " " * indents[depth]
        text = item.markdown.replace("\n", f"\n{' ' * indents[depth + 1]}")
        lines.append(f"{pad}{item.mark} {text}".rstrip())
    return "\n".join(lines)


def _cell(markdown: str) -> str:
    return " ".join(markdown.split()).replace("\\|", "|").replace("|", "\\|")
