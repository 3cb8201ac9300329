"""Give the views the assistant of the running application."""

from flask import Flask, current_app

from assistant import Assistant
from corpus import Corpus

_KEY = "vraagwijzer.assistant"


def set_assistant(app: Flask, assistant: Assistant) -> None:
    """Make an assistant the one that this application answers with."""
    app.extensions[_KEY] = assistant


def get_assistant() -> Assistant:
    """Give the assistant of the current application."""
    found: Assistant = current_app.extensions[_KEY]
    return found


def get_corpus() -> Corpus:
    """Give the corpus that the current application answers from."""
    return get_assistant().corpus
