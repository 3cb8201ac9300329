"""Limit how fast one address and one visit may send requests, leniently.

A webinar's attendees may all sit behind one address, so an address gets what 250 people need at
once; a visit (one open chat page, or one moderator's session) gets what one person needs.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any, Final, TypeVar

from flask import Flask, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from web.cookies import SESSION, cookie_value
from web.throttle import Rate, Throttle

VISIT_FIELD: Final = "visit"
_KEY: Final = "vraagwijzer.throttle"
_BUDGET: Final = "budget"
_TELLS: Final = "tells_itself"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class _Allowance:
    """Hold what a kind of request may use."""

    share: int
    """Of the setting `requests_per_minute`, for one address."""
    visit: Rate | None = None


class Budget(Enum):
    """Name the kinds of requests, each with an allowance of its own."""

    ASK = _Allowance(1, Rate(per_minute=120, at_once=120))
    PAGE = _Allowance(2)
    MODERATION = _Allowance(4, Rate(per_minute=1200, at_once=600))
    LIVE = _Allowance(5)
    FREE = _Allowance(0)
    """Files, and what a monitor asks."""


def counts_as(budget: Budget, *, tells: bool = False) -> Callable[[View], View]:
    """Give a view another budget than its address suggests.

    One that `tells` is called all the same, and must look at `seconds_to_wait` first: so it can
    keep what was typed.
    """

    def mark(view: View) -> View:
        setattr(view, _BUDGET, budget)
        setattr(view, _TELLS, tells)
        return view

    return mark


def limit_requests(app: Flask) -> None:
    """Answer 429 to whoever sends requests faster than a person, or an office full of them."""
    app.extensions[_KEY] = Throttle()
    app.before_request(_refuse_too_many)
    app.add_template_global(visit, "visit")


def seconds_to_wait() -> int:
    """Give how long the sender of this request must wait; 0 when it may be answered."""
    found: int = g.get("seconds_to_wait", 0)
    return found


def visit() -> str:
    """Give the mark of this open chat page: the one that was sent along, else a new one.

    It travels in the form, not in a cookie, is stored nowhere, and says nothing of the person.
    """
    if "visit" not in g:
        given = request.form.get(VISIT_FIELD, "")
        name = secrets.token_hex(8)
        g.visit = given if _is_ours(given) else f"{name}.{_throttle().sign(name)}"
    found: str = g.visit
    return found


def _refuse_too_many() -> None:
    wait = ceil(_longest_wait())
    if not wait:
        return
    if getattr(_view(), _TELLS, False):
        g.seconds_to_wait = wait
        return
    raise TooManyRequests(retry_after=wait)


def _longest_wait() -> float:
    per_minute: int = current_app.config["REQUESTS_PER_MINUTE"]
    budget = _budget()
    if not per_minute or budget is Budget.FREE:
        return 0.0
    allowance, now = budget.value, time.monotonic()
    name = _visit_name(budget) if allowance.visit else ""
    if name:
        # First, so that a page that runs wild does not use up what its neighbours need.
        wait = _throttle().spend(f"{budget.name} visit {name}", allowance.visit, now)
        if wait:
            return wait
    most = per_minute * allowance.share
    address = _network(request.remote_addr or "")
    return _throttle().spend(f"{budget.name} address {address}", Rate(most, most), now)


def _budget() -> Budget:
    found: Budget | None = getattr(_view(), _BUDGET, None)
    if found is not None:
        return found
    if request.endpoint == "static":
        return Budget.FREE
    is_inside = request.path.startswith(("/moderatie", "/redactie"))
    return Budget.MODERATION if is_inside else Budget.PAGE


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def _visit_name(budget: Budget) -> str:
    if budget is Budget.MODERATION:
        return cookie_value(SESSION)
    given = request.form.get(VISIT_FIELD, "")
    return given if _is_ours(given) else ""


def _is_ours(given: str) -> bool:
    name, _, mark = given.partition(".")
    if len(given) > 100 or not given.isascii():
        return False
    return bool(name) and hmac.compare_digest(mark, _throttle().sign(name))


def _network(address: str) -> str:
    """Give what counts as one address: of IPv6 the half that a provider gives to one customer."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or found.exploded[:19])
    return address


def _throttle() -> Throttle:
    found: Throttle = current_app.extensions[_KEY]
    return found
