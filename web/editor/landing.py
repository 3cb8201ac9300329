"""Serve the first page of editors: what waits for them, and which version is answered from."""

from flask import render_template

from web.accounts import Role
from web.answering import get_assistant, get_corpus
from web.auth import require_role
from web.editing.collecting import collect
from web.editing.drafts import draft
from web.editing.practice import count_open
from web.editing.shelf import get_shelf
from web.editing.versions import current
from web.editor.blueprint import blueprint


@blueprint.get("")
@require_role(Role.EDITOR)
def landing() -> str:
    """Show what there is to do."""
    shelf = get_shelf()
    collect(shelf, get_assistant())
    return render_template(
        "redactie/overzicht.html",
        draft=draft(shelf),
        current=current(shelf),
        answering=get_corpus().version,
        counts=count_open(shelf),
    )
