"""Let a running server answer by the newest version, without a restart and without a gap.

Each worker asks every second for the number of the last publication. When it changed, the version
is read and made ready beside the one in use, and then takes its place in one assignment; a request
goes on with what it began with. What is damaged or cannot be read never takes the place of the
last good one.
"""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any, Final

from flask import Flask

from assistant import Assistant
from web.answering import set_assistant
from web.db import DatabaseUnavailable
from web.editing.errors import NoSuchVersion
from web.editing.fitting import model_of
from web.editing.shelf import Shelf
from web.editing.versions import current, current_number, load_version
from web.moderation.suggestions import forget_suggestions

EVERY_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 30.0
"""How long a version that could not be used is left alone."""
_KEY: Final = "vraagwijzer.follower"

_log = logging.getLogger(__name__)


class Follower:
    """Keep one application at the newest version."""

    def __init__(self, app: Flask, shelf: Shelf) -> None:
        self._app = app
        self._shelf = shelf
        self._lock = Lock()
        self.number = 0
        """Number of the publication in use; 0 for the files."""
        self._failed = 0
        self._again = 0.0

    def look(self) -> bool:
        """Take over the newest version if it is another one; tell whether it was.

        Raises DatabaseUnavailable.
        """
        with self._lock:
            number = current_number(self._shelf)
            is_known_bad = number == self._failed and time.monotonic() < self._again
            if number == self.number or is_known_bad:
                return False
            try:
                self._take_over()
            except (NoSuchVersion, ValueError) as error:
                _log.error("Version %s is not used: %s", number, error)
                self._failed, self._again = number, time.monotonic() + RETRY_SECONDS
                return False
            return True

    def _take_over(self) -> None:
        newest = current(self._shelf)
        corpus = load_version(self._shelf, newest.version)
        assistant = Assistant(corpus, model_of(self._shelf.database, corpus))
        assistant.reply(corpus.entries[0].question)  # one that cannot reply must not come in
        set_assistant(self._app, assistant)
        forget_suggestions()
        self.number = newest.number


def set_follower(app: Flask, shelf: Shelf) -> Follower:
    """Give an application its follower."""
    follower = app.extensions[_KEY] = Follower(app, shelf)
    return follower


def get_follower(app: Flask) -> Follower:
    """Give the follower of an application."""
    found: Follower = app.extensions[_KEY]
    return found


def follow_in_workers(app: Flask, every: float = EVERY_SECONDS) -> Callable[[Any], None]:
    """Give what a server worker calls when it starts: a thread that keeps looking."""

    def start(_worker: Any) -> None:
        Thread(target=follow, args=(get_follower(app), every), daemon=True).start()

    return start


def follow(follower: Follower, every: float, stop: Event | None = None) -> None:
    """Look for a newer version, again and again, until told to stop."""
    stop = stop or Event()
    while not stop.wait(every):
        try:
            follower.look()
        except DatabaseUnavailable:  # pages tell of it; the last good version goes on answering
            stop.wait(4 * every)
        except Exception as error:  # whatever it is, the next version may be all right
            _log.error("Looking for a newer version failed: %s", type(error).__name__)
            stop.wait(RETRY_SECONDS)
