"""Count replies, requests and what waits, for Prometheus; off until a token is set.

Every worker counts in a file of its own, in a folder that lives as long as the server; whichever
worker is asked adds them up. Labels are names of ours (kinds, routes), never what someone typed.
"""

import os
import shutil
import time
from collections.abc import Iterable
from tempfile import mkdtemp
from typing import Any, Final

from flask import Flask, Response, current_app, g, request
from sqlalchemy import func, select

from assistant import Reply
from web.db import Database, DatabaseUnavailable
from web.models import CardRow
from web.queue.cards import OPEN
from web.security import ROUTE
from web.switch import Switch

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
_KEY: Final = "vraagwijzer.metrics"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Hold the counters of this server."""

    def __init__(self) -> None:
        # The library chooses between memory and files when it is imported, so: now, and not before.
        os.environ.setdefault(_FOLDER, mkdtemp(prefix="vraagwijzer-cijfers-"))
        import prometheus_client as library

        self._library = library
        self._registry = library.CollectorRegistry()
        self.content_type: str = library.CONTENT_TYPE_LATEST
        self._replies = library.Counter(
            "vraagwijzer_replies", "Replies to questions", ["outcome", "kind"], registry=None
        )
        self._seconds = library.Histogram(
            "vraagwijzer_request_seconds",
            "Time that requests took",
            ["method", "route", "status"],
            buckets=_SECONDS,
            registry=None,
        )

    def count_replies(self, replies: Iterable[Reply]) -> None:
        """Count the replies to one message."""
        for reply in replies:
            self._replies.labels(reply.outcome.value, reply.kind.value).inc()

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request that is answered."""
        known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self._seconds.labels(known, route, str(status)).observe(seconds)

    def exposed(self, database: Database, switch: Switch) -> bytes:
        """Give all figures of all workers as text."""
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._library.CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(_Now(self._library, database, switch))
        text: bytes = self._library.generate_latest(registry)
        return text


class _Now:
    """Give the figures that are looked up when somebody asks."""

    def __init__(self, library: Any, database: Database, switch: Switch) -> None:
        self._family = library.metrics_core.GaugeMetricFamily
        self._database = database
        self._switch = switch

    def collect(self) -> Iterable[Any]:
        """Give the figures."""
        waiting = _waiting(self._database)
        yield self._gauge("vraagwijzer_on", "1 when questions are answered", self._switch.is_on)
        yield self._gauge(
            "vraagwijzer_database_up", "1 when the database answers", waiting is not None
        )
        if waiting is not None:
            yield self._gauge(
                "vraagwijzer_queue_waiting", "Cards that wait for a moderator", waiting
            )

    def _gauge(self, name: str, explanation: str, value: float) -> Any:
        return self._family(name, explanation, value=float(value))


def count_in(app: Flask, token: str) -> None:
    """Let an application count, when there is a token to read the figures with."""
    app.extensions[_KEY] = Metrics() if token else None
    if token:
        app.before_request(_start)
        app.after_request(_count)


def get_metrics() -> Metrics | None:
    """Give the counters of the current application; None where they are off."""
    found: Metrics | None = current_app.extensions[_KEY]
    return found


def count_replies(replies: Iterable[Reply]) -> None:
    """Count the replies to one message, where figures are kept."""
    metrics = get_metrics()
    if metrics is not None:
        metrics.count_replies(replies)


def forget_counts() -> None:
    """Take the files of the counters away, once every worker has stopped."""
    folder = os.environ.get(_FOLDER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    metrics = get_metrics()
    if metrics is not None and "started" in g:
        route = request.environ.get(ROUTE, "-")
        seconds = time.perf_counter() - g.started
        metrics.count_request(request.method, route, response.status_code, seconds)
    return response


def _waiting(database: Database) -> int | None:
    try:
        with database.reading() as session:
            found = (
                select(func.count())
                .select_from(CardRow)
                .where(CardRow.state.in_([state.value for state in OPEN]))
            )
            return session.scalar(found) or 0
    except DatabaseUnavailable:
        return None
