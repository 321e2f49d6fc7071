"""Talks with a member of staff, and their live events."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = (
    "'samenvatting_tonen', 'wacht', 'bezig', 'doorsturen_vragen', 'afgerond', 'teruggegeven', 'doorgestuurd', "
    "'terugbellen'"
)
OUTCOMES = "'gesproken', 'niet_opgenomen', 'later_bellen', 'verkeerd_nummer'"


def upgrade() -> None:
    """Create the tables."""
    _create_handover()
    _create_lines()
    op.create_table(
        "staff_presence",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_presence")),
    )
    op.create_table(
        "call_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_back_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
        sa.ForeignKeyConstraint(
            ["call_back_id"], ["call_back.id"], ondelete="CASCADE", name=op.f("fk_call_attempt_call_back_id_call_back")
        ),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name=op.f("ck_call_attempt_outcome")),
    )
    op.create_index(op.f("ix_call_attempt_call_back_id"), "call_attempt", ["call_back_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("call_attempt", "staff_presence", "handover_line", "handover"):
        op.drop_table(table)


def _create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("queued_at", "waits_since", "claimed_at", "ended_at")),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_name", sa.String(60), nullable=True),
        sa.Column("staff_seen_at", MOMENT, nullable=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("shares_summary", sa.Boolean(), nullable=True),
        sa.Column("consented_at", MOMENT, nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("forward", sa.JSON(), nullable=True),
        sa.Column("reference", sa.String(20), nullable=True),
        sa.Column("mailed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("reference", name=op.f("uq_handover_reference")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            ondelete="CASCADE",
            name=op.f("fk_handover_conversation_id_conversation"),
        ),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_handover_state")),
    )
    op.create_index(op.f("ix_handover_conversation_id"), "handover", ["conversation_id"])
    op.create_index(op.f("ix_handover_changed_at"), "handover", ["changed_at"])
    op.create_index("ix_handover_queue", "handover", ["state", "municipality", "queued_at"])
    op.create_index("ix_handover_report", "handover", ["municipality", "asked_at"])
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_handover_running",
        "handover",
        ["conversation_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )


def _create_lines() -> None:
    op.create_table(
        "handover_line",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("who", sa.String(12), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("name", sa.String(60), nullable=True),
        sa.Column("client_message_id", sa.String(64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("human", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("handover_id", "number", name=op.f("pk_handover_line")),
        sa.UniqueConstraint(
            "handover_id", "client_message_id", name=op.f("uq_handover_line_handover_id_client_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], ondelete="CASCADE", name=op.f("fk_handover_line_handover_id_handover")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            ondelete="CASCADE",
            name=op.f("fk_handover_line_conversation_id_conversation"),
        ),
    )
    op.create_index(
        op.f("ix_handover_line_conversation_id_handover_id_number"),
        "handover_line",
        ["conversation_id", "handover_id", "number"],
    )
