"""Close what a page does not need: response headers, cross-site posts, proxies."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

# No 'unsafe-inline', no data: and no other host: pages hold no inline script or style at all.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
_EMBEDDABLE: Final = ("chat", "pages")
"""Blueprints of attendees' pages; what asks for a sign-in is never shown in a frame."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it browsers send "Origin: null" on our own posts, too.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ROUTE: Final = "vraagwijzer.route"
"""Name in the WSGI environment of the matched route, for the access log: it never holds what
someone typed, as a path or a query string can."""

_LARGEST: Final = "largest_body"
View = TypeVar("View", bound=Callable[..., Any])


def accepts_body(largest: int) -> Callable[[View], View]:
    """Let a view take request bodies of this many bytes; the others keep the general limit."""

    def mark(view: View) -> View:
        setattr(view, _LARGEST, largest)
        return view

    return mark


STATUS: Final = "vraagwijzer.status"
"""Name in the WSGI environment of the response's status, for the server."""


def guard(app: Flask) -> None:
    """Guard every request and every response of the application."""
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.before_request(_note_route)
    app.before_request(_refuse_large_body)
    app.before_request(_refuse_cross_site_post)
    app.after_request(_add_headers)


def _note_route() -> None:
    request.environ[ROUTE] = request.url_rule.rule if request.url_rule else "-"


def _refuse_large_body() -> None:
    """Answer 413 before anything reads the body, or once a chunked body reaches the limit."""
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    view = current_app.view_functions.get(request.endpoint or "")
    own = getattr(view, _LARGEST, None)
    if own is not None:
        limit = request.max_content_length = request.max_form_memory_size = own
    length = request.content_length
    if length is None and request.environ.get("wsgi.input_terminated"):
        length = len(request.get_data())  # chunked: reading ends, without an error, at the limit
        limit -= 1
    if length is not None and length > limit:
        abort(413)


def _refuse_cross_site_post() -> None:
    """Refuse a post that another site's page sent.

    Browsers say so in Sec-Fetch-Site; older ones, and every browser on plain HTTP, only name the
    Origin. Programs send neither and are let through: they carry no one's session.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def _add_headers(response: Response) -> Response:
    request.environ[STATUS] = response.status_code
    response.headers["Content-Security-Policy"] = (
        f"{CONTENT_SECURITY_POLICY}; frame-ancestors {_frame_ancestors()}"
    )
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        # no-cache, not no-store: Back must show the conversation again without asking the server
        response.headers["Cache-Control"] = "no-cache"
    return response


def _frame_ancestors() -> str:
    """Give who may show this page in a frame: for attendees' pages the sites that settings name."""
    hosts: tuple[str, ...] = current_app.config["EMBED_HOSTS"]
    return " ".join(hosts) if hosts and request.blueprint in _EMBEDDABLE else "'none'"
