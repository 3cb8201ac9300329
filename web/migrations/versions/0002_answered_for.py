"""Note for how many people a card was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column(
        "cards", sa.Column("answered_for", sa.Integer(), server_default="0", nullable=False)
    )
    op.create_index(op.f("ix_messages_joins_id"), "messages", ["joins_id"], unique=False)
    op.create_index(op.f("ix_messages_reply_to_id"), "messages", ["reply_to_id"], unique=False)


def downgrade() -> None:
    """Bring the tables back."""
    op.drop_index(op.f("ix_messages_reply_to_id"), table_name="messages")
    op.drop_index(op.f("ix_messages_joins_id"), table_name="messages")
    op.drop_column("cards", "answered_for")
