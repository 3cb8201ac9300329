"""Give the views the assistant of the running application.

A newer version of the FAQ may take its place at any moment (`web.editing.following`); a request
goes on with the one that it began with.
"""

from flask import Flask, current_app, g

from assistant import Assistant
from corpus import Corpus

_KEY = "vraagwijzer.assistant"


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
