"""Serve administrators: turn answering off and on, with a reason that is kept."""

from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for

from web.accounts import Role
from web.auth import current_actor, require_role
from web.moderation.blueprint import blueprint
from web.moderation.moments import clock, day
from web.switch import MAX_REASON, get_switch

SHOWN: Final = 20
NO_REASON: Final = "Schrijf op waarom je Vraagwijzer uitzet."
NOT_WRITTEN: Final = "Dat lukte niet: de server kan niet in de gegevensmap schrijven."


@blueprint.get("/beheer")
@require_role(Role.ADMINISTRATOR)
def administration() -> str:
    """Show whether questions are answered, and who changed that."""
    return _page()


@blueprint.post("/beheer")
@require_role(Role.ADMINISTRATOR)
def turn() -> Any:
    """Turn answering off, with a reason, or on."""
    on = request.form.get("action") == "on"
    reason = request.form.get("reason", "").strip()
    if not on and not reason:
        return Response(_page(NO_REASON), 422)
    try:
        get_switch().turn(on=on, reason=reason, by=current_actor().name)
    except OSError:
        return Response(_page(NOT_WRITTEN, reason), 503)
    return redirect(url_for("moderation.administration"), 303)


def _page(error: str = "", reason: str = "") -> str:
    switch = get_switch()
    return render_template(
        "moderatie/beheer.html",
        is_on=switch.is_on,
        history=switch.history()[: -SHOWN - 1 : -1],
        error=error,
        reason=reason,
        max_reason=MAX_REASON,
        clock=clock,
        day=day,
    )
