"""Serve what comes after a webinar: draft entries to edit, merge, split and take along."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for

from web.accounts import Role, list_moderators
from web.answering import get_corpus
from web.auth import current_actor, require_role
from web.db import get_database
from web.moderation.blueprint import blueprint
from web.moderation.drafts import (
    APPROVED,
    DraftsError,
    TakenBack,
    canonical,
    draft_entries,
    from_json,
    take_back,
    unmatched_cards,
)
from web.moderation.exports import EXPORTS
from web.moderation.keys import AFTERWARDS
from web.moderation.labels import SAID
from web.moderation.screen import card_in
from web.queue import actions, regrouping
from web.queue.cards import Act, Card, Conflict, QueueError, Result
from web.queue.drafting import Edit, edit_draft, move
from web.queue.labels import labelled_questions, labels_as_zip
from web.queue.reading import list_wordings
from web.queue.texts import approved_details
from web.queue.undoing import undo
from web.queue.webinars import get_webinar, keeps_names
from web.security import accepts_body

LARGEST_FILE = 4 * 2**20
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
        has_names=keeps_names(database, webinar_id),
        owners=[item.name for item in list_moderators(database) if item.is_active],
        done=number if number.isascii() and number.isdecimal() else "",
        said=_taken_back() or _SAID.get(action, ""),
        registry=AFTERWARDS,
        keys={key.name: key for key in AFTERWARDS},
    )


def _taken_back() -> str:
    """Tell what came of a file, when the address says that there was one."""
    if "erbij" not in request.args:
        return ""
    counts = (
        _number(request.args.get(name, "")) for name in ("erbij", "anders", "gelijk", "bezet")
    )
    return TakenBack(*counts).summary


@blueprint.post("/webinar/<int:webinar_id>/na-afloop")
@accepts_body(LARGEST_FILE)
@require_role(Role.MODERATOR)
def change_drafts(webinar_id: int) -> Any:
    """Do one thing with a draft entry, or with several at once."""
    action, _, given = request.form.get("action", "").partition(":")
    if action == "undo":
        result = undo(get_database(), webinar_id, current_actor(), _number(given))
    elif action == "merge":
        result = _merge(webinar_id)
    elif action == "move":
        result = _move(webinar_id)
    elif action == "import":
        return _import(webinar_id)
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


_SAID = {
    **SAID,
    "merge": "De groepen staan nu bij elkaar.",
    "move": "De formuleringen zijn verplaatst.",
    "save": "Het concept is bewaard.",
}


def _merge(webinar_id: int) -> Result:
    ids = [_number(value) for value in request.form.getlist("group")]
    if len(ids) < 2:
        raise QueueError("Kies minstens twee groepen om samen te voegen.")
    cards = [card_in(webinar_id, card_id) for card_id in ids]
    first = max(cards, key=lambda card: (card.asked, -card.id))
    others = [card.id for card in cards if card.id != first.id]
    return regrouping.merge(get_database(), _act(first, confirm=True), others)


def _move(webinar_id: int) -> Result:
    """Put the chosen wordings of one group on the chosen group."""
    target = [_number(value) for value in request.form.getlist("group")]
    given = {
        name.removeprefix("wording-"): ",".join(values).split(",")
        for name, values in request.form.lists()
        if name.startswith("wording-")
    }
    given.pop(str(target[0]) if target else "", None)
    if len(target) != 1 or len(given) != 1:
        raise QueueError(
            "Kies formuleringen van één groep, en vink daarnaast één groep aan waar ze bij horen."
        )
    ((source, values),) = given.items()
    card = card_in(webinar_id, _number(source))
    card_in(webinar_id, target[0])
    seen = _number(request.form.get(f"version-{card.id}", ""))
    ids = [_number(value) for value in values]
    return move(get_database(), _act(card, version=seen), ids, target[0])


def _import(webinar_id: int) -> Any:
    """Take a file of draft entries back in, and tell what came of it."""
    database = get_database()
    get_webinar(database, webinar_id)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise QueueError("Kies eerst een JSON-bestand met concepten.")
    keep = approved_details(get_corpus())
    try:
        drafts = from_json(upload.read())
    except DraftsError as error:
        raise QueueError(str(error)) from None
    found = take_back(database, webinar_id, current_actor(), drafts, keep)
    counts: dict[str, Any] = {"erbij": found.added, "anders": found.changed, "gelijk": found.same}
    counts["bezet"] = found.held
    return redirect(url_for("moderation.afterwards", webinar_id=webinar_id, **counts), 303)


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
    edit = Edit(
        form.get(f"question-{card.id}", ""),
        form.get(f"answer-{card.id}", ""),
        form.get(f"owner-{card.id}", ""),
        form.get(f"status-{card.id}", "") == APPROVED,
    )
    keep = approved_details(get_corpus())
    return edit_draft(database, _act(card, version=seen), edit, keep)


def _act(card: Card, *, version: int | None = None, confirm: bool = False) -> Act:
    seen = card.version if version is None else version
    return Act(card.id, current_actor(), seen, confirm=confirm)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _download(content: bytes, mimetype: str, filename: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
