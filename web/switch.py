"""Turn answering off and on, and keep who did so, when and why.

The state is the last line of one file in the data folder, so it needs no database: the switch must
work when other things do not. Every worker sees a change at its next request.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, render_template, request

from web.db import utc_now
from web.errors import problem
from web.models import storable

FILE: Final = "schakelaar.jsonl"
MAX_REASON: Final = 300
RETRY_SECONDS: Final = 600
OFF: Final = "Vraagwijzer is even uit."
_CLOSED: Final = ("chat.start", "chat.post", "api.ask")
"""Endpoints that match questions; the approved answers themselves can still be read."""
_KEY: Final = "vraagwijzer.switch"


@dataclass(frozen=True, slots=True)
class SwitchChange:
    """Hold one turn of the switch."""

    is_on: bool
    reason: str
    by: str
    at: datetime


class Switch:
    """Read and turn the switch of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._seen: tuple[int, int] | None = None
        self._last: SwitchChange | None = None

    @property
    def is_on(self) -> bool:
        """Tell whether questions are answered: they are, until somebody turns it off."""
        try:
            found = self._path.stat()
        except OSError:
            return True
        mark = (found.st_mtime_ns, found.st_size)
        if mark != self._seen:
            changes = self.history()
            self._last = changes[-1] if changes else None
            self._seen = mark
        return self._last is None or self._last.is_on

    def history(self) -> list[SwitchChange]:
        """Give every turn that can be read, first one first."""
        try:
            lines = self._path.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []
        return [change for line in lines for change in _read(line)]

    def turn(self, *, on: bool, reason: str, by: str) -> SwitchChange:
        """Turn it, and keep who did so and why. Raises OSError when that cannot be written."""
        change = SwitchChange(on, _one_line(reason), _one_line(by), utc_now())
        kept = {"on": on, "reason": change.reason, "by": change.by, "at": change.at.isoformat()}
        line = "\n" + json.dumps(kept, ensure_ascii=False)  # in front: half a line stays alone
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line.encode())
            os.fsync(file)
        finally:
            os.close(file)
        return change


def equip_switch(app: Flask, folder: Path) -> None:
    """Answer 503, with the ways to reach people, while the switch is off."""
    app.extensions[_KEY] = Switch(folder)
    app.before_request(_closed)


def get_switch() -> Switch:
    """Give the switch of the current application."""
    found: Switch = current_app.extensions[_KEY]
    return found


def _closed() -> Response | None:
    if request.endpoint not in _CLOSED or get_switch().is_on:
        return None
    headers = {"Retry-After": str(RETRY_SECONDS)}
    if request.path.startswith("/api/"):
        return problem(503, OFF, headers)
    typed = request.form.get("question", "") if request.method == "POST" else ""
    response = Response(render_template("uit.html", typed=typed), 503)
    response.headers.update(headers)
    return response


def _one_line(text: str) -> str:
    return " ".join(storable(text).split())[:MAX_REASON]


def _read(line: str) -> Iterator[SwitchChange]:
    """Yield the change on a line; nothing for a damaged one, so that the one before it counts."""
    with suppress(ValueError, KeyError, TypeError):
        found: dict[str, Any] = json.loads(line)
        at = datetime.fromisoformat(found["at"])
        yield SwitchChange(found["on"] is True, str(found["reason"]), str(found["by"]), at)
