"""Open the database for a command, and tell in one line why it cannot be opened."""

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.commands import CommandError
from web.config import Settings, SettingsError
from web.db import Database, DatabaseUnavailable


def settings_for_command() -> Settings:
    """Give the settings of the environment."""
    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise CommandError(str(error)) from None


@contextmanager
def opened_database() -> Iterator[Database]:
    """Give the database of the settings, with its tables."""
    database = Database(settings_for_command().database_url)
    try:
        database.prepare()
        yield database
    except DatabaseUnavailable:
        where = database.engine.url.render_as_string(hide_password=True)
        raise CommandError(f"de database is niet te openen: {where}.") from None
    finally:
        database.close()
