"""Bring the tables of a database to this version, or back; the steps stand in `versions/`."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError as MigrationError
from sqlalchemy import Connection, Engine

__all__ = ["MigrationError", "downgrade", "upgrade"]

_FOLDER: Final = Path(__file__).parent
_LOCK: Final = 7_318_442
"""Any number, the same for all: two servers that start at once take turns."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to a revision; MigrationError when they are of a newer version."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the tables back to a revision; "base" is before the first."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
