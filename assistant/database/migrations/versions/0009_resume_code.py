"""Forms that wait under a code, and wrong guesses."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "resume_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_resume_code")),
    )
    op.create_index(op.f("ix_resume_code_expires_at"), "resume_code", ["expires_at"])
    op.create_table(
        "wrong_guess",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("conversation_hash", sa.String(64), nullable=False),
        sa.Column("number_hash", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_guess")),
    )
    op.create_index(op.f("ix_wrong_guess_at"), "wrong_guess", ["at"])
    op.create_index(op.f("ix_wrong_guess_kind_conversation_hash"), "wrong_guess", ["kind", "conversation_hash"])
    op.create_index(op.f("ix_wrong_guess_kind_number_hash"), "wrong_guess", ["kind", "number_hash"])


def downgrade() -> None:
    """Drop both."""
    op.drop_table("wrong_guess")
    op.drop_table("resume_code")
