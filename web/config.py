"""Hold the settings of the web application; docs/web.md explains each of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from corpus import SHIPPED_CORPUS

PREFIX: Final = "VRAAGWIJZER_"


class SettingsError(ValueError):
    """Tell in one sentence which setting cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting. None of them is a secret: this part of the application needs none."""

    corpus: Path = SHIPPED_CORPUS
    """Folder with the FAQ."""
    max_body_bytes: int = 16 * 1024
    """Largest request body; a larger one gets 413 before it is read."""
    trusted_proxies: int = 0
    """How many proxies stand in front; their X-Forwarded-* headers count, nobody else's do."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read each setting from the variable VRAAGWIJZER_<NAME>, where there is one."""
        found: dict[str, Any] = {}
        for field in fields(cls):
            raw = environ.get(PREFIX + field.name.upper())
            if raw:
                found[field.name] = Path(raw) if field.type is Path else _whole_number(field, raw)
        return cls(**found)

    def as_flask_config(self) -> dict[str, Any]:
        """Give the settings under the names that Flask and the blueprints know."""
        return {
            "MAX_CONTENT_LENGTH": self.max_body_bytes,
            "MAX_FORM_MEMORY_SIZE": self.max_body_bytes,
            "TRUSTED_PROXIES": self.trusted_proxies,
        }


def _whole_number(field: Any, raw: str) -> int:
    if raw.isdecimal() and len(raw) < 10:
        return int(raw)
    raise SettingsError(f"{PREFIX}{field.name.upper()} moet een getal zijn, niet {raw!r}.")
