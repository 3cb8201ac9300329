"""Delete what is kept for too long while the server runs, without anyone having to think of it."""

from collections.abc import Callable
from random import uniform
from threading import Event, Thread
from typing import Any, Final

from web.db import Database, DatabaseUnavailable
from web.retention import purge

EVERY_SECONDS: Final = 3600.0


def upkeep_in_workers(
    database: Database, days: int, every: float = EVERY_SECONDS
) -> Callable[[Any], None]:
    """Give what a server worker calls when it starts: a thread that deletes what is overdue.

    Each worker has its own: deleting twice does nothing, and any of them may be the last one.
    """

    def start(_worker: Any) -> None:
        Thread(target=keep_up, args=(database, days, every), daemon=True).start()

    return start


def keep_up(database: Database, days: int, every: float, stop: Event | None = None) -> None:
    """Delete what is overdue, now and then, until told to stop."""
    stop = stop or Event()
    while not stop.wait(uniform(0, every)):  # noqa: S311 (workers need not do it all at once)
        try:
            purge(database, days)
        except DatabaseUnavailable:  # it is tried again later, and pages tell of it meanwhile
            continue
