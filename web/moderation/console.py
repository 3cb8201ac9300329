"""Serve the console: the queue, one card, and the answers that may fit."""

from typing import Any, Final

from flask import Response, jsonify, render_template, request

from web.accounts import Role
from web.answering import prepare_grouping
from web.auth import current_actor, require_role
from web.db import get_database
from web.moderation import keys, moments
from web.moderation.blueprint import blueprint, wants_part
from web.moderation.labels import SAID, event_label
from web.moderation.screen import (
    FILTERS,
    ORDERS,
    Look,
    Screen,
    badge,
    card_in,
    panel,
    screen,
    stamp,
)
from web.moderation.suggestions import title_of
from web.queue.cards import OPEN, Card, Filter, State
from web.queue.reading import list_cards

MENU: Final = (
    ("console", "Vragen"),
    ("import_form", "Chat inlezen"),
    ("report", "Verslag"),
    ("afterwards", "Na afloop"),
    ("settings", "Instellingen"),
)


@blueprint.app_context_processor
def _shared() -> dict[str, Any]:
    return {
        "menu": MENU,
        "keys": keys.BY_NAME,
        "registry": keys.REGISTRY,
        "filters": FILTERS,
        "orders": ORDERS,
        "State": State,
        "Filter": Filter,
        "OPEN": OPEN,
        "badge": badge,
        "stamp": stamp,
        "title_of": title_of,
        "event_label": event_label,
    }


@blueprint.record_once
def _add_filters(state: Any) -> None:
    for name in ("clock", "day", "chat_clock", "wait"):
        state.app.add_template_filter(getattr(moments, name), name)


@blueprint.get("/webinar/<int:webinar_id>")
@require_role(Role.MODERATOR)
def console(webinar_id: int) -> Any:
    """Show the console; for its script, the parts of it as JSON."""
    shown = screen(webinar_id, Look.of(request.args))
    if wants_part():
        return jsonify(parts(shown))
    prepare_grouping()
    return render_template("moderatie/console.html", **_done(), **_names(shown))


@blueprint.get("/webinar/<int:webinar_id>/kaart/<int:card_id>")
@require_role(Role.MODERATOR)
def card(webinar_id: int, card_id: int) -> Response:
    """Give the parts of one card as JSON."""
    return jsonify(card_parts(webinar_id, card_id))


@blueprint.get("/webinar/<int:webinar_id>/kaart/<int:card_id>/dubbel")
@require_role(Role.MODERATOR)
def duplicate_form(webinar_id: int, card_id: int) -> str:
    """Show the cards that this one may be a double of."""
    look = Look.of(request.args)
    chosen = card_in(webinar_id, card_id)
    others = list_cards(get_database(), webinar_id, Filter.ALL, search=look.search, limit=100)
    hidden = (State.NOISE, State.DUPLICATE)
    return render_template(
        "moderatie/_dubbel.html" if wants_part() else "moderatie/dubbel.html",
        webinar={"id": webinar_id},
        webinar_id=webinar_id,
        card=chosen,
        look=look,
        others=[item for item in others if item.id != card_id and item.state not in hidden],
    )


def parts(shown: Screen) -> dict[str, Any]:
    """Give the parts of the console that the script puts in place."""
    names = _names(shown)
    return {
        "sequence": shown.sequence,
        "queue": render_template("moderatie/_rijen.html", **names),
        "filters": render_template("moderatie/_filters.html", **names),
        "card_id": shown.panel.card.id if shown.panel else None,
        "version": shown.panel.card.version if shown.panel else None,
        "card": render_template("moderatie/_kaart.html", **names),
        "suggestions": render_template("moderatie/_antwoorden.html", **names),
    }


def card_parts(webinar_id: int, card_id: int, **names: Any) -> dict[str, Any]:
    """Give the parts that belong to one card."""
    found = panel(webinar_id, card_id)
    names = {
        "webinar_id": webinar_id,
        "panel": found,
        "actor": current_actor(),
        "look": Look.of(request.values),
        **names,
    }
    return {
        "card_id": card_id,
        "version": found.card.version,
        "card": render_template("moderatie/_kaart.html", **names),
        "suggestions": render_template("moderatie/_antwoorden.html", **names),
    }


def row(item: Card) -> dict[str, Any]:
    """Give one card as the queue shows it."""
    html = render_template("moderatie/_rij.html", card=item, actor=current_actor())
    return {
        "id": item.id,
        "arrived": item.arrived,
        "version": item.version,
        "stamp": stamp(item),
        "is_open": item.state in OPEN,
        "row": html,
    }


def _names(shown: Screen) -> dict[str, Any]:
    return {
        "screen": shown,
        "webinar": shown.webinar,
        "webinar_id": shown.webinar.id,
        "look": shown.look,
        "panel": shown.panel,
        "actor": current_actor(),
    }


def _done() -> dict[str, Any]:
    """Give what a page without script has just done, to be taken back in its toast."""
    number, action = request.args.get("gedaan", ""), request.args.get("actie", "")
    if number.isascii() and number.isdecimal() and len(number) < 16 and action in SAID:
        return {"done": int(number), "said": SAID[action]}
    return {}
