"""Hold what people and programs send to break things, and where a route can be sent something.

The names of fields, query parameters and actions are read from the sources of `web`, so that a new
one is tried without anyone naming it here.
"""

import ast
import re
from pathlib import Path
from typing import Final

WEB = Path(__file__).parents[2] / "web"

TRAPS: Final = {
    "half a character": "verf \ud83d",
    "the other half": "\udc00\ud800",
    "NUL": "ver\0f\0",
    "8,000 brackets": "[" * 8000,
    "8,000 braces": '{"question":' * 700,
    "zalgo": "z" + "̀́҉" * 160 + "algo",
    "right to left": "\u202egenedrev \u2066waar\u2069 \u200f",
    "a million ligatures": "\ufdfa" * 1_000_000,
    "500 ligatures": "\ufdfa" * 500,
    "markup": '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} %s %(x)s {0}",
    "line breaks": "a\r\nSet-Cookie: x=1\r\n\r\nb\u2028c\x0b\x0c",
    "path": "../../../../etc/passwd",
    "a huge number": "9" * 4000,
    "no number": "-1e309",
    "digits of elsewhere": "٣²",
    "quotes": "'; DROP TABLE cards; -- \\",
    "wildcards": "%_\\%" * 60,
    "emoji": "👩‍👩‍👧‍👦🏴‍☠️" * 30,
    "blank": " \u00a0\u200b\u2003\t",
    "empty": "",
}


def names_of(*attributes: str) -> list[str]:
    """Give every name that the web application reads from `request.<attribute>`."""
    found: set[str] = {"_"}
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                holder, names = node.func.value, node.args[:1]
            elif isinstance(node, ast.Subscript):
                holder, names = node.value, [node.slice]  # type: ignore[list-item]
            else:
                continue
            wanted = isinstance(holder, ast.Attribute) and holder.attr in attributes
            wanted = wanted or (isinstance(holder, ast.Name) and holder.id in attributes)
            for name in names if wanted else []:
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    found.add(name.value)
    return sorted(found)


def words_of() -> list[str]:
    """Give the short words that the web application compares with: actions, filters, formats."""
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"[a-z][a-z_-]{1,14}:?", text):
                found.add(text)
    return sorted(found)


FORM: Final = names_of("form", "values")
QUERY: Final = names_of("args", "values")
FILES: Final = names_of("files")
WORDS: Final = words_of()
