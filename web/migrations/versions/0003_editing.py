"""Make the tables of the editors: versions of the FAQ, changes, and what was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_batch"), "changes", ["batch"], unique=False)
    op.create_index(op.f("ix_changes_source"), "changes", ["source"], unique=False)
    op.create_table(
        "corpora",
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "fitted_models",
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version", "code"),
    )
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_publications_source"), "publications", ["source"], unique=False)
    op.create_table(
        "publish_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("base", sa.String(length=12), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("change_ids", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=True),
        sa.Column("publication", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_publish_jobs_source"), "publish_jobs", ["source"], unique=False)
    op.create_table(
        "asked_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=True),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("gap_id", sa.String(length=10), nullable=False),
        sa.Column("corpus_version", sa.String(length=12), nullable=False),
        sa.Column("feedback", sa.String(length=10), nullable=False),
        sa.Column("picked", sa.String(length=10), nullable=False),
        sa.Column("judged", sa.String(length=10), nullable=True),
        sa.Column("handled_as", sa.String(length=20), nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("handled_by", sa.String(length=80), nullable=False),
        sa.Column("handled_at", sa.DateTime(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinars.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("wording_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_asked_questions_at"), "asked_questions", ["at"], unique=False)
    op.create_index(op.f("ix_asked_questions_batch"), "asked_questions", ["batch"], unique=False)
    op.create_index(
        op.f("ix_asked_questions_webinar_id"), "asked_questions", ["webinar_id"], unique=False
    )
    op.create_index(
        "ix_asked_source_handled", "asked_questions", ["source", "handled_as"], unique=False
    )


def downgrade() -> None:
    """Bring the tables back."""
    op.drop_index("ix_asked_source_handled", table_name="asked_questions")
    op.drop_index(op.f("ix_asked_questions_webinar_id"), table_name="asked_questions")
    op.drop_index(op.f("ix_asked_questions_batch"), table_name="asked_questions")
    op.drop_index(op.f("ix_asked_questions_at"), table_name="asked_questions")
    op.drop_table("asked_questions")
    op.drop_index(op.f("ix_publish_jobs_source"), table_name="publish_jobs")
    op.drop_table("publish_jobs")
    op.drop_index(op.f("ix_publications_source"), table_name="publications")
    op.drop_table("publications")
    op.drop_table("fitted_models")
    op.drop_table("corpora")
    op.drop_index(op.f("ix_changes_source"), table_name="changes")
    op.drop_index(op.f("ix_changes_batch"), table_name="changes")
    op.drop_table("changes")
