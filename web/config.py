"""Hold the settings of the web application; docs/web.md explains each of them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import URL

from corpus import SHIPPED_CORPUS
from web.setting_checks import PREFIX, SettingsError, check

__all__ = ["DATABASE_FILE", "PREFIX", "Settings", "SettingsError"]
DATABASE_FILE: Final = "vraagwijzer.sqlite3"


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting."""

    corpus: Path = SHIPPED_CORPUS
    """Folder with the FAQ."""
    max_body_bytes: int = 16 * 1024
    """Largest request body; a larger one gets 413 before it is read."""
    trusted_proxies: int = 0
    """How many proxies stand in front; their X-Forwarded-* headers count, nobody else's do."""
    data: Path = field(default_factory=lambda: _data_folder(os.environ))
    """Folder of what must be kept: the database, when it is a file, and the secret key."""
    database: str = field(default="", repr=False)
    """URL of a PostgreSQL database; empty for a file in the data folder."""
    secret_key: str = field(default="", repr=False)
    """Secret of forms and sign-in; empty for one that is made in the data folder."""
    session_idle_minutes: int = 120
    """A moderator is signed out after this time without a request."""
    session_hours: int = 12
    """A moderator is signed out this long after signing in."""
    retention_days: int = 30
    """A webinar is deleted, with its texts, this long after something last happened in it."""
    store_questions: bool = False
    """Whether questions of the chat page are kept, redacted, so that editors can learn from them;
    the page then says so. They go after `retention_days`."""
    requests_per_minute: int = 600
    """How many requests one address may go on sending; pages get twice as many; 0 for no limit."""
    embed_hosts: tuple[str, ...] = ()
    """Origins whose pages may show the chat page in a frame."""
    security_contact: str = ""
    """Address for who found a weakness, in security.txt; empty for no such file."""
    security_expires: str = ""
    """Day until which security.txt holds."""
    log_format: str = "text"
    """How the log is written: `text`, or `json` for one object a line."""
    metrics_token: str = field(default="", repr=False)
    """Token with which Prometheus reads `/metrics`; empty for no such page."""
    oidc_issuer: str = ""
    """Address of an OpenID Connect provider; empty for passwords only."""
    oidc_client_id: str = ""
    """Name under which the provider knows this site."""
    oidc_client_secret: str = field(default="", repr=False)
    """Secret that the provider gave with it; empty for a public client."""
    oidc_role_claim: str = "groups"
    """What the provider tells of someone that decides on their role."""
    oidc_moderators: tuple[str, ...] = ()
    """Values of that claim that make someone a moderator."""
    oidc_editors: tuple[str, ...] = ()
    """Values that make someone an editor."""
    oidc_administrators: tuple[str, ...] = ()
    """Values that make someone an administrator."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read each setting from the variable VRAAGWIJZER_<NAME>, where there is one."""
        found: dict[str, Any] = {}
        for setting in fields(cls):
            raw = environ.get(PREFIX + setting.name.upper())
            if raw:
                found[setting.name] = _READERS[setting.type](setting.name, raw)
        settings = cls(**found)
        check(settings)
        return settings

    @property
    def database_url(self) -> str:
        """Give the URL of the database in use."""
        if self.database:
            return self.database
        path = str(self.data.absolute() / DATABASE_FILE)
        return URL.create("sqlite", database=path).render_as_string(hide_password=False)

    def as_flask_config(self) -> dict[str, Any]:
        """Give the settings under the names that Flask and the blueprints know."""
        return {
            "VRAAGWIJZER": self,
            "MAX_CONTENT_LENGTH": self.max_body_bytes,
            "MAX_FORM_MEMORY_SIZE": self.max_body_bytes,
            "TRUSTED_PROXIES": self.trusted_proxies,
            "REQUESTS_PER_MINUTE": self.requests_per_minute,
            "EMBED_HOSTS": self.embed_hosts,
        }


def _whole_number(name: str, raw: str) -> int:
    if raw.isdecimal() and len(raw) < 10:
        return int(raw)
    raise SettingsError(f"{PREFIX}{name.upper()} moet een getal zijn, niet {raw!r}.")


def _yes_or_no(name: str, raw: str) -> bool:
    found = _WORDS.get(raw.strip().casefold())
    if found is None:
        raise SettingsError(f"{PREFIX}{name.upper()} moet ja of nee zijn, niet {raw!r}.")
    return found


_WORDS: Final = dict.fromkeys(("ja", "1", "true", "yes", "on"), True) | dict.fromkeys(
    ("nee", "0", "false", "no", "off"), False
)
_READERS: Final[Mapping[Any, Callable[[str, str], Any]]] = {
    Path: lambda _name, raw: Path(raw),
    str: lambda _name, raw: raw,
    int: _whole_number,
    bool: _yes_or_no,
    tuple[str, ...]: lambda _name, raw: tuple(raw.replace(",", " ").split()),
}


def _data_folder(environ: Mapping[str, str]) -> Path:
    """Give the folder that the XDG rules name for a program's data."""
    home = environ.get("XDG_DATA_HOME")
    return Path(home or Path.home() / ".local" / "share") / "vraagwijzer"
