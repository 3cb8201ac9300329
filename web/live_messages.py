"""Take the messages of a chat in while it goes on, from a program that holds the webinar's token.

Power Automate, Zapier or a webhook of one's own sends each message as JSON; docs/web.md has a curl
line. The token is no moderator's session: it can add messages to one webinar and nothing else.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from corpus.importers.chat import Message
from web.answering import get_grouping
from web.db import get_database
from web.errors import problem
from web.limits import Budget, counts_as
from web.queue.cards import NotFound, QueueError
from web.queue.intake import Intake, add_messages
from web.queue.messages import LIVE
from web.queue.webinars import accepts_live_token
from web.security import accepts_body

blueprint = Blueprint("live_messages", __name__, url_prefix="/api/v1")

MAX_BODY: Final = 256 * 1024
MAX_MESSAGES: Final = 500
ZONE: Final = ZoneInfo("Europe/Amsterdam")
_UNAUTHORIZED: Final = "Stuur de sleutel van dit webinar mee: Authorization: Bearer SLEUTEL."
_NOT_JSON: Final = "Stuur JSON, met de kop Content-Type: application/json."
_SHAPE: Final = 'Stuur een bericht als {"text": "..."}, of meer als {"messages": [...]}.'
_NUMBERS: Final = ("reactions", "votes")
_LARGEST: Final = 100_000


class _WrongMessage(ValueError):
    """Tell in one Dutch sentence what is wrong with a message."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """Hold the public messages of a request, and how many private ones were left out."""

    messages: tuple[Message, ...]
    replies: dict[str, str]
    """Key of the message that a message answers, by its own key."""
    private: int


@blueprint.post("/webinars/<int:webinar_id>/messages")
@accepts_body(MAX_BODY)
@counts_as(Budget.LIVE)
def take(webinar_id: int) -> Response:
    """Take one or more messages in; one with an `id` that was sent before only updates it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not accepts_live_token(
        get_database(), webinar_id, token.strip()
    ):
        return problem(401, _UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})
    if request.mimetype != "application/json":
        return problem(415, _NOT_JSON)
    try:
        sent = _read(json.loads(request.get_data()), get_database().now())
    except _WrongMessage as error:
        return problem(422, str(error))
    except (ValueError, RecursionError):
        return problem(400, "De inhoud is geen geldige JSON.")
    try:
        intake = add_messages(
            get_database(),
            webinar_id,
            sent.messages,
            replies=sent.replies,
            more_private=sent.private,
            grouping=get_grouping(),
        )
    except (NotFound, QueueError):  # deleted or archived since the token was checked
        return problem(401, _UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})
    return Response(json.dumps(_told(intake, sent.private)), mimetype="application/json")


def _told(intake: Intake, private: int) -> dict[str, Any]:
    return {
        "added": intake.added,
        "updated": intake.updated,
        "questions": intake.questions,
        "private_skipped": private,
        "new_cards": list(intake.new_cards),
        "grown_cards": list(intake.grown_cards),
    }


def _read(body: Any, now: datetime) -> _Sent:
    """Give the messages of a request body; raises _WrongMessage."""
    if isinstance(body, dict) and "messages" in body:
        body = body["messages"]
    items = body if isinstance(body, list) else [body]
    if len(items) > MAX_MESSAGES:
        raise _WrongMessage(f"Stuur hoogstens {MAX_MESSAGES} berichten tegelijk.")
    for item in items:
        _check(item)
    public = [item for item in items if not item.get("private", False)]
    messages = tuple(_message(item, place, now) for place, item in enumerate(public))
    replies = {
        message.key: live_key(item["reply_to"])
        for message, item in zip(messages, public, strict=True)
        if item.get("reply_to")
    }
    return _Sent(messages, replies, len(items) - len(public))


def _check(item: Any) -> None:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise _WrongMessage(_SHAPE)
    for name in ("id", "time", "reply_to"):
        if not isinstance(item.get(name, ""), str):
            raise _WrongMessage(f"{name} moet tekst zijn.")
    for name in ("private", "from_host"):
        if not isinstance(item.get(name, False), bool):
            raise _WrongMessage(f"{name} moet true of false zijn.")
    for name in _NUMBERS:
        number = item.get(name, 0)
        if type(number) is not int or not 0 <= number <= _LARGEST:
            raise _WrongMessage(f"{name} moet een getal van 0 tot en met {_LARGEST} zijn.")


def _message(item: dict[str, Any], place: int, now: datetime) -> Message:
    return Message(
        index=place,
        key=live_key(item["id"]) if item.get("id") else f"{LIVE}{token_hex(16)}",
        text=item["text"],
        time=_time(item.get("time", ""), now),
        reactions=item.get("reactions", 0),
        votes=item.get("votes", 0),
        from_host=item.get("from_host", False),
    )


def live_key(message_id: str) -> str:
    """Give the key of a live message by the id that its platform gave it."""
    return LIVE + sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _time(text: str, now: datetime) -> str:
    """Give the time on the clock in the Netherlands; now, when none was sent."""
    try:
        moment = datetime.fromisoformat(text) if text else now
        return (moment if moment.tzinfo is None else moment.astimezone(ZONE)).isoformat(
            timespec="seconds"
        )
    except (ValueError, OverflowError):
        return text
