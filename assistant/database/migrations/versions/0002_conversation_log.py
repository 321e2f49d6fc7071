"""The tables of the conversation log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("municipality", sa.String(40)),
        sa.Column("role", sa.String(20)),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_table(
        "turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("client_message_id", sa.String(64)),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("said", sa.String(1200), nullable=False),
        sa.Column("intent", sa.String(80), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("replies", sa.JSON()),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("danger", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            ondelete="CASCADE",
            name=op.f("fk_turn_conversation_id_conversation"),
        ),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name=op.f("uq_turn_conversation_id_client_message_id")
        ),
    )
    op.create_index(op.f("ix_turn_conversation_id_id"), "turn", ["conversation_id", "id"])


def downgrade() -> None:
    """Drop both, the turns first."""
    op.drop_table("turn")
    op.drop_table("conversation")
