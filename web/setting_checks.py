"""Check settings once, at the start, and name the one that cannot be used in one sentence."""

import re
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from web.config import Settings

PREFIX: Final = "VRAAGWIJZER_"
SHORTEST_TOKEN: Final = 16
_RANGES: Final = {
    "max_body_bytes": (4096, 10_000_000),
    "trusted_proxies": (0, 10),
    "session_idle_minutes": (1, 10_080),
    "session_hours": (1, 168),
    "retention_days": (1, 3650),
    "requests_per_minute": (0, 1_000_000),
}
"""Lowest and highest value of each number: outside them it is a mistake, not a choice."""
LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "::1")
"""Hosts of this computer, where plain HTTP is as safe as it gets."""
_ORIGIN: Final = re.compile(r"https?://(?:\[[0-9a-f:]{2,45}\]|[a-z0-9.-]{1,253})(?::[0-9]{1,5})?")


class SettingsError(ValueError):
    """Tell in one sentence which setting cannot be used."""


def check(settings: "Settings") -> None:
    """Raise SettingsError for the first setting that cannot be used."""
    _check_numbers(settings)
    _check_database(settings.database)
    _check_watching(settings.log_format, settings.metrics_token)
    for origin in settings.embed_hosts:
        _check_origin(origin)
    _check_security_txt(settings.security_contact, settings.security_expires)
    if settings.oidc_issuer:
        _check_provider(settings)


def is_safe_address(url: str) -> bool:
    """Tell whether a server may be asked something: over HTTPS, or on this computer."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_local = parts.scheme == "http" and parts.hostname in LOCAL_HOSTS
    return bool(parts.hostname) and (parts.scheme == "https" or is_local)


def _check_database(url: str) -> None:
    """Refuse an address that no driver here can open; the address itself may hold a password."""
    name = f"{PREFIX}DATABASE"
    if not url:
        return
    try:
        driver = make_url(url).get_backend_name()
    except ArgumentError:
        raise SettingsError(f"{name} is geen adres van een database.") from None
    if driver not in ("sqlite", "postgresql", "postgres"):
        raise SettingsError(f"{name}: alleen SQLite en PostgreSQL kunnen, niet {driver}.")
    if driver != "sqlite" and find_spec("psycopg") is None:
        raise SettingsError(f"{name}: installeer eerst vraagwijzer[postgresql].")


def _check_numbers(settings: "Settings") -> None:
    for name, (lowest, highest) in _RANGES.items():
        if not lowest <= getattr(settings, name) <= highest:
            raise SettingsError(
                f"{PREFIX}{name.upper()} moet een getal van {lowest} tot en met {highest} zijn."
            )


def _check_watching(log_format: str, token: str) -> None:
    if log_format not in ("text", "json"):
        raise SettingsError(f"{PREFIX}LOG_FORMAT moet text of json zijn, niet {log_format!r}.")
    if not token:
        return
    if len(token) < SHORTEST_TOKEN or not (token.isascii() and token.isprintable()):
        raise SettingsError(
            f"{PREFIX}METRICS_TOKEN moet minstens {SHORTEST_TOKEN} letters en cijfers hebben."
        )
    if find_spec("prometheus_client") is None:
        raise SettingsError(f"{PREFIX}METRICS_TOKEN: installeer eerst vraagwijzer[metrics].")


def _check_origin(origin: str) -> None:
    # It goes into a header to the letter, so no path, no wildcard and no second word.
    if not _ORIGIN.fullmatch(origin) or not is_safe_address(origin):
        raise SettingsError(
            f"{PREFIX}EMBED_HOSTS: schrijf elke site als https://www.voorbeeld.nl, niet {origin!r}."
        )


def _check_security_txt(contact: str, expires: str) -> None:
    if not contact:
        return
    if not contact.startswith(("mailto:", "https://", "tel:")) or not contact.isprintable():
        raise SettingsError(
            f"{PREFIX}SECURITY_CONTACT moet beginnen met mailto:, https:// of tel:."
        )
    try:
        date.fromisoformat(expires)
    except ValueError:
        raise SettingsError(
            f"{PREFIX}SECURITY_EXPIRES moet een dag zijn, zoals 2030-12-31, niet {expires!r}."
        ) from None


def _check_provider(settings: "Settings") -> None:
    if not is_safe_address(settings.oidc_issuer):
        raise SettingsError(f"{PREFIX}OIDC_ISSUER moet een adres zijn dat begint met https://.")
    if not settings.oidc_client_id:
        raise SettingsError(f"{PREFIX}OIDC_CLIENT_ID ontbreekt: de aanbieder geeft die naam.")
    if not (settings.oidc_moderators or settings.oidc_editors or settings.oidc_administrators):
        raise SettingsError(
            f"{PREFIX}OIDC_MODERATORS, _EDITORS en _ADMINISTRATORS zijn leeg: "
            "dan mag niemand zich aanmelden."
        )
    if find_spec("authlib") is None or find_spec("requests") is None:
        raise SettingsError(f"{PREFIX}OIDC_ISSUER: installeer eerst vraagwijzer[oidc].")
