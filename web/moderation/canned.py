"""Serve the texts that moderators send often: to choose from, and to change."""

from typing import Any

from flask import redirect, render_template, request, url_for

from web.accounts import Role
from web.answering import get_corpus
from web.auth import require_role
from web.db import get_database
from web.moderation.blueprint import LARGEST_FORM, blueprint, wants_part
from web.queue.canned import (
    CannedTextChanged,
    add_canned_text,
    change_canned_text,
    delete_canned_text,
    list_canned_texts,
)
from web.queue.cards import QueueError
from web.queue.texts import approved_details
from web.security import accepts_body


@blueprint.get("/vaste-teksten")
@require_role(Role.MODERATOR)
def canned_texts() -> str:
    """Show the texts; for the console's script, only to choose from."""
    page = "moderatie/_vaste-teksten.html" if wants_part() else "moderatie/vaste-teksten.html"
    return render_template(page, texts=list_canned_texts(get_database()))


@blueprint.post("/vaste-teksten")
@accepts_body(LARGEST_FORM)
@require_role(Role.MODERATOR)
def change_canned_texts() -> Any:
    """Add, change or delete a text."""
    form, database = request.form, get_database()
    action, _, given = form.get("action", "").partition(":")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    name, text = form.get("name", ""), form.get("text", "")
    if action == "add":
        add_canned_text(database, name, text, approved_details(get_corpus()))
    elif action == "change":
        version = form.get("version", "")
        try:
            seen = int(version) if version.isascii() and version.isdecimal() else 0
            change_canned_text(database, number, seen, name, text, approved_details(get_corpus()))
        except CannedTextChanged as error:
            raise QueueError(
                f"Iemand anders heeft deze tekst net gewijzigd. Nu staat er: ‘{error.theirs.text}’."
            ) from None
    elif action == "delete":
        delete_canned_text(database, number)
    else:
        raise QueueError("Deze actie bestaat niet.")
    return redirect(url_for("moderation.canned_texts"), 303)
