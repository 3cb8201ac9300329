"""Give the views the assistant of the running application.

A newer version of the FAQ may take its place at any moment (`web.editing.following`); a request
goes on with the one that it began with.
"""

from flask import Flask, current_app, g

from assistant import Assistant
from corpus import Corpus
from web.queue.grouping import Grouping

_KEY = "vraagwijzer.assistant"
_GROUPING = "vraagwijzer.grouping"


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
    assistant = get_assistant()
    made_for, grouping = current_app.extensions.get(_GROUPING, (None, None))
    if made_for is not assistant or grouping is None:
        grouping = Grouping(assistant.reader)
        current_app.extensions[_GROUPING] = (assistant, grouping)
    found: Grouping = grouping
    return found
