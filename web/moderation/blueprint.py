"""Hold the blueprint of the moderators' pages, and answer what the queue says cannot be done."""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, render_template, request

from web.errors import ErrorText, problem
from web.queue.cards import NotFound, QueueError

blueprint: Final = Blueprint("moderation", __name__, url_prefix="/moderatie")
LARGEST_FORM: Final = 256 * 1024
"""Bytes of a form: an answer of 4,000 characters, each of which may take 12 bytes in a post."""


def wants_part() -> bool:
    """Tell whether the page's script asks, which puts parts in place itself."""
    return "X-Requested-With" in request.headers


@blueprint.errorhandler(NotFound)
def _not_found(_error: NotFound) -> Any:
    text = ErrorText(
        "Dit is er niet meer",
        "Het webinar of de vraag is verwijderd, of het adres klopt niet.",
    )
    return _refusal(text, HTTPStatus.NOT_FOUND)


@blueprint.errorhandler(QueueError)
def _refused(error: QueueError) -> Any:
    text = ErrorText("Dat kan niet", f"{error} Ga terug en probeer het anders.")
    return _refusal(text, HTTPStatus.BAD_REQUEST, str(error))


def _refusal(text: ErrorText, status: HTTPStatus, detail: str = "") -> Any:
    if wants_part():
        return problem(status, detail or text.message)
    return Response(render_template("moderatie/kan-niet.html", error=text), status)
