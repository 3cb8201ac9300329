"""Hold who may use which route: every route has one line here, or a test fails.

Whoever adds a route adds its line in the same commit: the method, the rule as Flask writes it, and
the lowest role that may use it. EVERYONE is for what holds nothing of moderators; OWN_TOKEN for
what a program or a link opens with a secret of its own. A route that needs a role is guarded with
`require_role` of `web.auth`, and nothing else: the test compares the two.
"""

from enum import Enum
from typing import Final

from web.accounts import Role


class Access(Enum):
    """Name the least that one needs to use a route."""

    EVERYONE = ""
    OWN_TOKEN = "token"  # noqa: S105 (the name of a kind of access)
    MODERATOR = Role.MODERATOR.value
    EDITOR = Role.EDITOR.value
    ADMINISTRATOR = Role.ADMINISTRATOR.value

    @property
    def role(self) -> Role | None:
        """Give the lowest role that may use it; None when it needs none."""
        return None if self in (Access.EVERYONE, Access.OWN_TOKEN) else Role(self.value)


_WEBINAR: Final = "/moderatie/webinar/<int:webinar_id>"

ROUTES: Final = {
    # Attendees
    ("GET", "/"): Access.EVERYONE,
    ("POST", "/"): Access.EVERYONE,
    ("GET", "/vragen"): Access.EVERYONE,
    ("POST", "/vragen"): Access.EVERYONE,
    ("GET", "/vraag/<entry_id>"): Access.EVERYONE,
    ("GET", "/contact"): Access.EVERYONE,
    ("GET", "/over"): Access.EVERYONE,
    ("GET", "/toegankelijkheid"): Access.EVERYONE,
    ("GET", "/privacy"): Access.EVERYONE,
    ("GET", "/static/<path:filename>"): Access.EVERYONE,
    ("GET", "/embed.js"): Access.EVERYONE,
    ("GET", "/.well-known/security.txt"): Access.EVERYONE,
    ("GET", "/health"): Access.EVERYONE,
    ("GET", "/ready"): Access.EVERYONE,
    ("GET", "/metrics"): Access.OWN_TOKEN,
    # Programs
    ("POST", "/api/v1/ask"): Access.EVERYONE,
    ("GET", "/api/v1/entries"): Access.EVERYONE,
    ("GET", "/api/v1/health"): Access.EVERYONE,
    ("GET", "/api/v1/openapi.json"): Access.EVERYONE,
    ("POST", "/api/v1/webinars/<int:webinar_id>/messages"): Access.OWN_TOKEN,
    # Who has the link
    ("GET", "/spreker/<token>"): Access.OWN_TOKEN,
    ("GET", "/webinar/<token>"): Access.OWN_TOKEN,
    # Signing in
    ("GET", "/moderatie/aanmelden"): Access.EVERYONE,
    ("POST", "/moderatie/aanmelden"): Access.EVERYONE,
    ("GET", "/moderatie/aanmelden/organisatie"): Access.EVERYONE,
    ("GET", "/moderatie/aanmelden/terug"): Access.EVERYONE,
    ("POST", "/moderatie/afmelden"): Access.MODERATOR,
    ("GET", "/moderatie/account"): Access.MODERATOR,
    ("POST", "/moderatie/account"): Access.MODERATOR,
    # Editors
    ("GET", "/redactie"): Access.EDITOR,
    ("GET", "/redactie/gevraagd"): Access.EDITOR,
    ("POST", "/redactie/gevraagd"): Access.EDITOR,
    ("GET", "/redactie/gevraagd/per-vraag"): Access.EDITOR,
    ("GET", "/redactie/te-schrijven"): Access.EDITOR,
    ("GET", "/redactie/concept"): Access.EDITOR,
    ("POST", "/redactie/concept"): Access.EDITOR,
    ("GET", "/redactie/klaarmaken/<int:job_id>"): Access.EDITOR,
    ("POST", "/redactie/klaarmaken/<int:job_id>"): Access.EDITOR,
    ("GET", "/redactie/versies"): Access.EDITOR,
    ("POST", "/redactie/versies"): Access.EDITOR,
    ("GET", "/redactie/versies/<int:before>/<int:after>"): Access.EDITOR,
    ("GET", "/redactie/vragen"): Access.EDITOR,
    ("GET", "/redactie/vraag/nieuw"): Access.EDITOR,
    ("POST", "/redactie/vraag/nieuw"): Access.EDITOR,
    ("GET", "/redactie/vraag/<entry_id>"): Access.EDITOR,
    ("POST", "/redactie/vraag/<entry_id>"): Access.EDITOR,
    ("GET", "/redactie/vraag/<entry_id>/geschiedenis"): Access.EDITOR,
    ("GET", "/redactie/inlezen"): Access.EDITOR,
    ("POST", "/redactie/inlezen"): Access.EDITOR,
    # Administrators
    ("GET", "/moderatie/beheer"): Access.ADMINISTRATOR,
    ("POST", "/moderatie/beheer"): Access.ADMINISTRATOR,
    # Moderators
    ("GET", "/moderatie"): Access.MODERATOR,
    ("POST", "/moderatie"): Access.MODERATOR,
    ("GET", "/moderatie/vaste-teksten"): Access.MODERATOR,
    ("POST", "/moderatie/vaste-teksten"): Access.MODERATOR,
    ("GET", _WEBINAR): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/kaart/<int:card_id>"): Access.MODERATOR,
    ("POST", f"{_WEBINAR}/kaart/<int:card_id>"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/kaart/<int:card_id>/dubbel"): Access.MODERATOR,
    ("POST", f"{_WEBINAR}/ongedaan"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/stroom"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/nieuws"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/inlezen"): Access.MODERATOR,
    ("POST", f"{_WEBINAR}/inlezen"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/verslag"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/na-afloop"): Access.MODERATOR,
    ("POST", f"{_WEBINAR}/na-afloop"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/export/<name>"): Access.MODERATOR,
    ("GET", f"{_WEBINAR}/instellingen"): Access.MODERATOR,
    ("POST", f"{_WEBINAR}/instellingen"): Access.MODERATOR,
}
