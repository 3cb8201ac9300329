"""Serve the history of the FAQ: every version, what changed between two, and back again."""

from typing import Any

from flask import redirect, render_template, request, url_for

from web.accounts import Role
from web.auth import current_actor, require_role
from web.editing.comparing import compare_versions
from web.editing.errors import EditingError
from web.editing.proof import proof_from
from web.editing.publishing import roll_back
from web.editing.shelf import get_shelf
from web.editing.versions import history, load_version, publication
from web.editor.blueprint import blueprint
from web.editor.launching import launch_task, take_over_now
from web.editor.word_diff import word_diff


@blueprint.get("/versies")
@require_role(Role.EDITOR)
def versions() -> str:
    """Show every version, last first."""
    return render_template("redactie/versies.html", versions=history(get_shelf()))


@blueprint.post("/versies")
@require_role(Role.EDITOR)
def change_version() -> Any:
    """Go back to an earlier version: `back:NUMBER`."""
    action, _, given = request.form.get("action", "").partition(":")
    if action != "back" or not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise EditingError("Deze actie bestaat niet.")
    done = roll_back(get_shelf(), current_actor(), int(given))
    if done.job_id:
        launch_task(str(done.job_id))
        return redirect(url_for("editor.job", job_id=done.job_id), 303)
    take_over_now()
    return redirect(url_for("editor.versions", terug=done.number), 303)


@blueprint.get("/versies/<int:before>/<int:after>")
@require_role(Role.EDITOR)
def compare(before: int, after: int) -> str:
    """Show in what two versions differ."""
    shelf = get_shelf()
    old, new = publication(shelf, before), publication(shelf, after)
    found = compare_versions(load_version(shelf, old.version), load_version(shelf, new.version))
    return render_template(
        "redactie/vergelijk.html",
        old=old,
        new=new,
        difference=found,
        proof=proof_from(new.proof),
        word_diff=word_diff,
    )
