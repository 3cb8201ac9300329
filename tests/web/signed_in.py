"""Give the tests of the moderators' pages a site of their own, and people who sign in there."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.importers.chat import parse_text
from web.db import Database
from web.queue.intake import add_messages
from web.queue.webinars import Webinar, list_webinars

PASSWORD = "vier schapen op de dijk"  # noqa: S105 (of accounts that live for one test)
CHAT = """14:00:01\t From  Jan : Waar laat ik lege batterijen?
14:00:20\t From  Piet : sluit me aan
14:01:00\t From  Kees : Hoe bak ik een taart met kersen?
14:01:05\t From  Kees : hallo allemaal
14:02:00\t From  Ans  to  Jan(Privately) : dit is geheim
14:03:00\t From  Ria : Mag een yoghurtbeker bij het plastic?
"""


class Person:
    """Hold a moderator's browser, with the token that its posts carry."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.client = client
        self.name = name
        self.token = ""

    def sign_in(self, password: str = PASSWORD) -> TestResponse:
        page = self.client.get("/moderatie/aanmelden")
        self.token = token_in(page.text)
        answer = self.post("/moderatie/aanmelden", name=self.name, password=password)
        if answer.status_code == 303:
            self.token = token_in(self.client.get("/moderatie/account").text)
        return answer

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, **fields: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **fields})

    def send(self, path: str, **fields: Any) -> TestResponse:
        """Post as the page's script does."""
        headers = {"X-Requested-With": "fetch", "X-CSRF-Token": self.token}
        return self.client.post(path, data=fields, headers=headers)

    def fetch(self, path: str) -> TestResponse:
        """Get as the page's script does."""
        return self.client.get(path, headers={"X-Requested-With": "fetch"})


class Site:
    """Hold an application with a database of its own, two moderators and a webinar."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.database: Database = app.extensions["vraagwijzer.database"]
        self.webinar: Webinar = list_webinars(self.database)[0]
        self.path = f"/moderatie/webinar/{self.webinar.id}"

    def person(self, name: str = "Anna") -> Person:
        person = Person(self.app.test_client(), name)
        assert person.sign_in().status_code == 303
        return person

    def take_in(self, chat: str = CHAT) -> None:
        read = parse_text(chat)
        add_messages(self.database, self.webinar.id, read.messages)


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]
