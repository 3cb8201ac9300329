"""No odd input breaks a route: every trap in every field of every route, and hypothesis's own."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_input import FILES, FORM, QUERY, TRAPS, WORDS
from route_access import ROUTES
from signed_in import Person
from werkzeug.routing import IntegerConverter
from werkzeug.test import EnvironBuilder

from assistant import Assistant
from corpus.importers.chat import parse_text
from web import create_app
from web.accounts import Role, set_role
from web.config import Settings
from web.queue.intake import add_messages
from web.queue.webinars import list_webinars, renew_live_token
from web.switch import get_switch

FULL = bool(os.environ.get("VRAAGWIJZER_FULL"))
EXAMPLES = 2000 if FULL else 12
SECONDS = 15.0
"""Of the processor, for the worst request, whatever is learnt at the first one; what the traps once
found took minutes."""
NOT_TRIED = {("POST", "/moderatie/afmelden")}  # it would end what the others need
ALL = sorted(set(ROUTES) - NOT_TRIED)
IDS = [f"{method} {rule}" for method, rule in ALL]
CHAT = "14:00:01\t From  Jan : Waar laat ik lege batterijen?\n14:01:05\t From  Kees : hallo\n"


class Sender:
    """Send requests as an administrator who is signed in, or as a program with its token."""

    def __init__(self, app: Flask, token: str, live_token: str) -> None:
        self.app, self.client = app, app.test_client()
        self.token, self.live_token = token, live_token
        self.rules = {
            (method, rule.rule): rule
            for rule in app.url_map.iter_rules()
            for method in rule.methods or ()
        }

    def path(self, method: str, rule: str, text: str, number: int = 1) -> str:
        found = self.rules[method, rule]
        values: dict[str, Any] = {}
        for name, converter in found._converters.items():
            word = next(iter(getattr(converter, "items", [_short(text) or "x"])))
            values[name] = number if isinstance(converter, IntegerConverter) else word
        with self.app.test_request_context():
            return self.app.url_map.bind("localhost").build(found.endpoint, values)

    def send(self, method: str, path: str, **options: Any) -> int:
        """Send a request, hold its answer against what every answer must be, give the status."""
        headers = options.pop("headers", {})
        if path.startswith("/api/"):
            headers = {"Authorization": f"Bearer {self.live_token}"} | headers
        start = time.process_time()
        answer = self.client.open(path, method=method, headers=headers, **options)
        if answer.mimetype != "text/event-stream":
            body = answer.get_data()
            assert b"Traceback" not in body
        answer.close()
        assert answer.status_code < 500, (answer.status_code, path[:200])
        assert time.process_time() - start < SECONDS, path[:200]
        return answer.status_code


def _short(text: str) -> str:
    """Give what may stand in an address: half characters cannot, and servers cap its length."""
    return text[:500].encode("utf-8", "ignore").decode()


@lru_cache
def _quoted(text: str) -> bytes:
    """Give text as a form carries it; a half character as the bytes that a broken client sends."""
    raw = text.encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in raw).encode()


def form_of(fields: dict[str, str]) -> bytes:
    return b"&".join(name.encode() + b"=" + _quoted(value) for name, value in fields.items())


@pytest.fixture(scope="module")
def sender(
    assistant: Assistant,
    corpus_folder: Path,
    start_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Sender]:
    data = Path(shutil.copytree(start_data, tmp_path_factory.mktemp("traps") / "data"))
    chosen = Settings(corpus=corpus_folder, data=data, requests_per_minute=0)
    app = create_app(chosen, assistant)
    database = app.extensions["vraagwijzer.database"]
    [webinar] = list_webinars(database)
    add_messages(database, webinar.id, parse_text(CHAT).messages)
    set_role(database, "Anna", Role.ADMINISTRATOR)
    person = Person(app.test_client(), "Anna")
    assert person.sign_in().status_code == 303
    sender = Sender(app, person.token, renew_live_token(database, webinar.id))
    sender.client = person.client
    yield sender
    database.close()


@pytest.fixture(autouse=True)
def _is_on(sender: Sender) -> None:
    """Open the chat page again: an odd reason for the off switch is a reason, and closes it."""
    with sender.app.app_context():
        if not get_switch().is_on:
            get_switch().turn(on=True, reason="", by="Anna")


@pytest.mark.parametrize(("method", "rule"), ALL, ids=IDS)
def test_no_trap_breaks_a_route(sender: Sender, method: str, rule: str) -> None:
    for text in TRAPS.values():
        path = sender.path(method, rule, text)
        query = {name: _short(text) for name in QUERY}
        headers = {"Last-Event-ID": _header(text), "If-None-Match": _header(text)}
        if method == "GET":
            sender.send(method, path, query_string=query, headers=headers)
            continue
        if path.startswith("/api/"):
            _send_json(sender, path, text)
            continue
        own = {"csrf_token": sender.token}
        names = FORM if len(text) < 10_000 else ["text"]  # too much for any route as it is
        form = form_of(dict.fromkeys(names, text) | own)
        kind = "application/x-www-form-urlencoded"
        status = sender.send(method, path, data=form, content_type=kind, query_string=query)
        assert status != 403, "the token did not count, so nothing was tried"
        if rule.endswith("inlezen"):
            sender.send(method, path, **_upload(dict.fromkeys(FORM, _short(text)) | own, text))


def _send_json(sender: Sender, path: str, text: str) -> None:
    kind = "application/json"
    for name in ("question", "text", "id", "time", "reply_to", "messages", "reactions"):
        body = json.dumps({"text": "verf?", name: text})
        sender.send("POST", path, data=body, content_type=kind)
        sender.send("POST", path, data=json.dumps({name: [text, {}]}), content_type=kind)
    sender.send("POST", path, data=text.encode("utf-8", "surrogatepass"), content_type=kind)


def _upload(fields: dict[str, str], text: str) -> dict[str, Any]:
    content = text.encode("utf-8", "surrogatepass")
    builder = EnvironBuilder(method="POST", data=fields)
    for name in FILES:
        builder.files.add_file(name, BytesIO(content), f"{_short(text)[:40]}.txt")
    environ = builder.get_environ()
    with environ["wsgi.input"] as stream:
        body = stream.read()
    builder.close()
    return {"data": body, "content_type": environ["CONTENT_TYPE"]}


def _header(text: str) -> str:
    return text[:200].encode("ascii", "ignore").decode().translate({10: None, 13: None, 0: None})


@pytest.mark.parametrize("name", TRAPS)
def test_no_trap_in_a_cookie_or_header_breaks_anything(sender: Sender, name: str) -> None:
    text = _header(TRAPS[name]).replace(";", "")
    client = sender.app.test_client()
    client.set_cookie("vraagwijzer-sessie", text or "x")
    client.set_cookie("vraagwijzer-formulier", text or "x")
    client.set_cookie("vraagwijzer-aanmelding", text or "x")
    for header in ("Origin", "Host", "X-CSRF-Token", "X-Requested-With", "Accept", "User-Agent"):
        for method, path in (("GET", "/moderatie"), ("POST", "/"), ("POST", "/moderatie")):
            answer = client.open(path, method=method, headers={header: text})
            assert answer.status_code < 500, (header, path)


ANY_TEXT = st.one_of(
    st.sampled_from(WORDS),
    st.builds("{}{}".format, st.sampled_from(WORDS), st.integers(-1, 9)),
    st.integers(-1, 99).map(str),
    st.text(max_size=60),
    st.text(st.characters(categories=["Cs", "Mn", "Cf", "Cc", "Lo"]), max_size=30),
    st.sampled_from([text for text in TRAPS.values() if len(text) < 1000]),
)
# The one word that would delete the webinar that the others need.
FIELDS = st.dictionaries(
    st.sampled_from(FORM), ANY_TEXT.filter(lambda text: "verwijder" not in text), max_size=8
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["question", "text", "id", "time", "reply_to", "messages", "votes"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(("method", "rule"), ALL, ids=IDS)
def test_hypothesis_breaks_no_route(sender: Sender, method: str, rule: str) -> None:
    """12 cases a route; 2,000 with `make verify-full`."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not FULL,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        text=ANY_TEXT,
        number=st.integers(0, 3) | st.integers(0, 10**20),
        fields=FIELDS,
        query=st.dictionaries(st.sampled_from(QUERY), ANY_TEXT.map(_short), max_size=4),
        body=JSON,
        as_script=st.booleans(),
    )
    def run(
        text: str,
        number: int,
        fields: dict[str, str],
        query: dict[str, str],
        body: Any,
        as_script: bool,
    ) -> None:
        path = sender.path(method, rule, text, number)
        headers = {"X-Requested-With": "fetch"} if as_script else {}
        options: dict[str, Any] = {"headers": headers, "query_string": query}
        if method == "POST" and path.startswith("/api/"):
            options |= {"data": json.dumps(body), "content_type": "application/json"}
        elif method == "POST":
            fields = {name: fields.get(name, "") for name in fields} | {"csrf_token": sender.token}
            options |= {
                "data": form_of(fields),
                "content_type": "application/x-www-form-urlencoded",
            }
        sender.send(method, path, **options)

    run()
