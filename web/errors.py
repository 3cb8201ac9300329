"""Answer every error with one calm Dutch sentence, as a page or as JSON, and log no typed text."""

import json
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

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
    500: ErrorText(
        "Er ging iets mis bij ons",
        "Probeer het over een minuut nog eens. Lukt het dan niet? Neem dan contact op.",
    ),
    503: ErrorText(
        "Vraagwijzer is er even niet",
        "Probeer het later nog eens, of neem contact op met een mens.",
    ),
}


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
    if request.path.startswith("/api/"):
        return problem(status, f"{text.title}.", headers)
    response = Response(render_template("fout.html", error=text), status)
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
