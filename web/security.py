"""Close what a page does not need: response headers, cross-site posts, proxies."""

from typing import Final
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
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
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
    """Answer 413 before anything reads the body; chunked bodies are cut off while they are read."""
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    if request.content_length is not None and request.content_length > limit:
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
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        # no-cache, not no-store: Back must show the conversation again without asking the server
        response.headers["Cache-Control"] = "no-cache"
    return response
