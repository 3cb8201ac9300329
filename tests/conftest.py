"""Hold the fixtures that every package's tests share: a small corpus, and what is made of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from assistant import Assistant, ReplyKind
from corpus import Corpus, load_corpus
from web import create_app
from web.config import Settings

SMALL_CORPUS = Path(__file__).parent / "data" / "corpus_klein"

# The same cases each time; `make verify-full` looks for new ones.
settings.register_profile("repeatable", derandomize=True)
if not os.environ.get("VRAAGWIJZER_FULL"):
    settings.load_profile("repeatable")

expect.set_options(timeout=30_000)  # on a busy machine; a state that never comes still fails


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms to `make verify-full`, which sets VRAAGWIJZER_FULL."""
    if os.environ.get("VRAAGWIJZER_FULL"):
        return
    long = [item for item in items if item.get_closest_marker("full")]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


@pytest.fixture(scope="session", autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep whatever a test stores out of the folders of this computer's user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VRAAGWIJZER_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """Give the folder of a small Dutch corpus on sorting waste: seven entries, two gaps."""
    return SMALL_CORPUS


@pytest.fixture(scope="session")
def corpus(corpus_folder: Path) -> Corpus:
    """Give that corpus, loaded."""
    return load_corpus(corpus_folder)


@pytest.fixture(scope="session")
def assistant(corpus: Corpus) -> Assistant:
    """Give an assistant that is fitted on it."""
    return Assistant.from_corpus(corpus)


@pytest.fixture(scope="session")
def app(
    assistant: Assistant, corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Flask:
    """Give the web application on it."""
    data = tmp_path_factory.mktemp("data")
    app = create_app(Settings(corpus=corpus_folder, data=data, requests_per_minute=0), assistant)
    app.testing = True
    return app


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Debian's Chromium."""
    found = shutil.which("chromium")
    if found is None:
        message = "Chromium is missing; install it: apt-get install chromium"
        if os.environ.get("VRAAGWIJZER_REQUIRE_ALL"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a client that talks to the application without a network."""
    return app.test_client()


CANDIDATES: dict[ReplyKind, tuple[str, ...]] = {
    ReplyKind.ANSWER: ("Mag een yoghurtbeker bij het plastic?", "Ik ben mijn afvalpas kwijt"),
    ReplyKind.CHOICES: (
        "waar laat ik dozen en blikken",
        "batterijen en papier weggooien",
        "mag dat in de groene of in de blauwe bak",
        "waar breng ik mijn oude spullen heen",
        "in welke bak moet dit pak",
        "wat moet ik weggooien bij de milieustraat of in de bak",
    ),
    ReplyKind.GAP: ("wat betaal ik aan afvalstoffenheffing?", "er ligt vuilnis in het park"),
    ReplyKind.FALLBACK: (
        "wat is de zin van het leven",
        "wie wordt de nieuwe burgemeester?",
        "hoe bak ik een appeltaart",
    ),
    ReplyKind.GREETING: ("hallo", "goedemorgen allemaal"),
    ReplyKind.THANKS: ("bedankt voor de uitleg", "dank je wel"),
    ReplyKind.TECHNICAL: ("de pagina laadt niet", "de website loopt vast"),
    ReplyKind.NOISE: ("haha", "test test"),
    ReplyKind.OTHER_LANGUAGE: (
        "Where can I bring my old batteries and paint?",
        "Could you please tell me how I can get a new card for the container?",
    ),
}
"""Real questions for each kind of reply; tests take the first that the assistant replies to so."""

QuestionFor = Callable[[ReplyKind], str]


@pytest.fixture(scope="session")
def question_for(assistant: Assistant) -> QuestionFor:
    """Give a function that finds a question to which the assistant gives a kind of reply."""

    def find(kind: ReplyKind) -> str:
        for question in CANDIDATES[kind]:
            if assistant.respond(question)[0].kind is kind:
                return question
        raise AssertionError(f"no question of {CANDIDATES[kind]} gets a reply of kind {kind}")

    return find
