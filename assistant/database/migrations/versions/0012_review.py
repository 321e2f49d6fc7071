"""Judgements, corrections and saved views of the conversation log."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "talk_summary", "judgement", "review_note", "review_unmasking", "saved_view", "review_sample",
    "review_sample_talk", "correction", "training", "model_change", "topic_proposal",
)  # fmt: skip


def upgrade() -> None:
    """Create the tables, and a summary of every talk that is there already."""
    _more_in_the_log()
    _summary()
    _judging()
    _sampling()
    _learning()
    op.execute(_SUMMARIES)


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("turn") as turn:
        for column in ("messages", "outcome", "guesses"):
            turn.drop_column(column)
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("greeting")


def _more_in_the_log() -> None:
    op.add_column("conversation", sa.Column("greeting", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("turn", sa.Column("guesses", sa.JSON()))
    op.add_column("turn", sa.Column("outcome", sa.String(20), nullable=False, server_default="antwoord"))
    op.add_column("turn", sa.Column("messages", sa.Integer(), nullable=False, server_default="1"))


def _summary() -> None:
    op.create_table(
        "talk_summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20)),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("lowest", sa.Float(), nullable=False),
        sa.Column("topics", sa.String(500), nullable=False),
        sa.Column("asked_back", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("handover", sa.Boolean(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Boolean(), nullable=False),
        sa.Column("face", sa.String(10)),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("causes", sa.String(60), nullable=False),
        sa.Column("assigned_to", sa.Integer()),
        sa.Column("second_reader", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_summary")),
        _to("talk_summary", "conversation"),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_talk_summary_conversation_id")),
    )
    op.create_index(op.f("ix_talk_summary_municipality_id"), "talk_summary", ["municipality", "id"])
    for column in ("started_at", "assigned_to", "second_reader"):
        op.create_index(op.f(f"ix_talk_summary_{column}"), "talk_summary", [column])


def _judging() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("verdict", sa.String(30), nullable=False),
        sa.Column("cause", sa.String(20)),
        sa.Column("right_intent", sa.String(80)),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        _to("judgement", "turn"),
        _to("judgement", "conversation"),
        sa.UniqueConstraint("turn_id", "account_id", name=op.f("uq_judgement_turn_id_account_id")),
    )
    op.create_index(op.f("ix_judgement_conversation_id"), "judgement", ["conversation_id"])
    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
        _to("review_note", "conversation"),
    )
    op.create_index(op.f("ix_review_note_conversation_id"), "review_note", ["conversation_id"])
    op.create_table(
        "review_unmasking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_unmasking")),
        _to("review_unmasking", "conversation"),
    )
    op.create_index(op.f("ix_review_unmasking_conversation_id"), "review_unmasking", ["conversation_id"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_view_account_id_name")),
    )


def _sampling() -> None:
    op.create_table(
        "review_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("seed", "risky", "ordinary", "risky_drawn", "ordinary_drawn")
        ),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_sample")),
        sa.UniqueConstraint("week", "municipality", name=op.f("uq_review_sample_week_municipality")),
    )
    op.create_table(
        "review_sample_talk",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("sample_id", "conversation_id", name=op.f("pk_review_sample_talk")),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["review_sample.id"],
            ondelete="CASCADE",
            name=op.f("fk_review_sample_talk_sample_id_review_sample"),
        ),
        _to("review_sample_talk", "conversation"),
    )
    op.create_index(op.f("ix_review_sample_talk_conversation_id"), "review_sample_talk", ["conversation_id"])


def _learning() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer()),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("sentence", sa.String(300), nullable=False),
        sa.Column("was", sa.String(80), nullable=False),
        sa.Column("intent", sa.String(80), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("goes_to", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_name", sa.String(120), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_name", sa.String(120)),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.String(300)),
        sa.Column("exported_at", MOMENT),
        sa.Column("export_note", sa.String(300)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], ondelete="SET NULL", name=op.f("fk_correction_turn_id_turn")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_correction_four_eyes")),
    )
    op.create_index(op.f("ix_correction_state_municipality"), "correction", ["state", "municipality"])
    op.create_index(op.f("ix_correction_turn_id"), "correction", ["turn_id"])
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("active", sa.Integer()),
        sa.Column("asked_by", sa.String(120), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("heard_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(80)),
        sa.Column("live", sa.String(80)),
        sa.Column("facts", sa.JSON()),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("problem", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("active", name=op.f("uq_training_active")),
    )
    op.create_table(
        "model_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("former", sa.String(80)),
        sa.Column("chosen", sa.String(80), nullable=False),
        sa.Column("is_return", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_change")),
    )
    op.create_table(
        "topic_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("draft", sa.String(80), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("by", sa.String(120)),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_proposal")),
    )
    op.create_index(op.f("ix_topic_proposal_municipality_state"), "topic_proposal", ["municipality", "state"])


def _to(table: str, other: str) -> sa.ForeignKeyConstraint:
    """A key to a table of the log; the row goes when that one goes."""
    name = op.f(f"fk_{table}_{other}_id_{other}")
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], ondelete="CASCADE", name=name)


# Only what one pass of SQL can tell on both databases: topics and outcomes are kept from now on.
_SUMMARIES = """
INSERT INTO talk_summary (conversation_id, municipality, role, channel, started_at, last_at, turns, lowest, topics,
  asked_back, lost, handover, danger, trouble, face, judged, causes)
SELECT c.id, COALESCE(c.municipality, 'landelijk'), c.role, c.channel, c.started_at, MAX(t.at), COUNT(*),
  COALESCE(MIN(CASE WHEN t.said NOT LIKE '/%' AND t.said NOT LIKE '[%' THEN t.confidence END), 1.0), ',',
  0, 0, (1 = 0), MAX(CASE WHEN t.danger IS NULL THEN 0 ELSE 1 END) = 1, (1 = 0), NULL, 0, ','
FROM conversation c JOIN turn t ON t.conversation_id = c.id
GROUP BY c.id, c.municipality, c.role, c.channel, c.started_at
ORDER BY c.started_at, c.id
"""
