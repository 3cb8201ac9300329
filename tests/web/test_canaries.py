"""What people type is found nowhere: not in logs, files, exports or addresses; and after the purge
no text of anyone is found in any file."""

import json
import logging
import random
from datetime import timedelta
from pathlib import Path

import pytest
from planted_personal import planted
from signed_in import Site

from assistant import Assistant
from corpus.privacy import PersonalData
from web import create_app
from web.accounts import Role, set_role
from web.config import Settings
from web.db import utc_now
from web.editing.asked import get_recorder
from web.models import WebinarRow
from web.queue.webinars import renew_live_token
from web.retention import overdue, purge

FORMATS = ("csv", "csv-komma", "xlsx", "docx", "md", "json", "keuzes")
WORD = "zonnepaneelkanarie"
"""No personal data, so it is stored; it must go after the retention."""
KINDS = (PersonalData.EMAIL, PersonalData.PHONE, PersonalData.BSN, PersonalData.IBAN)


def canaries() -> list[tuple[str, str]]:
    """Give 50 items that tell a person, each with a text that holds it."""
    found = [(item, text) for kind, item, text in planted() if kind in KINDS]
    return random.Random(50).sample(found, 50)  # noqa: S311


def holding(folder: Path, needle: str) -> list[str]:
    """Name the files below a folder that hold a text."""
    wanted = (needle.encode(), needle.encode("utf-16-le"))
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(w in path.read_bytes() for w in wanted)]


@pytest.fixture
def kept(site: Site, assistant: Assistant, corpus_folder: Path, tmp_path: Path) -> Site:
    """Give the site as one that stores the questions of its chat page."""
    settings = Settings(
        corpus_folder, data=tmp_path / "data", store_questions=True, requests_per_minute=0
    )
    app = create_app(settings, assistant)
    app.testing = True
    return Site(app)


def plant(site: Site, text: str) -> list[str]:
    """Type a text wherever one can be typed; give every address that the answers lead to."""
    client = site.app.test_client()
    sent = f"Waar laat ik een {WORD}? {text}"
    answers = [
        client.post("/", data={"question": sent}),
        client.post("/vragen", data={"search": text}),
        client.post("/api/v1/ask", json={"question": sent}),
    ]
    return [answer.headers.get("Location", "") + answer.request.path for answer in answers]


def send_live(site: Site, texts: list[str]) -> None:
    token = renew_live_token(site.database, site.webinar.id)
    messages = [{"id": str(n), "text": f"Mag dit? {WORD} {text}"} for n, text in enumerate(texts)]
    answer = site.app.test_client().post(
        f"/api/v1/webinars/{site.webinar.id}/messages",
        data=json.dumps({"messages": messages}),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 200


def test_fifty_canaries_are_found_nowhere_and_after_the_purge_no_text_is(
    kept: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    items = canaries()
    addresses = [address for _, text in items for address in plant(kept, text)]
    send_live(kept, [text for _, text in items])
    with kept.app.app_context():
        recorder = get_recorder()
        assert recorder is not None
        recorder.flush()
    moderator = kept.person()
    exports = b"".join(moderator.get(f"{kept.path}/export/{name}").data for name in FORMATS)
    data = tmp_path / "data"
    assert holding(data, WORD)  # the texts themselves are stored: this test can fail
    for item, _ in items:
        assert holding(data, item) == [], item
        assert item.encode() not in exports
        assert item not in caplog.text + "".join(addresses)
    kept.database.now = lambda: utc_now() + timedelta(days=31)
    found = overdue(kept.database, 30)
    assert (len(found.webinars), found.questions > 0) == (1, True)
    assert purge(kept.database, 30) == found
    kept.database.close()
    assert holding(data, WORD) == []


def test_the_questions_of_the_chat_page_alone_leave_the_files_too(
    kept: Site, tmp_path: Path
) -> None:
    """No webinar goes along here: what empties the database's log must not hang on one."""
    kept.app.test_client().post("/", data={"question": f"Waar laat ik een {WORD}?"})
    with kept.app.app_context():
        recorder = get_recorder()
        assert recorder is not None
        recorder.flush()
    assert holding(tmp_path / "data", WORD)
    moment = utc_now() + timedelta(days=31)
    with kept.database.writing() as session:
        row = session.get(WebinarRow, kept.webinar.id)
        assert row is not None
        row.active_at = moment
    kept.database.now = lambda: moment
    assert purge(kept.database, 30).questions == 1
    kept.database.close()
    assert holding(tmp_path / "data", WORD) == []


@pytest.mark.parametrize(("days", "is_stored"), [(30, False), (12, True)])
def test_the_privacy_page_tells_what_the_settings_do(
    assistant: Assistant, corpus_folder: Path, tmp_path: Path, days: int, is_stored: bool
) -> None:
    settings = Settings(
        corpus_folder, data=tmp_path, retention_days=days, store_questions=is_stored
    )
    page = create_app(settings, assistant).test_client().get("/privacy").text
    assert ("We bewaren je vraag niet" in page) is not is_stored
    assert (f"We bewaren je vraag {days} dagen" in page) is is_stored
    assert f"{days} dagen nadat" in page  # the chat of a webinar


def test_an_administrator_turns_it_off_by_a_click(site: Site) -> None:
    set_role(site.database, "Anna", Role.ADMINISTRATOR)
    anna = site.person("Anna")
    assert "Vraagwijzer staat aan" in anna.get("/moderatie/beheer").text
    assert anna.post("/moderatie/beheer", action="off", reason=" ").status_code == 422
    assert anna.post("/moderatie/beheer", action="off", reason="storing").status_code == 303
    assert site.app.test_client().get("/").status_code == 503
    assert "Anna zette Vraagwijzer uit. Reden: storing" in anna.get("/moderatie/beheer").text
    anna.post("/moderatie/beheer", action="on")
    assert site.app.test_client().get("/").status_code == 200
    assert site.person("Bram").get("/moderatie/beheer").status_code == 403
