"""Serve the draft: what is proposed, what that does, and publishing it."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for

from web.accounts import Role
from web.answering import get_assistant
from web.auth import current_actor, require_role
from web.editing import handling, publishing
from web.editing.drafts import Draft
from web.editing.drafts import draft as current_draft
from web.editing.errors import EditingError
from web.editing.jobs import Job, get_job, last_job, usual_seconds
from web.editing.proof import Proof
from web.editing.quick import NotReady, TooDifferent, estimate
from web.editing.shelf import get_shelf
from web.editing.worker import READY
from web.editor.blueprint import LARGEST_FORM, blueprint
from web.editor.launching import launch_task, take_over_now
from web.editor.telling import tell
from web.moderation.blueprint import wants_part
from web.security import accepts_body


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold the estimate of the draft, or why there is none."""

    proof: Proof | None = None
    is_waiting: bool = False
    """What it needs is being made ready."""
    is_too_different: bool = False


@blueprint.get("/concept")
@require_role(Role.EDITOR)
def draft() -> Any:
    """Show the draft with the estimate of what it does; for the page's script, whether that is
    ready."""
    shelf = get_shelf()
    now = current_draft(shelf)
    found = _estimate(now)
    if wants_part():
        return {"busy": found.is_waiting}
    job = last_job(shelf)
    return render_template(
        "redactie/concept.html",
        draft=now,
        told=[(proposed, tell(proposed.change, now.corpus)) for proposed in now.changes],
        estimate=found,
        job=job if job and job.is_busy else None,
        seconds=usual_seconds(shelf),
    )


@blueprint.post("/concept")
@accepts_body(LARGEST_FORM)
@require_role(Role.EDITOR)
def change_draft() -> Any:
    """Take changes back (`withdraw:BATCH`), or learn and publish the draft (`publish`)."""
    shelf, form = get_shelf(), request.form
    action, _, given = form.get("action", "").partition(":")
    if action == "withdraw":
        handling.undo(shelf, given[:40])
        return redirect(url_for("editor.draft"), 303)
    if action != "publish":
        raise EditingError("Deze actie bestaat niet.")
    reason = form.get("reason", "")
    if form.get("overrule") and not reason.strip():
        raise EditingError(publishing.NO_REASON)
    job_id = publishing.publish(shelf, current_actor(), form.get("note", ""), reason)
    launch_task(str(job_id))
    return redirect(url_for("editor.job", job_id=job_id), 303)


@blueprint.get("/klaarmaken/<int:job_id>")
@require_role(Role.EDITOR)
def job(job_id: int) -> Any:
    """Show how far learning and publishing is; for the page's script as JSON."""
    found = get_job(get_shelf(), job_id)
    if wants_part():
        return {"busy": found.is_busy, "step": found.step}
    return render_template("redactie/klaarmaken.html", job=found, seconds=_usual(found))


@blueprint.post("/klaarmaken/<int:job_id>")
@require_role(Role.EDITOR)
def overrule(job_id: int) -> Any:
    """Publish what was held back, with a reason."""
    publishing.overrule(get_shelf(), current_actor(), job_id, request.form.get("reason", ""))
    take_over_now()
    return redirect(url_for("editor.job", job_id=job_id), 303)


def _estimate(now: Draft) -> Estimate:
    if now.is_empty:
        return Estimate()
    try:
        return Estimate(estimate(get_shelf(), now, get_assistant()))
    except TooDifferent:
        return Estimate(is_too_different=True)
    except NotReady:
        launch_task(READY)
        return Estimate(is_waiting=True)


def _usual(found: Job) -> int:
    return usual_seconds(get_shelf()) if found.is_busy else 0
