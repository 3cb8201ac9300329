"""Tell the consoles what happens: a stream of events, and the same on request."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Any, Final

from flask import Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import Forbidden

from web.accounts import Role
from web.answering import prepare_grouping
from web.auth import current_actor, require_role
from web.db import DatabaseUnavailable, get_database
from web.errors import problem
from web.moderation.blueprint import blueprint
from web.moderation.console import row
from web.queue.cards import NotFound
from web.queue.reading import (
    count_cards,
    events_since,
    get_cards,
    last_sequence,
    present_moderators,
)

STREAMS: Final = 16
"""Streams a process at a time: each holds one of the server's threads (web/server.py)."""
RETRY_SECONDS: Final = 10
LOOK_SECONDS: Final = 0.25
"""Time between two looks at the number of the last event: one row by its key."""
BEAT_SECONDS: Final = 15
"""A line without meaning after this time, so that a browser that left is noticed."""
STREAM_SECONDS: Final = 60
"""A stream ends after this time, and the browser opens the next."""
EVENTS_AT_ONCE: Final = 500

_free: Final = BoundedSemaphore(STREAMS)


@blueprint.get("/webinar/<int:webinar_id>/stroom")
@require_role(Role.MODERATOR)
def stream(webinar_id: int) -> Response:
    """Give the events after the one named, and then each as it comes (Server-Sent Events)."""
    last_sequence(get_database(), webinar_id)  # a webinar that is not there is a 404, no stream
    prepare_grouping()
    if not _free.acquire(blocking=False):
        text = "Er kijken nu te veel schermen live mee. Dit scherm ververst af en toe."
        return problem(503, text, {"Retry-After": str(RETRY_SECONDS)})
    after = _number(request.headers.get("Last-Event-ID") or request.args.get("na", ""))
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    lines = _lines(app, request.environ, webinar_id, after)
    response = Response(lines, mimetype="text/event-stream")
    response.call_on_close(_free.release)  # also when the browser left before the first line
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events back
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/webinar/<int:webinar_id>/nieuws")
@require_role(Role.MODERATOR)
def news(webinar_id: int) -> Response:
    """Give what happened after an event, once."""
    after = _number(request.args.get("na", ""))
    last_sequence(get_database(), webinar_id)
    found = _news(webinar_id, after)
    return jsonify(found or {"sequence": after, "cards": [], "more": False})


def _lines(app: Flask, environ: dict[str, Any], webinar_id: int, after: int) -> Iterator[str]:
    """Give the lines of a stream; it ends when sign-in, webinar or database is gone."""
    end = time.monotonic() + STREAM_SECONDS
    beat = 0.0
    yield "retry: 1000\n\n"
    with suppress(NotFound, Forbidden, DatabaseUnavailable):  # the browser asks again and is told
        while time.monotonic() < end and not _has_left(environ):
            # A context for each look: it knows nothing of an earlier one, so sign-in counts anew.
            with app.request_context(environ):
                found = None
                if last_sequence(get_database(), webinar_id) > after:
                    found = _news(webinar_id, after)
                elif time.monotonic() - beat > BEAT_SECONDS:
                    current_actor()
            if found:
                after = found["sequence"]
                yield f"id: {after}\ndata: {json.dumps(found, ensure_ascii=False)}\n\n"
                continue
            if time.monotonic() - beat > BEAT_SECONDS:
                beat = time.monotonic()
                yield ": er is nog verbinding\n\n"
            time.sleep(LOOK_SECONDS)


def _has_left(environ: dict[str, Any]) -> bool:
    """Tell whether the browser closed the connection, where the server lets us look (gunicorn).

    A write would notice it too, but only with the next event or beat: until then a moderator who
    reloads a few times would hold one place for each time.
    """
    connection = environ.get("gunicorn.socket")
    if not isinstance(connection, socket.socket):
        return False
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except (OSError, ValueError):  # closed on our side already
        return True


def _news(webinar_id: int, after: int) -> dict[str, Any] | None:
    """Give the cards that events changed, as they are now; None when there were none."""
    database, actor = get_database(), current_actor()
    events = events_since(database, webinar_id, after, EVENTS_AT_ONCE)
    if not events:
        return None
    ids = sorted({card_id for event in events for card_id in event.card_ids})
    others = [found.name for found in present_moderators(database, webinar_id) if found != actor]
    return {
        "sequence": events[-1].sequence,
        "cards": [row(card) for card in get_cards(database, ids)],
        "counts": count_cards(database, webinar_id, actor=actor),
        "present": f"Jij en {', '.join(others)} modereren" if others else "Jij modereert",
        "more": len(events) == EVENTS_AT_ONCE,
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
