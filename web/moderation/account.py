"""Serve the pages to sign in and out, and to change one's own password."""

from typing import Any, Final

from flask import Response, current_app, make_response, redirect, render_template, request, url_for

from web.accounts import AccountError, Refused, Role, check_password, has_moderators, set_password
from web.auth import (
    SIGN_IN_PATH,
    check_token,
    current_actor,
    require_role,
    safe_next,
    sign_in,
    sign_out,
    signed_in,
)
from web.config import Settings
from web.db import get_database
from web.moderation.blueprint import blueprint
from web.secret_key import secret_key

WRONG: Final = "Deze naam en dit wachtwoord horen niet bij elkaar."


@blueprint.get(SIGN_IN_PATH.removeprefix("/moderatie"))
def sign_in_form() -> Any:
    """Show the form, or tell how the first account is made."""
    if signed_in():
        return redirect(url_for("moderation.webinars"))
    return sign_in_page()


@blueprint.post(SIGN_IN_PATH.removeprefix("/moderatie"))
def sign_in_post() -> Any:
    """Sign in, and go to the page that asked for it."""
    check_token()
    target = safe_next(request.form.get("next", ""), url_for("moderation.webinars"))
    response = make_response(redirect(target, 303))
    name = request.form.get("name", "")
    found = sign_in(name, request.form.get("password", ""), response)
    if not isinstance(found, Refused):
        return response
    if not found.wait_seconds:
        return Response(sign_in_page(WRONG, name), 401)
    minutes = -(-found.wait_seconds // 60)
    wait = "1 minuut" if minutes == 1 else f"{minutes} minuten"
    text = f"Het aanmelden is te vaak mislukt. Wacht {wait} en probeer het dan opnieuw."
    refused = Response(sign_in_page(text, name), 429)
    refused.headers["Retry-After"] = str(found.wait_seconds)
    return refused


@blueprint.post("/afmelden")
@require_role(Role.MODERATOR)
def sign_out_post() -> Any:
    """End the session."""
    response = make_response(redirect(url_for("moderation.sign_in_form", afgemeld="ja"), 303))
    sign_out(response)
    return response


@blueprint.get("/account")
@require_role(Role.MODERATOR)
def account() -> str:
    """Show who is signed in, and the form for another password."""
    return render_template("moderatie/account.html")


@blueprint.post("/account")
@require_role(Role.MODERATOR)
def change_password() -> Any:
    """Give oneself another password; every session ends, so one signs in again."""
    name = current_actor().name
    try:
        _check_change(name, request.form)
    except AccountError as error:
        return Response(render_template("moderatie/account.html", error=str(error)), 422)
    response = make_response(redirect(url_for("moderation.sign_in_form", gewijzigd="ja"), 303))
    sign_out(response)
    return response


def _check_change(name: str, form: Any) -> None:
    """Change the password when the current one is right and the new one was typed twice."""
    database = get_database()
    settings: Settings = current_app.config["VRAAGWIJZER"]
    current = form.get("current", "")
    address = request.remote_addr or ""
    if isinstance(check_password(database, secret_key(settings), name, current, address), Refused):
        raise AccountError("Je huidige wachtwoord klopt niet.")
    if form.get("new", "") != form.get("again", ""):
        raise AccountError("Je nieuwe wachtwoord staat er niet twee keer hetzelfde.")
    set_password(database, name, form.get("new", ""))


def sign_in_page(error: str = "", name: str = "") -> str:
    """Give the sign-in form, with what went wrong."""
    settings: Settings = current_app.config["VRAAGWIJZER"]
    return render_template(
        "moderatie/aanmelden.html",
        by_organisation=bool(settings.oidc_issuer),
        error=error,
        name=name,
        next=request.values.get("next", ""),
        has_accounts=has_moderators(get_database()),
    )
