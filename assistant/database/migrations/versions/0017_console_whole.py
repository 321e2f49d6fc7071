"""What stands around an answer's words, signed exceptions of openings, new questions with words, models on trial."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("answer_version", sa.Column("around", sa.JSON(), nullable=True))
    op.add_column("topic_proposal", sa.Column("description", sa.String(300), nullable=True))
    op.add_column("topic_proposal", sa.Column("chosen", sa.JSON(), nullable=True))
    op.add_column("topic_proposal", sa.Column("answer", sa.JSON(), nullable=True))
    op.add_column("topic_proposal", sa.Column("answer_by", sa.String(120), nullable=True))
    op.create_table(
        "opening_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("signed_by", sa.String(60), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_exception")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_opening_exception_reason")),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["opening.id"],
            ondelete="CASCADE",
            name=op.f("fk_opening_exception_opening_id_opening"),
        ),
    )
    op.create_index(op.f("ix_opening_exception_opening_id"), "opening_exception", ["opening_id"])
    op.execute(
        'INSERT INTO opening_exception (opening_id, code, "limit", given, reason, signed_by, signed_at) '
        'SELECT d.opening_id, b.code, b."limit", b.given, d.exception_reason, d.signed_by, d.signed_at '
        "FROM offer_decision d JOIN offer_breach b ON b.offer_id = d.offer_id "
        "WHERE length(d.exception_reason) > 0"
    )
    op.create_table(
        "model_trial",
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("pool", sa.String(40), nullable=True),
        sa.Column("set_by", sa.String(120), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_model_trial")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("model_trial")
    op.drop_table("opening_exception")
    for name in ("answer_by", "answer", "chosen", "description"):  # not in a batch: that would lose the checks
        op.drop_column("topic_proposal", name)
    op.drop_column("answer_version", "around")
