"""What machines ask of the server: health, readiness, figures, a number a request, and its log."""

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from running_server import Server, serving

from assistant import Assistant, ReplyKind
from web import create_app
from web.config import Settings
from web.logs import PrivateFormatter

TOKEN = "een-lang-genoeg-kenmerk"  # noqa: S105
CANARY = "kanarie-5512"


def test_health_and_ready(client: FlaskClient) -> None:
    assert client.get("/health").json == {"status": "ok"}
    ready = client.get("/ready")
    expected = {"status": "ok", "matching": "ok", "database": "ok", "switch": "on"}
    assert (ready.status_code, ready.json) == (200, expected)
    assert ready.headers["Cache-Control"] == "no-store"


def test_ready_tells_of_a_database_that_is_away(
    assistant: Assistant, corpus_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("this is no folder")
    app = create_app(Settings(corpus_folder, data=tmp_path / "data"), assistant)
    ready = app.test_client().get("/ready")
    assert (ready.status_code, ready.json["database"]) == (200, "unavailable")


def test_ready_is_503_when_matching_does_not_work(
    assistant: Assistant, corpus_folder: Path, tmp_path: Path
) -> None:
    app = create_app(Settings(corpus_folder, data=tmp_path), assistant)
    app.extensions["vraagwijzer.assistant"] = None
    assert app.test_client().get("/ready").status_code == 503


def test_figures_are_closed_by_default(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_each_request_has_a_number_also_on_error_pages(client: FlaskClient) -> None:
    given = client.get("/nergens", headers={"X-Request-ID": "van-buiten-1"})
    number = given.headers["X-Request-ID"]
    assert number != "van-buiten-1"  # nobody is trusted to name it
    assert f"Nummer van dit verzoek: {number}" in given.text
    assert client.get("/").headers["X-Request-ID"] != number


@pytest.mark.parametrize(("given", "is_kept"), [("abc-12345678", True), ("x\ty<b>12345678", False)])
def test_a_trusted_proxy_names_the_request(
    assistant: Assistant, corpus_folder: Path, tmp_path: Path, given: str, is_kept: bool
) -> None:
    app = create_app(Settings(corpus_folder, data=tmp_path, trusted_proxies=1), assistant)
    found = app.test_client().get("/contact", headers={"X-Request-ID": given})
    assert (found.headers["X-Request-ID"] == given) is is_kept


@pytest.fixture(scope="module")
def server(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VRAAGWIJZER_METRICS_TOKEN", TOKEN)
        patch.setenv("VRAAGWIJZER_LOG_FORMAT", "json")
        patch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
        data = tmp_path_factory.mktemp("data")
        with serving(corpus_folder, data, "--access-log", "--workers", "2") as running:
            yield running


def ask(server: Server, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    with closing(server.connect()) as connection:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


def test_a_server_counts_for_all_its_workers_and_logs_json(
    server: Server, app: Flask, question_for: object
) -> None:
    kind = {"Content-Type": "application/json"}
    question = question_for(ReplyKind.ANSWER)  # type: ignore[operator]
    for _ in range(12):
        assert ask(server, "POST", "/api/v1/ask", json.dumps({"question": question}), **kind)[0]
    ask(server, "POST", "/api/v1/ask", json.dumps({"question": f"wat is {CANARY}"}), **kind)
    ask(server, "GET", f"/{CANARY}?q={CANARY}")
    assert ask(server, "GET", "/metrics")[0] == 401
    assert ask(server, "GET", "/metrics", Authorization="Bearer fout")[0] == 401
    status, figures = ask(server, "GET", "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    assert 'vraagwijzer_replies_total{kind="answer",outcome="answer"} 12.0' in figures
    assert 'route="/api/v1/ask",status="200"' in figures
    assert "vraagwijzer_queue_waiting 0.0" in figures
    assert "vraagwijzer_on 1.0" in figures
    log = server.stop()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    asked = [line for line in lines if line.get("route") == "/api/v1/ask"]
    assert len(asked) == 13
    assert len({line["request_id"] for line in asked}) == 13
    assert set(asked[0]) >= {"time", "level", "method", "status", "milliseconds"}
    assert CANARY not in log + figures
    assert "127.0.0.1" not in log


def formatted(as_json: bool, **fields: object) -> str:
    record = logging.makeLogRecord({"levelname": "ERROR", "levelno": 40, **fields})
    return PrivateFormatter(as_json=as_json).format(record)


@pytest.mark.parametrize("as_json", [True, False])
def test_what_a_library_quotes_stays_out_of_the_log(as_json: bool) -> None:
    line = formatted(as_json, name="gunicorn.error", msg="Error at %s of %d", args=(CANARY, 7))
    assert CANARY not in line
    assert "Error at ... of 7" in line


def test_an_exception_is_told_by_type_and_place() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        found = (KeyError, error, error.__traceback__)
    line = formatted(True, name="gunicorn.error", msg="it broke", args=(), exc_info=found)
    assert CANARY not in line
    assert json.loads(line)["exception"].startswith("KeyError\n")
