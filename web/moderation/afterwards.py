"""Serve what comes after a webinar: draft entries to edit, merge, split and take along."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for

from web.accounts import Role
from web.answering import get_corpus
from web.auth import current_actor, require_role
from web.db import get_database
from web.moderation.blueprint import LARGEST_FORM, blueprint
from web.moderation.drafts import canonical, draft_entries, unmatched_cards
from web.moderation.exports import EXPORTS
from web.moderation.labels import SAID
from web.moderation.screen import card_in
from web.queue import actions, regrouping
from web.queue.cards import OPEN, Act, Card, Conflict, QueueError, Result
from web.queue.labels import labelled_questions, labels_as_zip
from web.queue.reading import list_wordings
from web.queue.texts import approved_details
from web.queue.undoing import undo
from web.queue.webinars import get_webinar
from web.security import accepts_body

WAS_FIRST = "Iemand anders heeft deze vraag net gewijzigd. Kijk eerst wat er nu staat."


@blueprint.get("/webinar/<int:webinar_id>/na-afloop")
@require_role(Role.MODERATOR)
def afterwards(webinar_id: int) -> str:
    """Show the questions without an answer in the FAQ, as draft entries."""
    database = get_database()
    groups = []
    for card in unmatched_cards(database, webinar_id, get_corpus()):
        wordings = list_wordings(database, card.id)
        groups.append((card, canonical(card.question, wordings), wordings))
    number, action = request.args.get("gedaan", ""), request.args.get("actie", "")
    return render_template(
        "moderatie/na-afloop.html",
        webinar=get_webinar(database, webinar_id),
        groups=groups,
        exports=EXPORTS,
        done=number if number.isascii() and number.isdecimal() else "",
        said=_SAID.get(action, ""),
    )


@blueprint.post("/webinar/<int:webinar_id>/na-afloop")
@accepts_body(LARGEST_FORM)
@require_role(Role.MODERATOR)
def change_drafts(webinar_id: int) -> Any:
    """Do one thing with a draft entry, or with several at once."""
    action, _, given = request.form.get("action", "").partition(":")
    if action == "undo":
        result = undo(get_database(), webinar_id, current_actor(), _number(given))
    elif action == "merge":
        result = _merge(webinar_id)
    else:
        result = _change(card_in(webinar_id, _number(given)), action)
    if isinstance(result, Conflict):
        raise QueueError(WAS_FIRST)
    parts: dict[str, Any] = (
        {"gedaan": result.event.sequence, "actie": action} if result.event else {}
    )
    return redirect(
        url_for("moderation.afterwards", webinar_id=webinar_id, **parts)
        + f"#groep-{result.card.id}",
        303,
    )


@blueprint.get("/webinar/<int:webinar_id>/export/<name>")
@require_role(Role.MODERATOR)
def export(webinar_id: int, name: str) -> Response:
    """Give the draft entries as a file, or what moderators chose as labelled questions."""
    database = get_database()
    get_webinar(database, webinar_id)
    if name == "keuzes":
        packed = labels_as_zip(labelled_questions(database, webinar_id))
        return _download(packed, "application/zip", "keuzes.zip")
    if name not in EXPORTS:
        abort(404)
    wanted = EXPORTS[name]
    content = wanted.write(draft_entries(database, webinar_id, get_corpus()))
    return _download(content, wanted.mimetype, wanted.filename)


_SAID = {**SAID, "merge": "De groepen staan nu bij elkaar.", "save": "Het concept is bewaard."}


def _merge(webinar_id: int) -> Result:
    ids = [_number(value) for value in request.form.getlist("group")]
    if len(ids) < 2:
        raise QueueError("Kies minstens twee groepen om samen te voegen.")
    cards = [card_in(webinar_id, card_id) for card_id in ids]
    first = max(cards, key=lambda card: (card.asked, -card.id))
    others = [card.id for card in cards if card.id != first.id]
    return regrouping.merge(get_database(), _act(first, confirm=True), others)


def _change(card: Card, action: str) -> Result:
    form, database = request.form, get_database()
    seen = _number(form.get(f"version-{card.id}", ""))
    if action == "split":
        wordings = ",".join(form.getlist(f"wording-{card.id}")).split(",")
        ids = [int(value) for value in wordings if value.isascii() and value.isdecimal()]
        return regrouping.split(database, _act(card, version=seen), ids)
    if action == "aside":
        return actions.set_aside(database, _act(card, version=seen))
    if action != "save":
        raise QueueError("Deze actie bestaat niet.")
    result = actions.rename(database, _act(card, version=seen), form.get(f"question-{card.id}", ""))
    text = form.get(f"answer-{card.id}", "")
    if isinstance(result, Conflict) or card.state not in OPEN or text == card.draft:
        return result
    act = _act(result.card, version=result.card.version)
    return actions.save_draft(database, act, text, keep=approved_details(get_corpus()))


def _act(card: Card, *, version: int | None = None, confirm: bool = False) -> Act:
    seen = card.version if version is None else version
    return Act(card.id, current_actor(), seen, confirm=confirm)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _download(content: bytes, mimetype: str, filename: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
