"""Write the server's own log, as lines of text or of JSON, without anything that a person typed.

Messages of libraries may quote a path or a text, so only numbers are filled in there; exceptions
are told by their type and place, never by their message.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from web.request_id import ENVIRON, request_id
from web.security import ROUTE

FORMATS: Final = ("text", "json")
_OURS: Final = ("web", "assistant", "corpus")
# No address, path or query string: only what cannot hold something that a person typed.
_TEXT: Final = f"%(t)s %(m)s %({{{ROUTE}}}e)s %(s)s %(M)sms %({{{ENVIRON}}}e)s"
_JSON: Final = (
    '{"time": "%(t)s", "level": "info", "logger": "access", "method": "%(m)s", '
    f'"route": "%({{{ROUTE}}}e)s", "status": %(s)s, "milliseconds": %(M)s, '
    f'"request_id": "%({{{ENVIRON}}}e)s"}}'
)


def access_format(log_format: str) -> str:
    """Give the format of one line a request."""
    return _JSON if log_format == "json" else _TEXT


def logging_options(log_format: str, *, access_log: bool) -> dict[str, Any]:
    """Give what the server sets logging up with: everything to standard error, in one format."""
    handler = {"class": "logging.StreamHandler", "formatter": "private"}
    plain = {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stdout"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "private": {"()": f"{__name__}.PrivateFormatter", "as_json": log_format == "json"},
            "bare": {"format": "%(message)s"},
        },
        "handlers": {"private": handler, "bare": plain},
        "root": {"level": "WARNING", "handlers": ["private"]},
        "loggers": {
            "gunicorn.error": {"level": "WARNING", "handlers": ["private"], "propagate": False},
            "gunicorn.access": {
                "level": "INFO" if access_log else "WARNING",
                "handlers": ["bare"],
                "propagate": False,
            },
        },
    }


class PrivateFormatter(logging.Formatter):
    """Format a record without texts of people in it."""

    def __init__(self, *, as_json: bool = False) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, or lines, of a record."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": request_id(),
            "message": _message(record),
            "exception": _exception(record),
        }
        kept = {name: value for name, value in fields.items() if value}
        if self._as_json:
            return json.dumps(kept, ensure_ascii=False)
        return " ".join(kept.values())


def _message(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in _OURS:
        return record.getMessage()
    args = record.args if isinstance(record.args, tuple) else ()
    known = tuple(arg if isinstance(arg, int | float) else "..." for arg in args)
    try:
        return str(record.msg) % known if known else str(record.msg)
    except (TypeError, ValueError):
        return str(record.msg)


def _exception(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    place = "".join(traceback.format_tb(record.exc_info[2]))
    return f"{record.exc_info[0].__name__}\n{place}".strip()
