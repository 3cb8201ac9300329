"""Serve moderators: sign-in, webinars, import, console, report, and what comes afterwards.

`screen` puts together what the console shows, `acting` takes its actions, `live` tells what others
do. Each module adds its views to the one blueprint.
"""

from web.moderation import (
    account,
    acting,
    administration,
    afterwards,
    canned,
    console,
    importing,
    live,
    oidc,
    report,
    webinars,
)
from web.moderation.blueprint import blueprint

__all__ = [
    "account",
    "acting",
    "administration",
    "afterwards",
    "blueprint",
    "canned",
    "console",
    "importing",
    "live",
    "oidc",
    "report",
    "webinars",
]
