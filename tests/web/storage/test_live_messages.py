"""A program with the webinar's token sends messages while the webinar goes on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from storage_help import QUESTIONS, every_card, messages_of
from werkzeug.test import TestResponse

from assistant import Assistant
from web import create_app
from web.config import Settings
from web.db import Database, set_database
from web.queue.intake import add_messages
from web.queue.reading import list_wordings
from web.queue.webinars import Webinar, archive_webinar, get_webinar, renew_live_token


@pytest.fixture(scope="module")
def app(
    assistant: Assistant, corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Flask:
    return create_app(Settings(corpus_folder, data=tmp_path_factory.mktemp("data")), assistant)


@dataclass
class Sender:
    """Send messages as Power Automate would."""

    client: FlaskClient
    path: str
    token: str

    def __call__(self, body: Any, **headers: str) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.post(self.path, data=data, headers=sent | headers)


@pytest.fixture
def send(app: Flask, database: Database, webinar: Webinar) -> Sender:
    set_database(app, database)
    token = renew_live_token(database, webinar.id)
    return Sender(app.test_client(), f"/api/v1/webinars/{webinar.id}/messages", token)


def test_a_message_becomes_a_card(send: Sender, database: Database, webinar: Webinar) -> None:
    answer = send({"text": QUESTIONS[0], "id": "a1", "time": "2025-03-04T13:05:06Z"})
    (card,) = every_card(database, webinar)
    assert (answer.status_code, answer.json["added"], answer.json["new_cards"]) == (
        200,
        1,
        [card.id],
    )
    assert (card.question, card.first_time) == (QUESTIONS[0], "2025-03-04T14:05:06+01:00")


def test_a_message_without_a_time_came_now(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    send({"text": QUESTIONS[0]})
    assert every_card(database, webinar)[0].first_time == "2025-03-04T15:00:00+01:00"


def test_a_message_sent_twice_is_stored_once(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    assert send({"text": QUESTIONS[0], "id": "a1"}).json["added"] == 1
    again = send({"text": QUESTIONS[0], "id": "a1", "reactions": 2})
    assert (again.json["added"], again.json["updated"]) == (0, 1)
    assert every_card(database, webinar)[0].asked == 3


def test_a_reply_joins_a_message_of_an_earlier_request(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    send([{"text": QUESTIONS[0], "id": "a1"}, {"text": QUESTIONS[1], "id": "a2"}])
    send({"messages": [{"text": "sluit me aan", "reply_to": "a1"}]})
    asked = {card.question: card.asked for card in every_card(database, webinar)}
    assert asked == {QUESTIONS[0]: 2, QUESTIONS[1]: 1}


def test_private_messages_are_counted_and_never_stored(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    answer = send([{"text": "kanarie?", "private": True}, {"text": QUESTIONS[0]}])
    assert (answer.json["private_skipped"], answer.json["added"]) == (1, 1)
    assert get_webinar(database, webinar.id).private_skipped == 1
    assert [card.question for card in every_card(database, webinar)] == [QUESTIONS[0]]


def test_the_saved_chat_afterwards_adds_only_what_was_missed(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    send([{"text": text, "id": text} for text in QUESTIONS[:2]])
    chat = messages_of([QUESTIONS[0], QUESTIONS[1], QUESTIONS[0], QUESTIONS[2]], "file")
    assert add_messages(database, webinar.id, chat).added == 2
    assert add_messages(database, webinar.id, chat).added == 0
    first = next(c for c in every_card(database, webinar) if c.question == QUESTIONS[0])
    assert list_wordings(database, first.id)[0].times == 2


def test_without_the_right_token_nothing_comes_in(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    body = {"text": QUESTIONS[0]}
    for wrong in ("Bearer x", "Bearer", "", f"Basic {send.token}", "Bearer \u00e9"):
        assert send(body, Authorization=wrong).status_code == 401
    send.path = "/api/v1/webinars/999/messages"
    assert send(body).status_code == 401
    assert every_card(database, webinar) == []


def test_an_archived_webinar_takes_nothing(
    send: Sender, database: Database, webinar: Webinar
) -> None:
    archive_webinar(database, webinar.id)
    assert send({"text": QUESTIONS[0]}).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[" * 8000, 400),
        (b"\xff\xfe", 400),
        ("null", 422),
        ("[null, null]", 422),
        ('{"messages": 5}', 422),
        ('{"text": {}}', 422),
        ('{"text": "a", "id": 5}', 422),
        ('{"text": "a", "votes": -1}', 422),
        ('{"text": "a", "votes": 1e400}', 422),
        ('{"text": "a", "votes": true}', 422),
        ('{"text": "a", "private": "ja"}', 422),
        (json.dumps([{"text": "a"}] * 501), 422),
        (json.dumps({"text": "a" * 300_000}), 413),
        ('{"text": "\\ud800 \\u0000?", "id": "\\ud800", "time": "9999-12-31T23:59:59-12:00"}', 200),
        ("[]", 200),
    ],
)
def test_odd_bodies_get_one_clear_sentence(send: Sender, body: Any, status: int) -> None:
    answer = send(body)
    assert answer.status_code == status
    if status != 200:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["detail"].endswith(".")


def test_other_types_than_json_are_refused(send: Sender) -> None:
    assert send("text=hoi", **{"Content-Type": "text/plain"}).status_code == 415


def test_a_reply_says_what_the_document_promises(
    send: Sender, app: Flask, check_against: Callable[[Any, str], None]
) -> None:
    check_against(send({"text": QUESTIONS[0]}).json, "Taken")


@pytest.fixture
def check_against(app: Flask) -> Callable[[Any, str], None]:
    """Give a function that holds a value against a schema of the OpenAPI document."""
    from jsonschema import Draft202012Validator

    document = app.test_client().get("/api/v1/openapi.json").json

    def check(value: Any, name: str) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        Draft202012Validator(schema).validate(value)

    return check
