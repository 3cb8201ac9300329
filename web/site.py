"""Serve what other sites and finders of weaknesses look for at fixed addresses."""

from datetime import date

from flask import Blueprint, Response, abort, current_app

from web.config import Settings

blueprint = Blueprint("site", __name__)


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Tell where to report a weakness (RFC 9116)."""
    settings: Settings = current_app.config["VRAAGWIJZER"]
    if not settings.security_contact:
        abort(404)
    until = date.fromisoformat(settings.security_expires)
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {until.isoformat()}T23:59:59Z",
        "Preferred-Languages: nl, en",
    )
    return Response("".join(f"{line}\n" for line in lines), mimetype="text/plain")


@blueprint.get("/embed.js")
def embed() -> Response:
    """Give the script that puts the chat page in a frame on a page of a named site."""
    if not current_app.config["EMBED_HOSTS"]:
        abort(404)
    response = current_app.send_static_file("embed.js")
    # The one file that pages of other sites may load; who may show the frame says frame-ancestors.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
