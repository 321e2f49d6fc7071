"""Versions of answers that editors made."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "answer_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("simple", sa.String(4000), nullable=False),
        sa.Column("spoken", sa.String(4000), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.Column("review_before", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(300), nullable=False),
        sa.Column("based_on", sa.String(12), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision", sa.String(300), nullable=True),
        sa.Column("exported_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_version")),
        sa.CheckConstraint(
            "state IN ('aangeboden', 'gepubliceerd', 'afgewezen', 'ingetrokken')", name=op.f("ck_answer_version_state")
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> made_by", name=op.f("ck_answer_version_four_eyes")),
        sa.CheckConstraint(
            "state <> 'gepubliceerd' OR decided_by IS NOT NULL", name=op.f("ck_answer_version_published_by_somebody")
        ),
    )
    op.create_index(op.f("ix_answer_version_key_municipality"), "answer_version", ["key", "municipality"])
    op.create_index(op.f("ix_answer_version_state"), "answer_version", ["state"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("answer_version")
