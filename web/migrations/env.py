"""Run the migrations on the connection that `web.migrations` hands over."""

from typing import Any, Literal

from alembic import context

import web.editing.rows  # noqa: F401 (its tables belong to Base.metadata)
from web.models import Base, Storable, UtcTime


def _plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as the plain ones below them: a migration imports no model."""
    if kind == "type" and isinstance(item, Storable | UtcTime):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=_plain,
)
with context.begin_transaction():
    context.run_migrations()
