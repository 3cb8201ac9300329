"""Sign moderators in and out, and close pages and posts to everyone else.

A session is a random id in a cookie, kept as a hash in the database with an idle and an absolute
limit; every sign-in makes a new one. Posts carry a token, on top of the check on where a post
comes from (`web.security`).
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Final, ParamSpec
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, redirect, request
from sqlalchemy import delete
from werkzeug.exceptions import Forbidden

from web.accounts import Moderator, Refused, Role, check_password, moderator_of
from web.config import Settings
from web.cookies import FORM, SESSION, cookie_value, delete_cookie, set_cookie
from web.db import get_database
from web.errors import problem
from web.models import ModeratorRow, SessionRow
from web.queue.cards import Actor
from web.secret_key import secret_key

SIGN_IN_PATH: Final = "/moderatie/aanmelden"
TOKEN_FIELD: Final = "csrf_token"  # noqa: S105 (the name of a form field)
TOKEN_HEADER: Final = "X-CSRF-Token"  # noqa: S105 (the name of a header)
_SEEN_EVERY: Final = timedelta(minutes=1)
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Hold who sent this request."""

    moderator: Moderator
    csrf_token: str

    @property
    def actor(self) -> Actor:
        """Give them as the queue knows them."""
        return Actor(self.moderator.id, self.moderator.name)


def equip_auth(app: Flask) -> None:
    """Give templates `signed_in` and `csrf_token()`, and keep pages of moderators out of caches."""
    app.context_processor(lambda: {"signed_in": signed_in, "csrf_token": csrf_token})
    app.after_request(_not_kept)


def signed_in() -> SignedIn | None:
    """Give who sent this request, when they are signed in."""
    if "signed_in" not in g:
        g.signed_in = _look_up(cookie_value(SESSION))
    found: SignedIn | None = g.signed_in
    return found


def current_actor() -> Actor:
    """Give who acts, behind `require_role`."""
    found = signed_in()
    if found is None:
        raise Forbidden
    return found.actor


def require_role(role: Role) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Let a view be used by this role and up; posts must carry the token.

    A page sends others to the sign-in page; a request for JSON gets 401. Too low a role gets 403.
    """

    def decorate(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            found = signed_in()
            if found is None:
                return _ask_to_sign_in()
            if not found.moderator.role.includes(role):
                raise Forbidden
            if request.method not in ("GET", "HEAD", "OPTIONS"):
                check_token()
            return view(*args, **kwargs)

        guarded.required_role = role  # type: ignore[attr-defined]
        return guarded

    return decorate


def sign_in(name: str, password: str, response: Response) -> Moderator | Refused:
    """Check name and password, and start a session with a new id in the response's cookie."""
    database = get_database()
    address = request.remote_addr or ""
    found = check_password(database, secret_key(_settings()), name, password, address)
    if not isinstance(found, Refused):
        start_session(found, response)
    return found


def start_session(moderator: Moderator, response: Response) -> None:
    """Start a session with a new id in the response's cookie, and end the one before."""
    database = get_database()
    cookie = secrets.token_urlsafe(32)
    old = cookie_value(SESSION)
    with database.writing() as session:
        now = database.now()
        session.execute(delete(SessionRow).where(SessionRow.id_hash == _hash(old)))
        session.execute(delete(SessionRow).where(SessionRow.created_at < now - _absolute()))
        session.add(
            SessionRow(
                id_hash=_hash(cookie),
                moderator_id=moderator.id,
                csrf_token=secrets.token_urlsafe(24),
                created_at=now,
                seen_at=now,
            )
        )
    set_cookie(response, SESSION, cookie)


def sign_out(response: Response) -> None:
    """End the session, on the server and in the browser."""
    cookie = cookie_value(SESSION)
    with get_database().writing() as session:
        session.execute(delete(SessionRow).where(SessionRow.id_hash == _hash(cookie)))
    delete_cookie(response, SESSION)
    g.signed_in = None


def csrf_token() -> str:
    """Give the token that a form must carry: of the session, or of the sign-in form's cookie."""
    found = signed_in()
    if found is not None:
        return found.csrf_token
    cookie = cookie_value(FORM) or g.get("form_cookie")
    if not cookie:
        cookie = g.form_cookie = secrets.token_urlsafe(16)
    return _form_token(cookie)


def check_token() -> None:
    """Refuse a post without the right token (403)."""
    given = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN_FIELD, "")
    found = signed_in()
    if found is not None:
        expected = found.csrf_token
    else:
        cookie = cookie_value(FORM)
        expected = _form_token(cookie) if cookie else ""
    if not expected or not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise Forbidden


def safe_next(path: str, otherwise: str = "/moderatie") -> str:
    """Give a path to go to after sign-in, only when it lies on this site."""
    is_local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_local else otherwise


def _look_up(cookie: str) -> SignedIn | None:
    if not cookie:
        return None
    database = get_database()
    now = database.now()
    with database.reading() as session:
        row = session.get(SessionRow, _hash(cookie))
        moderator = session.get(ModeratorRow, row.moderator_id) if row else None
    idle = timedelta(minutes=_settings().session_idle_minutes)
    if row is None or moderator is None or not moderator.is_active:
        return None
    if now - row.seen_at > idle or now - row.created_at > _absolute():
        return None
    if now - row.seen_at > _SEEN_EVERY:
        with database.writing() as session:
            again = session.get(SessionRow, row.id_hash)
            if again is not None:
                again.seen_at = now
    return SignedIn(moderator_of(moderator), row.csrf_token)


def _ask_to_sign_in() -> Any:
    wants_json = request.accept_mimetypes.best_match(["text/html", "application/json"])
    if wants_json == "application/json" or "X-Requested-With" in request.headers:
        return problem(401, "Meld je aan. Je tekst staat nog op deze pagina.")
    if request.method != "GET":
        return redirect(SIGN_IN_PATH, 303)
    return redirect(f"{SIGN_IN_PATH}?{urlencode({'next': request.path})}", 303)


def _not_kept(response: Response) -> Response:
    if "signed_in" in g or "form_cookie" in g:
        response.headers["Cache-Control"] = "no-store"
    if "form_cookie" in g:
        set_cookie(response, FORM, g.form_cookie)
    return response


def _form_token(cookie: str) -> str:
    key = secret_key(_settings())
    return hmac.new(key, f"form\x1f{cookie}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _absolute() -> timedelta:
    return timedelta(hours=_settings().session_hours)


def _settings() -> Settings:
    found: Settings = current_app.config["VRAAGWIJZER"]
    return found


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()
