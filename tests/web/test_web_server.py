"""`vraagwijzer serve` as a process of its own: start, refuse to start, log, stop."""

import re
import shutil
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from running_server import Server, serving

from assistant.cli import main

FORM = "application/x-www-form-urlencoded"
CANARY = "kanarie123456782"


def post(server: Server, path: str, body: bytes | Sequence[bytes], kind: str) -> tuple[int, str]:
    with closing(server.connect()) as connection:
        connection.request("POST", path, body=body, headers={"Content-Type": kind})
        response = connection.getresponse()
        return response.status, response.read().decode()


def is_well(server: Server) -> bool:
    with closing(server.connect()) as connection:
        connection.request("GET", "/api/v1/health")
        return connection.getresponse().status == 200


@pytest.fixture(scope="module")
def server(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give one running server with its access log on, for the tests that leave it running."""
    with serving(corpus_folder, tmp_path_factory.mktemp("data"), "--access-log") as running:
        yield running


def test_it_says_where_it_is_answers_and_stops(corpus_folder: Path, tmp_path: Path) -> None:
    with serving(corpus_folder, tmp_path) as server:
        form = b"question=waar+laat+ik+lege+batterijen%3F"
        status, page = post(server, "/", form, FORM)
        rest = server.stop()
    assert (status, server.process.returncode) == (200, 0)
    assert "batterijen" in page
    assert rest.endswith("Vraagwijzer is gestopt.\n")


def test_a_running_request_is_finished_before_it_stops(corpus_folder: Path, tmp_path: Path) -> None:
    body = b'{"question": "waar laat ik lege batterijen?"}'
    with serving(corpus_folder, tmp_path) as server:
        post(server, "/api/v1/ask", body, "application/json")  # the first one takes longer
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            head = "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
            connection.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[:9])
            assert is_well(server)  # it takes connections in order, so it has ours by now
            server.process.send_signal(signal.SIGTERM)
            connection.sendall(body[9:])
            answer = connection.recv(65536)
        server.process.wait(20)
    assert answer.startswith(b"HTTP/1.1 200 OK")


def test_ten_megabytes_get_a_clear_no(server: Server) -> None:
    body = b"x" * 10_000_000
    plain = post(server, "/api/v1/ask", body, "application/json")
    chunked = post(server, "/api/v1/ask", [body[:5_000_000]] * 2, "application/json")
    form = post(server, "/", b"question=" + body, FORM)
    assert [plain[0], chunked[0], form[0]] == [413, 413, 413]
    assert "Dat is te veel tekst" in form[1]


def test_a_chunked_question_is_answered(server: Server) -> None:
    parts = [b'{"question": "waar laat ', b'ik lege batterijen?"}']
    status, body = post(server, "/api/v1/ask", parts, "application/json")
    assert status == 200, body


def test_the_log_holds_nothing_that_was_typed(corpus_folder: Path, tmp_path: Path) -> None:
    question = quote(f"waar laat ik {CANARY}?").encode()
    with serving(corpus_folder, tmp_path, "--access-log") as server:
        post(server, "/", b"question=" + question, FORM)
        post(server, "/api/v1/ask", b'{"question": "%s"}' % CANARY.encode(), "application/json")
        post(server, "/vragen", b"search=" + CANARY.encode(), FORM)
        post(server, f"/{CANARY}?{CANARY}", b"", "text/plain")
        log = server.stop()
    assert (
        len(re.findall(r"^\[[^\]]+\] POST (?:/\S*|-) \d{3} \d+ms [0-9a-f]{12}$", log, re.MULTILINE))
        == 4
    )
    assert CANARY not in log
    assert "127.0.0.1" not in log


Refusal = Callable[..., str]


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str], corpus_folder: Path) -> Refusal:
    """Give a function that runs the command, which must refuse, and gives what it wrote."""

    def run(*options: str | Path, corpus: Path = corpus_folder) -> str:
        assert main(["serve", "--corpus", str(corpus), "--port", "0", *map(str, options)]) == 1
        written = capsys.readouterr()
        assert written.out == ""
        return written.err

    return run


def test_a_busy_port_is_one_clear_sentence(refusal: Refusal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        message = refusal("--port", port)
    assert message == f"vraagwijzer: poort {port} is al in gebruik; kies een andere met --port.\n"


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("198.51.100.7", "deze computer heeft geen adres 198.51.100.7"),
        ("nergens.invalid", "het adres nergens.invalid is niet bekend"),
    ],
)
def test_an_impossible_address_is_one_clear_sentence(
    refusal: Refusal, host: str, message: str
) -> None:
    assert refusal("--host", host) == f"vraagwijzer: {message}; kies een ander met --host.\n"


def test_every_problem_of_a_broken_corpus_is_printed(
    refusal: Refusal, corpus_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "faq"
    shutil.copytree(corpus_folder, folder)
    (folder / "entries" / "q01-plastic.md").write_text("geen velden", "utf-8")
    (folder / "entries" / "q03-papier.md").write_bytes(b"---\nid: q03\n---\n\xff\xfe")
    (folder / "chatter.tsv").write_text("onzin\n", "utf-8")
    message = refusal(corpus=folder)
    for name in ("q01-plastic.md:1:", "q03-papier.md:", "chatter.tsv:1:"):
        assert name in message


def test_a_missing_corpus_is_named(refusal: Refusal, tmp_path: Path) -> None:
    assert f"{tmp_path / 'weg'}:1: deze map bestaat niet." in refusal(corpus=tmp_path / "weg")


@pytest.mark.parametrize(
    "options", [["--port", "65536"], ["--port", "tien"], ["--workers", "0"], ["--onbekend"]]
)
def test_wrong_use_ends_in_exit_code_two(options: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", *options])
    assert ended.value.code == 2
