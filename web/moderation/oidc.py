"""Serve the way to the organisation's own sign-in page, and back."""

from typing import Any

from flask import current_app, make_response, redirect, request, url_for
from werkzeug.exceptions import NotFound

from web.auth import SIGN_IN_PATH, safe_next, start_session
from web.config import Settings
from web.cookies import FLOW, cookie_value, delete_cookie, set_cookie
from web.db import get_database
from web.moderation.account import sign_in_page
from web.moderation.blueprint import blueprint
from web.oidc import TOO_LATE, Flow, Provider, SignInFailed
from web.oidc_accounts import account_of
from web.secret_key import secret_key

_PATH = SIGN_IN_PATH.removeprefix("/moderatie")
_KEY = "vraagwijzer.oidc"
NO_ROLE = "Je organisatie kent je, maar je mag hier niet in. Vraag de beheerder om toegang."


@blueprint.get(f"{_PATH}/organisatie")
def sign_in_elsewhere() -> Any:
    """Send the browser to the organisation's sign-in page."""
    provider = _provider()
    target = safe_next(request.args.get("next", ""), url_for("moderation.webinars"))
    flow = Flow.begin(secret_key(_settings()), target)
    try:
        response = make_response(redirect(provider.address(flow, _return_address()), 303))
    except SignInFailed as error:
        return _refused(error)
    set_cookie(response, FLOW, flow.cookie)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get(f"{_PATH}/terug")
def sign_in_return() -> Any:
    """Take the browser back in, with what the provider says of its user."""
    provider = _provider()
    flow = Flow(cookie_value(FLOW), secret_key(_settings()))
    try:
        if not flow.cookie:
            raise SignInFailed(TOO_LATE, 400)
        identity = provider.identity(flow, request.args, _return_address())
        moderator = account_of(get_database(), identity)
        if moderator is None:
            raise SignInFailed(NO_ROLE, 403)
    except SignInFailed as error:
        return _refused(error)
    response = make_response(redirect(safe_next(flow.target), 303))
    start_session(moderator, response)
    delete_cookie(response, FLOW)  # a code is good for one sign-in
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(error: SignInFailed) -> Any:
    response = make_response(sign_in_page(str(error)), error.status)
    response.headers["Cache-Control"] = "no-store"
    delete_cookie(response, FLOW)
    return response


def _return_address() -> str:
    return url_for("moderation.sign_in_return", _external=True)


def _provider() -> Provider:
    if not _settings().oidc_issuer:
        raise NotFound
    found: Provider = current_app.extensions.setdefault(_KEY, Provider(_settings()))
    return found


def _settings() -> Settings:
    found: Settings = current_app.config["VRAAGWIJZER"]
    return found
