"""Serve editors: what was asked, the draft with its proof, publishing, versions.

Each module adds its views to the one blueprint. A page for editors is a module here, with a
template that extends "redactie/basis.html" and, when it belongs in the menu, a line in
`web.editor.blueprint.MENU`.
"""

from web.editor import drafting, entries, importing, landing, practice, versions
from web.editor.blueprint import blueprint

__all__ = ["blueprint", "drafting", "entries", "importing", "landing", "practice", "versions"]
