"""Take the actions of the console: from a form, or from its script with a number per action."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Response, jsonify, redirect, render_template, request, url_for

from web.accounts import Role
from web.answering import get_assistant, get_corpus
from web.auth import current_actor, require_role
from web.db import Database, get_database
from web.moderation.blueprint import LARGEST_FORM, blueprint, wants_part
from web.moderation.console import card_parts, row
from web.moderation.labels import SAID
from web.moderation.screen import Look, card_in, screen, versus
from web.moderation.suggestions import suggest, title_of
from web.queue import actions, regrouping
from web.queue.cards import Act, Channel, Conflict, Done, QueueError, Result, State
from web.queue.reading import count_cards, get_card
from web.queue.speaking import Turn, change_turn
from web.queue.texts import approved_details
from web.queue.undoing import undo
from web.security import accepts_body

Form = Mapping[str, str]
Action = Callable[[Database, Act, Form], Result]


@blueprint.post("/webinar/<int:webinar_id>/kaart/<int:card_id>")
@accepts_body(LARGEST_FORM)
@require_role(Role.MODERATOR)
def act(webinar_id: int, card_id: int) -> Any:
    """Do the action that the form names."""
    form = request.form
    name, _, value = form.get("action", "").partition(":")
    if name not in ACTIONS:
        raise QueueError("Deze actie bestaat niet.")
    card_in(webinar_id, card_id)
    asked = Act(
        card_id,
        current_actor(),
        _number(form.get("version", "")) or 0,
        form.get("key", "")[:80],
        confirm=form.get("confirm") == "1",
    )
    result = ACTIONS[name](get_database(), asked, {**form.to_dict(), "value": value})
    return _answer(webinar_id, result, name)


@blueprint.post("/webinar/<int:webinar_id>/ongedaan")
@require_role(Role.MODERATOR)
def take_back(webinar_id: int) -> Any:
    """Take back one action: the one with the number given, else one's own last."""
    sequence = _number(request.form.get("sequence", ""))
    key = request.form.get("key", "")[:80]
    return _answer(
        webinar_id, undo(get_database(), webinar_id, current_actor(), sequence, key), "undo"
    )


def _draft(database: Database, asked: Act, form: Form) -> Result:
    return actions.save_draft(
        database, asked, form.get("text", ""), _entry(form), keep=approved_details(get_corpus())
    )


def _pick(database: Database, asked: Act, form: Form) -> Result:
    """Take the answer of an entry or gap over into the text field."""
    question = card_question(asked.card_id)
    for item in suggest(get_assistant(), question).items:
        if item.id == form["value"]:
            return actions.save_draft(
                database, asked, item.text, item.id, keep=approved_details(get_corpus())
            )
    raise QueueError("Dit antwoord staat niet meer bij deze vraag.")


def _answer_by(channel: Channel) -> Action:
    def action(database: Database, asked: Act, form: Form) -> Result:
        return actions.answer(
            database,
            asked,
            form.get("text", ""),
            channel=channel,
            entry_id=_entry(form),
            keep=approved_details(get_corpus()),
        )

    return action


def _duplicate(database: Database, asked: Act, form: Form) -> Result:
    of = _number(form.get("of", ""))
    if of is None:
        raise QueueError("Kies eerst een vraag.")
    return regrouping.mark_duplicate(database, asked, of)


def _split(database: Database, asked: Act, _form: Form) -> Result:
    numbers = [_number(value) for value in ",".join(request.form.getlist("wording")).split(",")]
    return regrouping.split(database, asked, [number for number in numbers if number is not None])


ACTIONS: Final[Mapping[str, Action]] = {
    "claim": lambda database, asked, _form: actions.claim(database, asked),
    "release": lambda database, asked, _form: actions.release(database, asked),
    "touch": lambda database, asked, _form: actions.keep_claim(database, asked),
    "draft": _draft,
    "pick": _pick,
    "none": lambda database, asked, _form: actions.choose(database, asked, ""),
    "answer": _answer_by(Channel.TEXT),
    "live": _answer_by(Channel.LIVE),
    "later": _answer_by(Channel.LATER),
    "again": lambda database, asked, _form: actions.answer_again(database, asked),
    "speaker": lambda database, asked, _form: actions.give_to_speaker(database, asked),
    "first": lambda database, asked, _form: change_turn(database, asked, Turn.FIRST),
    "earlier": lambda database, asked, _form: change_turn(database, asked, Turn.EARLIER),
    "later-turn": lambda database, asked, _form: change_turn(database, asked, Turn.LATER),
    "separate": lambda database, asked, _form: regrouping.separate(database, asked),
    "aside": lambda database, asked, _form: actions.set_aside(database, asked),
    "reject": lambda database, asked, _form: actions.set_aside(database, asked, State.REJECTED),
    "noise": lambda database, asked, _form: actions.mark_noise(database, asked),
    "reopen": lambda database, asked, _form: actions.reopen(database, asked),
    "rename": lambda database, asked, form: actions.rename(
        database, asked, form.get("question", "")
    ),
    "hide": lambda database, asked, _form: actions.hide(database, asked),
    "unhide": lambda database, asked, _form: actions.hide(database, asked, is_hidden=False),
    "duplicate": _duplicate,
    "split": _split,
}


def card_question(card_id: int) -> str:
    """Give the question of a card."""
    return get_card(get_database(), card_id).question


def _answer(webinar_id: int, result: Result, name: str) -> Any:
    if isinstance(result, Conflict):
        return _conflict(webinar_id, result, name)
    if wants_part():
        return jsonify(_told(webinar_id, result, name))
    return _back(webinar_id, result, name)


def _told(webinar_id: int, done: Done, name: str) -> dict[str, Any]:
    changed = done.event.card_ids if done.event else (done.card.id,)
    return {
        **row(done.card),
        **card_parts(webinar_id, done.card.id),
        "event": done.event.sequence if done.event else None,
        "said": SAID.get(name, ""),
        "is_replay": done.is_replay,
        "changed": [card_id for card_id in changed if card_id != done.card.id],
        "counts": count_cards(get_database(), webinar_id, actor=current_actor()),
    }


def _back(webinar_id: int, done: Done, name: str) -> Any:
    """Send a page without script back to where it was, on the card that was changed."""
    parts = Look.of(request.form).address(kaart=done.card.id)
    if done.event and name in SAID:
        parts |= {"gedaan": done.event.sequence, "actie": name}
    return redirect(url_for("moderation.console", webinar_id=webinar_id, **parts) + "#kaart", 303)


def _conflict(webinar_id: int, conflict: Conflict, name: str) -> Any:
    """Show both versions, with what can be done about it."""
    names = {"conflict": conflict, "versus": versus(conflict), "asked": name, "sent": request.form}
    if wants_part():
        body = {
            **row(conflict.theirs),
            **card_parts(webinar_id, conflict.theirs.id, **names),
            "reason": conflict.reason,
        }
        response = jsonify(body)
        response.status_code = 409
        return response
    look = Look.of({**request.form.to_dict(), "kaart": str(conflict.theirs.id)})
    shown = screen(webinar_id, look)
    page = render_template(
        "moderatie/console.html",
        screen=shown,
        webinar=shown.webinar,
        webinar_id=webinar_id,
        look=look,
        panel=shown.panel,
        actor=current_actor(),
        done=None,
        **names,
    )
    return Response(page, 409)


def _entry(form: Form) -> str | None:
    """Give the entry or gap that the form names; None when it names none that exists."""
    given = form.get("entry_id", "")
    if given == "-":  # 'geen passend antwoord'
        return ""
    return given if given and title_of(get_corpus(), given) else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
