"""Give every request a number of its own, to find it in the log by.

It stands in the response's `X-Request-ID`, on error pages and in the log. Behind a trusted proxy
the proxy's own number is taken over when it is a plain one, so that one number leads through both.
"""

import re
import secrets
from typing import Final

from flask import Flask, Response, current_app, g, has_request_context, request

HEADER: Final = "X-Request-ID"
ENVIRON: Final = "vraagwijzer.request_id"
"""Name in the WSGI environment, for the access log."""
_PLAIN: Final = re.compile(r"[0-9A-Za-z-]{8,64}")


def number_requests(app: Flask) -> None:
    """Number the requests of an application; templates know `request_id()`."""
    app.before_request(_number)
    app.after_request(_tell)
    app.add_template_global(request_id, "request_id")


def request_id() -> str:
    """Give the number of this request; '' outside one."""
    found: str = g.get("request_id", "") if has_request_context() else ""
    return found


def _number() -> None:
    given = request.headers.get(HEADER, "") if current_app.config["TRUSTED_PROXIES"] else ""
    g.request_id = given if _PLAIN.fullmatch(given) else secrets.token_hex(6)
    request.environ[ENVIRON] = g.request_id


def _tell(response: Response) -> Response:
    if request_id():
        response.headers[HEADER] = request_id()
    return response
