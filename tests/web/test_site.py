"""security.txt, and a frame on pages of named sites only."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from assistant import Assistant
from web import create_app
from web.config import Settings, SettingsError

HOST = "https://www.voorbeeld.nl"
MakeClient = Callable[..., FlaskClient]


@pytest.fixture
def make_client(assistant: Assistant, corpus_folder: Path, tmp_path: Path) -> MakeClient:
    def make(**settings: Any) -> FlaskClient:
        settings = {"corpus": corpus_folder, "data": tmp_path} | settings
        return create_app(Settings(**settings), assistant).test_client()

    return make


def test_security_txt_names_whom_to_tell_and_until_when(make_client: MakeClient) -> None:
    client = make_client(
        security_contact="mailto:veilig@voorbeeld.nl", security_expires="2030-12-31"
    )
    answer = client.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.splitlines()[:2] == [
        "Contact: mailto:veilig@voorbeeld.nl",
        "Expires: 2030-12-31T23:59:59Z",
    ]


def test_without_a_contact_there_is_no_security_txt(client: FlaskClient) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("path", "ancestors"),
    [
        ("/", HOST),
        ("/vragen", HOST),
        ("/vraag/bestaat-niet", HOST),
        ("/moderatie/aanmelden", "'none'"),
        ("/spreker/x", "'none'"),
        ("/webinar/x", "'none'"),
        ("/api/v1/entries", "'none'"),
        ("/bestaat-niet", "'none'"),
    ],
)
def test_only_attendees_pages_may_stand_in_a_frame_of_a_named_site(
    make_client: MakeClient, path: str, ancestors: str
) -> None:
    policy = make_client(embed_hosts=(HOST,)).get(path).headers["Content-Security-Policy"]
    assert policy.count("frame-ancestors") == 1
    assert policy.endswith(f"frame-ancestors {ancestors}")


def test_the_script_of_the_frame_is_there_only_when_a_site_is_named(
    make_client: MakeClient, client: FlaskClient
) -> None:
    named = make_client(embed_hosts=(HOST,)).get("/embed.js", buffered=True)
    assert named.mimetype == "text/javascript"
    assert named.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/embed.js").status_code == 404
    assert "frame.js" not in client.get("/").text
    assert "Set-Cookie" not in named.headers


def test_hosts_are_read_as_a_list() -> None:
    found = Settings.from_environment(
        {"VRAAGWIJZER_EMBED_HOSTS": "https://a.nl, https://b.nl:8443 http://localhost:9000"}
    )
    assert found.embed_hosts == ("https://a.nl", "https://b.nl:8443", "http://localhost:9000")


@pytest.mark.parametrize(
    "host",
    ["www.voorbeeld.nl", "https://a.nl/pad", "https://*.nl", "http://a.nl", "https://a.nl;x", "*"],
)
def test_a_host_that_is_no_origin_is_named(host: str) -> None:
    with pytest.raises(SettingsError, match="VRAAGWIJZER_EMBED_HOSTS: schrijf elke site als"):
        Settings.from_environment({"VRAAGWIJZER_EMBED_HOSTS": host})


@pytest.mark.parametrize(
    ("contact", "expires", "told"),
    [
        ("veilig@voorbeeld.nl", "2030-12-31", "SECURITY_CONTACT moet beginnen met mailto:"),
        ("mailto:a@b.nl\nX: y", "2030-12-31", "SECURITY_CONTACT moet beginnen met mailto:"),
        ("mailto:a@b.nl", "", "SECURITY_EXPIRES moet een dag zijn"),
        ("mailto:a@b.nl", "31-12-2030", "SECURITY_EXPIRES moet een dag zijn"),
    ],
)
def test_a_wrong_security_txt_is_named(contact: str, expires: str, told: str) -> None:
    environ = {
        "VRAAGWIJZER_SECURITY_CONTACT": contact,
        "VRAAGWIJZER_SECURITY_EXPIRES": expires,
    }
    with pytest.raises(SettingsError, match=told):
        Settings.from_environment(environ)
