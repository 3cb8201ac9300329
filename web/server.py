"""Run the web application on a production server: the command `vraagwijzer serve`."""

import argparse
import errno
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from threadpoolctl import threadpool_limits

from assistant import Assistant
from assistant.commands import CommandError
from assistant.commands.options import corpus_from
from web import create_app
from web.accounts import has_moderators
from web.commands.moderator import NO_ACCOUNTS
from web.config import Settings, SettingsError
from web.db import DatabaseUnavailable, get_database
from web.editing.following import follow_in_workers, get_follower
from web.logs import access_format, logging_options
from web.metrics import forget_counts
from web.security import STATUS
from web.upkeep import upkeep_in_workers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS: Final = 32
"""Threads a worker: live streams hold half of them, browsers keep connections open for a while."""
GRACE: Final = 4
"""Seconds that running requests get to finish when the server must stop; it is gone in five."""
DRAINED: Final = 16 * 1024 * 1024
"""Bytes of a refused body that are read all the same."""
_NO_DATABASE: Final = (
    "De database is niet te openen. De chatpagina werkt; de moderatie pas als de database er is."
)
_REASONS: Final = {
    errno.EADDRINUSE: "poort {port} is al in gebruik; kies een andere met --port.",
    errno.EACCES: "poort {port} mag je niet gebruiken; kies er een boven 1023 met --port.",
    socket.EAI_NONAME: "het adres {host} is niet bekend; kies een ander met --host.",
    errno.EADDRNOTAVAIL: "deze computer heeft geen adres {host}; kies een ander met --host.",
}


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("serve", help="start de website")
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="MAP",
        help="map van het corpus (standaard: VRAAGWIJZER_CORPUS, of de meegeleverde FAQ)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADRES", help="adres (standaard: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=8000,
        metavar="POORT",
        help="poort (standaard: %(default)s; 0 kiest een vrije poort)",
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        default=2,
        metavar="AANTAL",
        help="aantal werkprocessen (standaard: %(default)s)",
    )
    parser.add_argument(
        "--access-log",
        action="store_true",
        help="schrijf elk verzoek op stdout, zonder adres en zonder wat iemand typte",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Load the corpus, take the port, and serve until told to stop."""
    settings = _settings(args)
    args.corpus = settings.corpus
    corpus = corpus_from(args)
    listener = _listen(args.host, args.port)
    # One thread a process for sums: workers are the parallelism, and a thread pool that was
    # started before a fork can hang in the child.
    threadpool_limits(limits=1)
    app = create_app(settings, Assistant.from_corpus(corpus))
    _catch_up(app)
    _Server(app, listener, args.workers, args.access_log, _missing(app)).run()
    return 0


class _Server(BaseApplication):  # type: ignore[misc]
    """Serve one application on a socket that is open already."""

    def __init__(
        self, app: Flask, listener: socket.socket, workers: int, access_log: bool, hint: str
    ) -> None:
        self._app = app
        log_format = app.config["VRAAGWIJZER"].log_format
        self._hint = hint
        self._address = _address(listener)
        self._options = {
            "bind": f"fd://{listener.detach()}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": GRACE,
            "preload_app": True,  # fit once; workers share the memory
            "loglevel": "warning",
            "accesslog": "-" if access_log else None,
            "access_log_format": access_format(log_format),
            "logconfig_dict": logging_options(log_format, access_log=access_log),
            "forwarded_allow_ips": "",  # proxies are the application's business: trusted_proxies
            "control_socket_disable": True,
            "when_ready": self._say_ready,
            "post_worker_init": _in_each_worker(app),
            "on_exit": self._say_stopped,
        }
        super().__init__(prog="vraagwijzer")

    def load_config(self) -> None:
        """Set the options that this version of the server knows."""
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give the application, with what only this server knows of request bodies."""
        self._app.wsgi_app = _with_known_bodies(self._app.wsgi_app)  # type: ignore
        return self._app

    def _say_ready(self, arbiter: Any) -> None:
        print(f"Vraagwijzer staat klaar op {self._address} (stoppen: Ctrl+C)", flush=True)
        if self._hint:
            print(self._hint, flush=True)

    def _say_stopped(self, arbiter: Any) -> None:
        forget_counts()
        print("Vraagwijzer is gestopt.", flush=True)


def _missing(app: Flask) -> str:
    """Open the database, and tell what moderation still needs; the chat page needs none."""
    with app.app_context():
        database = get_database()
    try:
        return "" if has_moderators(database) else NO_ACCOUNTS
    except DatabaseUnavailable:
        return _NO_DATABASE
    finally:
        database.close()  # workers open their own connections


def _in_each_worker(app: Flask) -> Callable[[Any], None]:
    """Give what a worker calls when it starts: threads that keep up, and that follow the FAQ."""
    with app.app_context():
        keep_up = upkeep_in_workers(get_database(), app.config["VRAAGWIJZER"].retention_days)
    follow = follow_in_workers(app)

    def start(worker: Any) -> None:
        keep_up(worker)
        follow(worker)

    return start


def _catch_up(app: Flask) -> None:
    """Begin with the version that was published last; without a database, with the files."""
    with suppress(DatabaseUnavailable):
        get_follower(app).look()


def _with_known_bodies(app: "WSGIApplication") -> "WSGIApplication":
    """Mark that bodies have a known end, chunked ones too, and read on behind a 413.

    A browser that is still sending when the server hangs up shows an error of its own instead of
    our page, so what is left of a body that is too large is read and thrown away, up to a limit.
    """

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["wsgi.input_terminated"] = True
        body = environ["wsgi.input"]
        response = app(environ, start_response)
        if environ.get(STATUS) == 413:
            for _ in range(0, DRAINED, 65_536):
                if not body.read(65_536):
                    break
        return response

    return serve


def _settings(args: argparse.Namespace) -> Settings:
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    return replace(settings, corpus=args.corpus) if args.corpus else settings


def _listen(host: str, port: int) -> socket.socket:
    """Take the port now, so that a busy one is known before seconds of work."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "kan niet luisteren op {host}, poort {port}.")
        raise CommandError(reason.format(host=host, port=port)) from None


def _address(listener: socket.socket) -> str:
    """Give the address to open in a browser on this computer."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 (it is read here, not bound)
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is geen poort (0 tot en met 65535)")


def _workers(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is geen aantal van 1 tot en met 64")
