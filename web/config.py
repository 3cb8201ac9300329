"""Hold the settings of the web application; docs/web.md explains each of them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from corpus import SHIPPED_CORPUS

PREFIX: Final = "VRAAGWIJZER_"
DATABASE_FILE: Final = "vraagwijzer.sqlite3"


class SettingsError(ValueError):
    """Tell in one sentence which setting cannot be used."""


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

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read each setting from the variable VRAAGWIJZER_<NAME>, where there is one."""
        found: dict[str, Any] = {}
        for setting in fields(cls):
            raw = environ.get(PREFIX + setting.name.upper())
            if raw:
                found[setting.name] = _READERS[setting.type](setting.name, raw)
        if "database" in found:
            _check_url(found["database"])
        return cls(**found)

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
        }


def _whole_number(name: str, raw: str) -> int:
    if raw.isdecimal() and len(raw) < 10:
        return int(raw)
    raise SettingsError(f"{PREFIX}{name.upper()} moet een getal zijn, niet {raw!r}.")


_READERS: Final[Mapping[Any, Callable[[str, str], Any]]] = {
    Path: lambda _name, raw: Path(raw),
    str: lambda _name, raw: raw,
    int: _whole_number,
}


def _check_url(url: str) -> None:
    """Refuse an address that no driver here can open; the address itself may hold a password."""
    name = f"{PREFIX}DATABASE"
    try:
        driver = make_url(url).get_backend_name()
    except ArgumentError:
        raise SettingsError(f"{name} is geen adres van een database.") from None
    if driver not in ("sqlite", "postgresql", "postgres"):
        raise SettingsError(f"{name}: alleen SQLite en PostgreSQL kunnen, niet {driver}.")
    if driver != "sqlite" and find_spec("psycopg") is None:
        raise SettingsError(f"{name}: installeer eerst vraagwijzer[postgresql].")


def _data_folder(environ: Mapping[str, str]) -> Path:
    """Give the folder that the XDG rules name for a program's data."""
    home = environ.get("XDG_DATA_HOME")
    return Path(home or Path.home() / ".local" / "share") / "vraagwijzer"
