"""Answer every error with one calm Dutch sentence, as a page or as JSON, and log no typed text."""

import json
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, current_app, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    ServiceUnavailable,
    TooManyRequests,
)

from web.db import DatabaseUnavailable
from web.security import ROUTE


@dataclass(frozen=True, slots=True)
class ErrorText:
    """Hold what a person reads: what is the case, then what they can do."""

    title: str
    message: str


TEXTS: Final = {
    400: ErrorText("Dit verzoek klopt niet", "Ga terug en probeer het nog een keer."),
    403: ErrorText(
        "Dit verzoek kwam van een andere site",
        "Ga naar de pagina van Vraagwijzer en stel je vraag daar.",
    ),
    404: ErrorText(
        "Deze pagina bestaat niet",
        "Misschien klopt het adres niet, of is de pagina verplaatst.",
    ),
    405: ErrorText("Dat kan op dit adres niet", "Ga naar de beginpagina en begin opnieuw."),
    413: ErrorText(
        "Dat is te veel tekst",
        "Een vraag heeft plaats voor 500 tekens. Ga terug en maak je tekst korter.",
    ),
    415: ErrorText("Deze soort gegevens kan hier niet", "Ga naar de beginpagina en begin opnieuw."),
    429: ErrorText("Het gaat nu te snel", "Wacht even en probeer het dan opnieuw."),
    500: ErrorText(
        "Er ging iets mis bij ons",
        "Probeer het over een minuut nog eens. Lukt het dan niet? Neem dan contact op.",
    ),
    503: ErrorText(
        "Vraagwijzer is er even niet",
        "Probeer het later nog eens, of neem contact op met een mens.",
    ),
}


TYPED_FIELDS: Final = ("question", "search", "text", "title")
"""Form fields that people type in; never a password."""


def answer_errors(app: Flask) -> None:
    """Make every error of the application pass through here."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(DatabaseUnavailable, _show_unavailable)
    app.register_error_handler(Exception, _show_unexpected)


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Give an error of the JSON interface (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    response = Response(
        json.dumps({**body, "detail": detail}, ensure_ascii=False),
        status,
        mimetype="application/problem+json",
    )
    response.headers.update(headers or {})
    return response


def _show(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:  # a redirect is an exception in werkzeug, not an error
        return error
    text = TEXTS.get(status) or TEXTS[400 if status < 500 else 500]
    headers = {k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After")}
    if request_ctx.url_adapter is None:  # a Host that is no host: no page can hold a link
        return Response(f"{text.title}.\n", status, mimetype="text/plain")
    if isinstance(error, TooManyRequests):
        return _show_too_many(error, headers)
    if request.path.startswith("/api/"):
        return problem(status, f"{text.title}.", headers)
    response = Response(render_template("fout.html", error=text), status)
    response.headers.update(headers)
    return response


def too_fast(seconds: int) -> str:
    """Say how long to wait, after too many requests."""
    wait = "1 seconde" if seconds == 1 else f"{seconds} seconden"
    return f"Het gaat nu te snel. Wacht {wait} en probeer het dan opnieuw."


def _show_too_many(error: TooManyRequests, headers: dict[str, str]) -> Response:
    """Answer 429; a page holds the longest text that was sent, so that it is not lost."""
    text = TEXTS[429]
    told = f"{text.title}. {text.message}"
    if isinstance(error.retry_after, int):
        told = too_fast(error.retry_after)
    if request.path.startswith("/api/") or "X-Requested-With" in request.headers:
        return problem(429, told, headers)
    text = ErrorText(text.title, told.split(". ", 1)[1])
    typed = max((request.form.get(name, "") for name in TYPED_FIELDS), key=len)
    response = Response(render_template("fout.html", error=text, typed=typed), 429)
    response.headers.update(headers)
    return response


def _show_unavailable(error: DatabaseUnavailable) -> Response | HTTPException:
    current_app.logger.error("database: %s on %s", error, request.environ.get(ROUTE, "-"))
    return _show(ServiceUnavailable(retry_after=5))


def _show_unexpected(error: Exception) -> Response | HTTPException:
    # The message of an exception may quote what someone typed; its type and place never do.
    place = "".join(traceback.format_tb(error.__traceback__))
    route = request.environ.get(ROUTE, "-")
    current_app.logger.error("%s on %s\n%s", type(error).__name__, route, place)
    return _show(InternalServerError())
