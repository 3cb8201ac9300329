"""Serve the list of webinars and the settings of one: links, public page, archive, delete."""

from typing import Any, Final

from flask import redirect, render_template, request, url_for

from web.accounts import Role
from web.auth import require_role
from web.db import get_database
from web.moderation.blueprint import blueprint
from web.moderation.moments import parse_local
from web.queue.cards import Filter, QueueError
from web.queue.reading import count_cards
from web.queue.webinars import (
    archive_webinar,
    create_webinar,
    delete_webinar,
    edit_webinar,
    forget_names,
    get_webinar,
    keeps_names,
    list_webinars,
    renew_links,
    renew_live_token,
)

DELETE_WORD: Final = "verwijder"
"""What must be typed before a webinar is deleted: it cannot be taken back."""


@blueprint.get("")
@require_role(Role.MODERATOR)
def webinars() -> str:
    """Show the webinars with how many questions are open."""
    database = get_database()
    shown = [(item, _open(item.id)) for item in list_webinars(database)]
    archived = list_webinars(database, archived=True)
    return render_template("moderatie/webinars.html", webinars=shown, archived=archived)


@blueprint.post("")
@require_role(Role.MODERATOR)
def new_webinar() -> Any:
    """Make a webinar and go on to take its chat in."""
    starts_at = parse_local(request.form.get("starts_at", ""))
    webinar = create_webinar(get_database(), request.form.get("title", ""), starts_at)
    return redirect(url_for("moderation.import_form", webinar_id=webinar.id), 303)


@blueprint.get("/webinar/<int:webinar_id>/instellingen")
@require_role(Role.MODERATOR)
def settings(webinar_id: int) -> str:
    """Show the links and settings of a webinar."""
    return _settings(webinar_id)


@blueprint.post("/webinar/<int:webinar_id>/instellingen")
@require_role(Role.MODERATOR)
def change_settings(webinar_id: int) -> Any:
    """Do one thing with a webinar, named by the form field `action`."""
    action = request.form.get("action", "")
    if action == "live":  # the token is shown once, so it cannot survive a redirect
        return _settings(webinar_id, renew_live_token(get_database(), webinar_id))
    if action == "delete":
        return _delete(webinar_id)
    _change(webinar_id, action)
    return redirect(url_for("moderation.settings", webinar_id=webinar_id), 303)


def _change(webinar_id: int, action: str) -> None:
    database = get_database()
    if action == "rename":
        edit_webinar(database, webinar_id, title=request.form.get("title", ""))
    elif action in ("open", "close"):
        edit_webinar(database, webinar_id, is_public=action == "open")
    elif action in ("archive", "restore"):
        archive_webinar(database, webinar_id, is_archived=action == "archive")
    elif action == "links":
        renew_links(database, webinar_id)
    elif action == "names":
        forget_names(database, webinar_id)
    else:
        raise QueueError("Deze actie bestaat niet.")


def _delete(webinar_id: int) -> Any:
    if request.form.get("word", "").strip().casefold() != DELETE_WORD:
        raise QueueError(f"Typ eerst het woord ‘{DELETE_WORD}’ in het vak.")
    delete_webinar(get_database(), webinar_id)
    return redirect(url_for("moderation.webinars"), 303)


def _settings(webinar_id: int, live_token: str = "") -> str:
    webinar = get_webinar(get_database(), webinar_id)
    return render_template(
        "moderatie/instellingen.html",
        webinar=webinar,
        live_token=live_token,
        word=DELETE_WORD,
        has_names=keeps_names(get_database(), webinar_id),
    )


def _open(webinar_id: int) -> int:
    return count_cards(get_database(), webinar_id)[Filter.OPEN]
