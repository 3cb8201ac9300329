"""Every command and every page works on a second FAQ: nothing in the code knows the first."""

import argparse
import csv
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from running_server import serving
from werkzeug.routing import Rule

from assistant import Assistant, ReplyKind
from assistant.cli import build_parser, main
from corpus import SHIPPED_CORPUS, Corpus, load_corpus
from corpus.importers.chat import parse_text
from web import create_app
from web.accounts import Role, add_moderator
from web.config import Settings
from web.db import Database
from web.editing.versions import PUBLISH, Announcement, announce
from web.queue.cards import Actor
from web.queue.intake import add_messages
from web.queue.reading import list_cards
from web.queue.webinars import create_webinar, edit_webinar, get_webinar

FOLDER = SHIPPED_CORPUS.with_name("bibliotheek")
PASSWORD = "vier schapen op de dijk"  # noqa: S105 (of an account that lives for this module)
KNOWN = "Kan ik de kaft zelf met plakband maken?"
GAP = "Ik wil stoppen met mijn lidmaatschap"
STRANGE = "Wat is de hoofdstad van Mongolië?"
FIRST_FAQ = re.compile(r"tegenspraak|provinci|ambtena|bestuurder|A&O-fonds|A&amp;O", re.IGNORECASE)
CHAT = """\
14:00:03\t From  Sanne Proef : Goedemiddag allemaal!
14:01:10\t From  Joris Test : Hoeveel boeken mag ik tegelijk mee naar huis nemen?
14:02:00\t From  Fatma Proef : Ik ben mijn bibliotheekpas verloren, wat nu?
14:02:20\t From  Ali Proef : sluit me aan
14:03:00\t From  Sanne Proef : Kan ik bij jullie een zaaltje huren?
"""
DOCUMENT = """\
# Lenen bij de bibliotheek

## 1. Lid worden

### Hoe word ik lid van de bibliotheek?

Schrijf je in aan de balie of op de website. Neem een geldig identiteitsbewijs mee.

### Mag ik eerst een maand proberen?

Ja. De eerste maand kost niets. Daarna kies je een abonnement.
"""


@pytest.fixture(scope="module")
def library() -> Corpus:
    return load_corpus(FOLDER)


@pytest.fixture(scope="module")
def librarian(library: Corpus) -> Assistant:
    """Give an assistant on the second FAQ; its fit is kept for the commands of this module."""
    return Assistant.from_corpus(library)


# commands

Run = Callable[..., str]


@pytest.fixture
def run(librarian: Assistant, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object, code: int = 0) -> str:
        found = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert found == code, printed.err
        assert not FIRST_FAQ.search(printed.out + printed.err)
        return printed.out

    return call


def test_ask_answers_a_known_question(run: Run) -> None:
    assert "Plak niets" in run("ask", "--corpus", FOLDER, KNOWN)


def test_match_gives_entries_and_gaps(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "vragen.txt"
    questions.write_text(f"{KNOWN}\n{GAP}\n{STRANGE}\n", "utf-8")
    lines = run("match", "--corpus", FOLDER, questions).splitlines()
    known, gap, strange = (json.loads(line) for line in lines)
    assert (known["outcome"], known["matches"][0]["entry"]) == ("answer", "q09")
    assert (gap["outcome"], gap["matches"][0]["entry"]) == ("fallback", "g02")
    assert strange["outcome"] == "fallback"


def test_check_counts_and_looks_deep(run: Run) -> None:
    assert "12 vragen, 6 bekende gaten" in run("check", "--corpus", FOLDER)
    assert "Overlap" in run("check", "--corpus", FOLDER, "--deep")


def test_chat_finds_the_questions(run: Run, tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT, "utf-8")
    found = [json.loads(line) for line in run("chat", "--corpus", FOLDER, chat).splitlines()]
    assert [item["message"] for item in found] == [1, 2, 4]
    assert [item["matches"][0]["entry"] for item in found] == ["q04", "q10", "g04"]


def test_evaluate_compare_and_gate_measure_with_its_own_questions(run: Run, tmp_path: Path) -> None:
    report, page = tmp_path / "a.json", tmp_path / "a.html"
    options = ("--corpus", FOLDER, "--samples", 5)
    printed = run("evaluate", *options, "--json", report, "--html", page)
    assert "56 vragen, 36 in de FAQ, 20 niet" in printed
    assert not FIRST_FAQ.search(page.read_text("utf-8"))
    assert "56 vragen in beide verslagen" in run("compare", report, report)
    baseline = FOLDER / "evaluation" / "baseline.json"
    assert "ZAKT" not in run("gate", *options, "--baseline", baseline, "--report", report)


def test_crossvalidate_learns_from_its_phrasings(run: Run, library: Corpus, tmp_path: Path) -> None:
    table = tmp_path / "formuleringen.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "label"])
        rows.writerows((text, name) for text, name in library.labelled_phrasings())
    assert "labels, geleerd van" in run("crossvalidate", table, "--folds", 2)


def test_import_over_it_keeps_what_editors_wrote(run: Run, library: Corpus, tmp_path: Path) -> None:
    folder, document = tmp_path / "kopie", tmp_path / "nieuw.md"
    whole = tmp_path / "alles.json"
    run("corpus", "export", "--corpus", FOLDER, "--to", whole)
    run("import", whole, "--to", folder)
    assert load_corpus(folder) == library
    document.write_text(DOCUMENT, "utf-8")
    preview = run("import", document, "--to", folder, "--dry-run")
    assert "gewijzigd  q01" in preview
    assert "nieuw      Mag ik eerst een maand proberen?" in preview
    run("import", document, "--to", folder, "--accept")
    merged = load_corpus(folder)
    assert merged.entry_by_id["q01"].phrasings == library.entry_by_id["q01"].phrasings
    assert [entry.id for entry in merged.entries] == ["q01", "q13"]


@pytest.mark.parametrize("suffix", ["json", "xlsx", "csv", "md"])
def test_export_writes_each_format(run: Run, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"faq.{suffix}"
    assert "12 vragen" in run("corpus", "export", "--corpus", FOLDER, "--to", target)


def test_replay_finds_nothing_to_answer_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VRAAGWIJZER_DATA", str(tmp_path))
    assert run("replay", "--corpus", FOLDER) == ""


def test_new_starts_without_a_subject(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "leeg", "--title", "Lenen")
    files = (tmp_path / "leeg").rglob("*.*")
    assert not any(FIRST_FAQ.search(file.read_text("utf-8")) for file in files)


def test_serve_answers_from_it(librarian: Assistant, tmp_path: Path) -> None:
    with serving(FOLDER, tmp_path) as server, closing(server.connect()) as connection:
        connection.request("GET", "/api/v1/entries")
        assert "Hoe leen ik e-books" in connection.getresponse().read().decode("utf-8")


def test_no_command_is_forgotten_here() -> None:
    """A new command that takes a corpus must be run on the second one, above."""
    source = Path(__file__).read_text("utf-8")
    missing = [name for name in _corpus_commands(build_parser()) if f'"{name}"' not in source]
    assert [name for name in missing if f"test_{name}_" not in source] == []


def _corpus_commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                takes_corpus = any("--corpus" in item.option_strings for item in child._actions)
                if takes_corpus:
                    yield name
                yield from _corpus_commands(child)


# pages


@pytest.fixture(scope="module")
def app(librarian: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give a site on the second FAQ, with an administrator and a webinar that has questions."""
    data = tmp_path_factory.mktemp("bibliotheek")
    app = create_app(Settings(corpus=FOLDER, data=data), librarian)
    app.testing = True
    database: Database = app.extensions["vraagwijzer.database"]
    add_moderator(database, "Anna", PASSWORD, Role.ADMINISTRATOR)
    webinar = create_webinar(database, "Lenen voor beginners")
    add_messages(database, webinar.id, parse_text(CHAT).messages)
    edit_webinar(database, webinar.id, is_public=True)
    said = Announcement(librarian.corpus.version, PUBLISH, Actor(0, "Anna"))
    with database.writing() as session:
        announce(session, app.extensions["vraagwijzer.shelf"], said, database.now())
    return app


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    """Give the administrator's browser."""
    client = app.test_client()
    page = client.get("/moderatie/aanmelden").text
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', page)[:1]
    fields = {"csrf_token": token, "name": "Anna", "password": PASSWORD}
    assert client.post("/moderatie/aanmelden", data=fields).status_code == 303
    return client


def test_every_page_opens_and_speaks_of_its_own_subject(app: Flask, client: FlaskClient) -> None:
    opened, wrong = 0, []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in ELSEWHERE:
            continue
        address = _address(app, rule)
        answer = client.get(address, follow_redirects=True)
        shown = answer.text if answer.mimetype.startswith(("text/", "application/json")) else ""
        if answer.status_code != 200 or FIRST_FAQ.search(shown):
            wrong.append((address, answer.status_code))
        opened += 1
    assert wrong == []
    assert opened > 20


ELSEWHERE = {
    "static",  # files that are the same for every FAQ
    "moderation.stream",  # never ends; tests/web/test_moderation_live.py reads from it
    "editor.job",  # there only while somebody publishes
    # there only when the operator sets them up
    "moderation.sign_in_elsewhere",
    "moderation.sign_in_return",
    "site.embed",
    "site.security_txt",
    "watching.metrics",
}
GIVEN: dict[str, Callable[[Database], Any]] = {
    "entry_id": lambda database: "q09",
    "webinar_id": lambda database: 1,
    "card_id": lambda database: list_cards(database, 1)[0].id,
    "name": lambda database: "md",
    "before": lambda database: 1,
    "after": lambda database: 2,
}
TOKENS: dict[str, Callable[[Database], str]] = {
    "shown.speaker": lambda database: get_webinar(database, 1).speaker_token,
    "shown.public": lambda database: get_webinar(database, 1).public_token,
}


def _address(app: Flask, rule: Rule) -> str:
    """Fill in what a rule asks for; a new kind of argument must be added above."""
    database: Database = app.extensions["vraagwijzer.database"]
    values = {
        name: TOKENS[rule.endpoint](database) if name == "token" else GIVEN[name](database)
        for name in rule.arguments
    }
    with app.test_request_context():
        return str(app.url_for(rule.endpoint, **values))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (KNOWN, "Plak niets"),
        (GAP, "klantenservice@lindeveen.example"),
        (STRANGE, "Je vraag staat niet in deze FAQ"),
        ("hallo", "Wat wil je weten over lenen bij de bibliotheek?"),
    ],
)
def test_the_chat_page_replies_from_it(client: FlaskClient, question: str, said: str) -> None:
    assert said in client.post("/", data={"question": question}, follow_redirects=True).text


def test_the_interface_replies_from_it_and_is_described(
    client: FlaskClient, library: Corpus
) -> None:
    answer = client.post("/api/v1/ask", json={"question": KNOWN}).get_json()
    assert answer["corpus_version"] == library.version
    assert "q09" in json.dumps(answer)
    validate(client.get("/api/v1/openapi.json").get_json())


def test_the_console_suggests_its_entries(app: Flask, client: FlaskClient) -> None:
    database: Database = app.extensions["vraagwijzer.database"]
    card = next(card for card in list_cards(database, 1) if "verloren" in card.question)
    assert "mijn pas kwijt of gestolen" in client.get(f"/moderatie/webinar/1/kaart/{card.id}").text


def test_replies_without_an_answer_are_its_own(librarian: Assistant) -> None:
    assert librarian.reply("bedankt").kind is ReplyKind.THANKS
    assert librarian.reply("How long may I keep this book?").kind is ReplyKind.OTHER_LANGUAGE
