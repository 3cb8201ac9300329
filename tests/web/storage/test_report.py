"""A webinar is added up, and what moderators chose becomes labelled questions."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from storage_help import QUESTIONS, Clock, done, seen

from corpus.importers.chat import Message
from corpus.labels import load_labelled_set
from web.db import Database
from web.queue import actions
from web.queue.cards import Actor, Card, Channel, State
from web.queue.intake import add_messages
from web.queue.labels import labelled_questions, labels_as_zip
from web.queue.reading import get_card
from web.queue.report import Tally, report
from web.queue.webinars import Webinar

TEXTS = (*QUESTIONS, "Wie leegt de container?")


@pytest.fixture
def cards(database: Database, webinar: Webinar) -> list[Card]:
    chat = [
        Message(n, str(n), text, f"2025-03-04T14:0{2 * n}:30", author=n % 2 + 1)
        for n, text in enumerate(TEXTS)
    ]
    chat += [Message(4, "4", TEXTS[0], "2025-03-04T14:06:59", author=3), Message(5, "5", "Hallo!")]
    made = add_messages(database, webinar.id, chat).new_cards
    return [get_card(database, card_id) for card_id in made]


def test_the_figures_are_those_of_the_cards(
    database: Database, webinar: Webinar, cards: list[Card], anna: Actor, clock: Clock
) -> None:
    clock.forward(30)
    done(actions.answer(database, seen(cards[0], anna), "In de winkel.", entry_id="q02"))
    clock.forward(60)
    done(actions.answer(database, seen(cards[1], anna), channel=Channel.LIVE))
    done(actions.set_aside(database, seen(cards[2], anna)))
    found = report(database, webinar.id)
    assert (found.messages, found.people, found.questions) == (6, 3, Tally(4, 5))
    assert found.states[State.ANSWERED] == Tally(2, 3)
    assert found.states[State.NOISE] == Tally(1, 1)
    assert found.channels[Channel.LIVE] == Tally(1, 1)
    assert (found.entries, found.own_words) == ({"q02": Tally(1, 2)}, Tally(1, 1))
    assert found.answered_share == pytest.approx(3 / 5)
    assert (found.seconds_p50, found.seconds_p95) == (30, 90)
    assert [card.id for card in found.left] == [cards[2].id, cards[3].id]


def test_quiet_minutes_count_too(database: Database, webinar: Webinar, cards: list[Card]) -> None:
    assert len(cards) == 5
    assert report(database, webinar.id).minutes == (
        ("14:00", 1),
        ("14:01", 0),
        ("14:02", 1),
        ("14:03", 0),
        ("14:04", 1),
        ("14:05", 0),
        ("14:06", 2),
    )


def test_an_empty_webinar_has_a_report(database: Database, webinar: Webinar) -> None:
    found = report(database, webinar.id)
    assert (found.questions, found.answered_share, found.seconds_p95) == (Tally(0, 0), None, None)
    assert found.minutes == ()


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        (["00:00:59", "0:01:10"], (("00:00", 1), ("00:01", 1))),
        (["2025-03-04T23:59:00", "2025-03-05T00:00:10"], (("23:59", 1), ("00:00", 1))),
        (["gisteren", "12"], ()),
        (["2025-03-04T10:00:00", "2026-03-04T10:00:00"], (("10:00", 1), ("10:00", 1))),
    ],
)
def test_times_are_read_as_the_chat_tells_them(
    database: Database, webinar: Webinar, times: list[str], minutes: object
) -> None:
    chat = [Message(n, str(n), TEXTS[n], time) for n, time in enumerate(times)]
    add_messages(database, webinar.id, chat)
    assert report(database, webinar.id).minutes == minutes


def test_choices_become_labels_that_evaluate_reads(
    database: Database, webinar: Webinar, cards: list[Card], anna: Actor, tmp_path: Path
) -> None:
    done(actions.answer(database, seen(cards[0], anna), "In de winkel.", entry_id="q02"))
    done(actions.choose(database, seen(cards[1], anna), ""))
    done(actions.choose(database, seen(cards[2], anna), "g01"))
    labelled = labelled_questions(database, webinar.id)
    assert [query.text for query in labelled.queries] == list(TEXTS[:3])
    assert [(j.entry_id, j.relevance) for j in labelled.judgments] == [("q02", 2)]
    assert [item.gap for item in labelled.slices] == ["", "", "g01"]
    with zipfile.ZipFile(io.BytesIO(labels_as_zip(labelled))) as packed:
        packed.extractall(tmp_path)
    assert load_labelled_set(tmp_path) == labelled


def test_noise_and_what_nobody_judged_are_no_labels(
    database: Database, webinar: Webinar, cards: list[Card], anna: Actor
) -> None:
    judged = done(actions.choose(database, seen(cards[0], anna), "q02"))
    done(actions.mark_noise(database, seen(judged, anna)))
    assert labelled_questions(database, webinar.id).queries == ()


def test_the_command_evaluate_takes_the_export(
    database: Database,
    webinar: Webinar,
    cards: list[Card],
    anna: Actor,
    corpus_folder: Path,
    tmp_path: Path,
) -> None:
    if database.engine.dialect.name != "sqlite":
        return
    for card, entry in zip(cards[:3], ("q02", "", "q03"), strict=True):
        done(actions.choose(database, seen(card, anna), entry))
    with zipfile.ZipFile(io.BytesIO(labels_as_zip(labelled_questions(database, 1)))) as packed:
        packed.extractall(tmp_path)
    command = [
        Path(sys.executable).with_name("vraagwijzer"),
        "evaluate",
        *("--corpus", corpus_folder),
        *("--queries", tmp_path / "queries.tsv"),
        *("--qrels", tmp_path / "qrels.tsv"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, "")
