"""Note who owns a draft entry and whether it is approved; keep senders' names where asked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("cards", sa.Column("owner", sa.String(80), server_default="", nullable=False))
    op.add_column(
        "cards", sa.Column("is_approved", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("messages", sa.Column("sender", sa.String(80), server_default="", nullable=False))


def downgrade() -> None:
    """Bring the tables back."""
    op.drop_column("messages", "sender")
    op.drop_column("cards", "is_approved")
    op.drop_column("cards", "owner")
