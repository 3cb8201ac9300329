"""Know accounts whose owners sign in at the organisation's own provider."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("moderators", sa.Column("oidc_subject", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_moderators_oidc_subject"), "moderators", ["oidc_subject"], unique=True)


def downgrade() -> None:
    """Bring the tables back."""
    op.drop_index(op.f("ix_moderators_oidc_subject"), table_name="moderators")
    op.drop_column("moderators", "oidc_subject")
