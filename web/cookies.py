"""Set and read this site's cookies: closed to scripts, and over HTTPS bound to this host alone."""

from typing import Final

from flask import Response, request

SESSION: Final = "sessie"
FORM: Final = "formulier"
FLOW: Final = "aanmelding"


def cookie_name(name: str) -> str:
    """Give the full name; over HTTPS no other site of the domain can set it (__Host-)."""
    return f"__Host-vraagwijzer-{name}" if request.is_secure else f"vraagwijzer-{name}"


def cookie_value(name: str) -> str:
    """Give what the browser sent, or nothing."""
    return request.cookies.get(cookie_name(name), "")


def set_cookie(response: Response, name: str, value: str) -> None:
    """Give the browser a cookie until it closes."""
    response.set_cookie(
        cookie_name(name),
        value,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",  # Strict would sign people out who follow a link in a mail
        path="/",
    )


def delete_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(name), secure=request.is_secure, httponly=True, samesite="Lax"
    )
