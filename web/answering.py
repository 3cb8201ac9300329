"""Give the views the assistant of the running application.

A newer version of the FAQ may take its place at any moment (`web.editing.following`); a request
goes on with the one that it began with.
"""

from threading import Lock, Thread

from flask import Flask, current_app, g

from assistant import Assistant
from corpus import Corpus
from web.queue.grouping import Grouping

_KEY = "vraagwijzer.assistant"
_GROUPING = "vraagwijzer.grouping"
_making = Lock()


def set_assistant(app: Flask, assistant: Assistant) -> None:
    """Make an assistant the one that this application answers with."""
    app.extensions[_KEY] = assistant


def get_assistant() -> Assistant:
    """Give the assistant of the current application."""
    if "assistant" not in g:
        g.assistant = current_app.extensions[_KEY]
    found: Assistant = g.assistant
    return found


def get_corpus() -> Corpus:
    """Give the corpus that the current application answers from."""
    return get_assistant().corpus


def get_grouping() -> Grouping:
    """Give what puts questions that ask the same on one card; made anew for a newer FAQ."""
    with _making:
        found = _current_grouping()
        if found is None:
            assistant = get_assistant()
            found = Grouping(assistant.reader)
            current_app.extensions[_GROUPING] = (assistant, found)
        return found


def prepare_grouping() -> None:
    """Make it ready beside the requests: that takes seconds, which no message should wait for."""
    if _current_grouping() is None and not _making.locked():
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        Thread(target=_prepare, args=(app,), daemon=True).start()


def _prepare(app: Flask) -> None:
    with app.app_context():
        get_grouping()


def _current_grouping() -> Grouping | None:
    made_for, grouping = current_app.extensions.get(_GROUPING, (None, None))
    return grouping if made_for is get_assistant() else None
