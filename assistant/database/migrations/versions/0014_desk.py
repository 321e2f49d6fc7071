"""What staff do at the placement desk, and the counts of talks per day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _desk()
    _figures()


def downgrade() -> None:
    """Drop them."""
    for table in ("figure_done", "figure_month", "figure_day"):
        op.drop_table(table)
    op.drop_index("ix_registration_event_report", "registration_event")
    op.drop_table("pending_import")
    op.drop_table("offer_refusal")
    op.drop_table("registration_note")
    op.drop_index("ix_registration_report", "registration")
    op.drop_index("ix_registration_assigned", "registration")
    op.drop_column("registration", "assigned_to")  # not in a batch: that would lose the checks of the table on SQLite


def _desk() -> None:
    op.add_column("registration", sa.Column("assigned_to", sa.Integer(), nullable=True))
    op.create_index("ix_registration_assigned", "registration", ["assigned_to", "next_action_by"])
    op.create_index("ix_registration_report", "registration", ["municipality_id", "created_at"])
    op.create_index("ix_registration_event_report", "registration_event", ["to_state", "at"])
    op.create_table(
        "registration_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_note")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            ondelete="CASCADE",
            name=op.f("fk_registration_note_registration_id_registration"),
        ),
    )
    op.create_index(op.f("ix_registration_note_registration_id"), "registration_note", ["registration_id"])
    op.create_table(
        "offer_refusal",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(60), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_refusal")),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], ondelete="CASCADE", name=op.f("fk_offer_refusal_offer_id_offer")
        ),
    )
    op.create_table(
        "pending_import",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_import")),
    )
    op.create_index(op.f("ix_pending_import_at"), "pending_import", ["at"])


def _figures() -> None:
    for table in ("figure_day", "figure_month"):
        op.create_table(
            table,
            sa.Column("metric", sa.String(20), nullable=False),
            sa.Column("municipality", sa.String(40), nullable=False),
            sa.Column("day", sa.Date(), nullable=False),
            sa.Column("channel", sa.String(10), nullable=False),
            sa.Column("part", sa.String(80), nullable=False),
            sa.Column("count", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("metric", "municipality", "day", "channel", "part", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_of", table, ["day"])
    op.create_table(
        "figure_done",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_figure_done")),
    )
