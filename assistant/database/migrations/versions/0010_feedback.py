"""What people thought of an answer: one of three faces per message."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("face", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            ondelete="CASCADE",
            name=op.f("fk_feedback_conversation_id_conversation"),
        ),
        sa.UniqueConstraint("conversation_id", "message", name=op.f("uq_feedback_conversation_id_message")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("feedback")
