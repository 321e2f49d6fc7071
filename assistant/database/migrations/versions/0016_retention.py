"""Holds and reports of deletion."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
        sa.CheckConstraint("length(reason) > 4", name=op.f("ck_retention_hold_reason")),
    )
    op.create_index(op.f("ix_retention_hold_kind_subject"), "retention_hold", ["kind", "subject"])
    op.create_table(
        "deletion_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("once", sa.String(40), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("hash", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_report")),
        sa.UniqueConstraint("once", name=op.f("uq_deletion_report_once")),
    )
    op.create_table(
        "deletion_count",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("data_class", sa.String(30), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("failed", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("report_id", "data_class", name=op.f("pk_deletion_count")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["deletion_report.id"],
            ondelete="CASCADE",
            name=op.f("fk_deletion_count_report_id_deletion_report"),
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("deletion_count")
    op.drop_table("deletion_report")
    op.drop_table("retention_hold")
