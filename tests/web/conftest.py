"""Hold what the tests of the moderators' pages share: a site of their own, and who is signed in."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from signed_in import PASSWORD, Person, Site

from assistant import Assistant
from web import create_app
from web.accounts import add_moderator
from web.config import Settings
from web.db import Database
from web.queue.webinars import create_webinar

MakeSite = Callable[[], Site]


@pytest.fixture(scope="session")
def start_data(
    assistant: Assistant, corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Give a data folder with two moderators and a webinar: argon2 is slow on purpose."""
    data = tmp_path_factory.mktemp("start")
    app = create_app(Settings(corpus=corpus_folder, data=data), assistant)
    database: Database = app.extensions["vraagwijzer.database"]
    for name in ("Anna", "Bram"):
        add_moderator(database, name, PASSWORD)
    create_webinar(database, "Afval scheiden")
    database.close()
    return data


@pytest.fixture
def make_site(
    assistant: Assistant, corpus_folder: Path, start_data: Path, tmp_path: Path
) -> MakeSite:
    def make() -> Site:
        data = Path(shutil.copytree(start_data, tmp_path / "data"))
        app = create_app(Settings(corpus=corpus_folder, data=data), assistant)
        app.testing = True
        return Site(app)

    return make


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """Give a site with two moderators and an empty webinar."""
    return make_site()


@pytest.fixture
def anna(site: Site) -> Person:
    """Give a moderator who is signed in."""
    return site.person("Anna")
