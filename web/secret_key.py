"""Keep the secret that form tokens and address hashes are made with; there is no default one."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

from web.config import Settings

FILE_NAME: Final = "geheime-sleutel"


def secret_key(settings: Settings) -> bytes:
    """Give the key from the settings, else the one in the data folder, made when it is missing."""
    if settings.secret_key:
        return settings.secret_key.encode("utf-8", "surrogatepass")
    path = settings.data / FILE_NAME
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    """Make a key that only its owner can read; of two servers that start at once, one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_hex(32).encode())
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)  # unlike a rename, this never replaces a key that is in use
    draft.unlink()
