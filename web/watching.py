"""Tell machines how the application is: alive, ready, and in figures for Prometheus."""

import hmac
import json
from typing import Final

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy import text

from web.answering import get_assistant, get_corpus
from web.db import DatabaseUnavailable, get_database
from web.limits import Budget, counts_as
from web.metrics import get_metrics
from web.switch import get_switch

blueprint = Blueprint("watching", __name__)
_OK: Final = "ok"


@blueprint.get("/health")
@counts_as(Budget.FREE)
def health() -> Response:
    """Tell that the process answers, and nothing more."""
    return _json({"status": _OK})


@blueprint.get("/ready")
@counts_as(Budget.FREE)
def ready() -> Response:
    """Tell whether questions can be answered here: 503 when matching does not work.

    A database that is away, or the off switch, is told but is no 503: whoever takes this server out
    of use for it takes the answers, or the ways to reach people, away as well.
    """
    matching = _matching()
    state = {
        "status": _OK if matching == _OK else "unavailable",
        "matching": matching,
        "database": _database(),
        "switch": "on" if get_switch().is_on else "off",
    }
    return _json(state, 200 if matching == _OK else 503)


@blueprint.get("/metrics")
@counts_as(Budget.FREE)
def metrics() -> Response:
    """Give the figures, to who brings the token; without the setting there is no such page."""
    found = get_metrics()
    if found is None:
        abort(404)
    expected = f"Bearer {current_app.config['VRAAGWIJZER'].metrics_token}"
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    return Response(found.exposed(get_database(), get_switch()), content_type=found.content_type)


def _matching() -> str:
    try:
        get_assistant().reply(get_corpus().entries[0].question)
    except Exception as error:  # whatever it is, this server cannot answer
        current_app.logger.error("matching does not work: %s", type(error).__name__)
        return "unavailable"
    return _OK


def _database() -> str:
    try:
        with get_database().reading() as session:
            session.execute(text("SELECT 1"))
    except DatabaseUnavailable:
        return "unavailable"
    return _OK


def _json(body: dict[str, str], status: int = 200) -> Response:
    response = Response(json.dumps(body), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
