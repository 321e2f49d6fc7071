"""Around the openings: search indexes, confirm links, counted steps, unmet wishes, decisions on offers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
SEARCHED = (
    *("work_kind", "kind", "municipality_id", "hours_min", "hours_max", "places_free"),
    *("valid_until", "confirmed_on", "entered_on", "start_date", "number"),
)
INDEXES = {
    "ix_opening_near": ["lat_band", "lon", "lat", *SEARCHED],
    "ix_opening_work_near": ["work_kind", "lat_band", "lon", "lat", "confirmed_on"],
    "ix_opening_work_number": ["work_kind", "number"],
    "ix_opening_municipality_number": ["municipality_id", "number"],
    "ix_opening_kind_number": ["kind", "number"],
}
STEPS = "'vraag', 'bekeken', 'belangstelling', 'gesprek', 'contract'"


def upgrade() -> None:
    """Three columns, six indexes instead of two, four tables."""
    # SQLite can only add a required column with a constant; every row gets its real value right after.
    op.add_column("opening", sa.Column("entered_on", sa.Date(), nullable=False, server_default="2026-11-01"))
    op.add_column("opening", sa.Column("external_id", sa.String(80), nullable=True))
    op.add_column("opening", sa.Column("lat_band", sa.Integer(), nullable=False, server_default="0"))
    # PostgreSQL rounds when it casts and SQLite cuts off; SQLite may have no FLOOR. Latitudes here are positive.
    band = "CAST(lat * 10 AS INTEGER)" if op.get_bind().dialect.name == "sqlite" else "FLOOR(lat * 10)"
    op.execute(f"UPDATE opening SET entered_on = COALESCE(confirmed_on, CURRENT_DATE), lat_band = {band}")  # noqa: S608
    op.drop_index("ix_opening_search", "opening")
    op.drop_index("ix_opening_where", "opening")
    for name, columns in INDEXES.items():
        op.create_index(name, "opening", columns)
    op.create_index("ix_opening_external", "opening", ["organisation_id", "external_id"], unique=True)
    _create_links()
    _create_counts()
    _create_decisions()


def downgrade() -> None:
    """Back to the first indexes; what the four tables held is gone."""
    for table in ("offer_decision", "unmet_wish", "flow_count", "confirm_link"):
        op.drop_table(table)
    for name in ("ix_opening_external", *INDEXES):
        op.drop_index(name, "opening")
    op.create_index("ix_opening_search", "opening", ["work_kind", "municipality_id", "valid_until"])
    op.create_index("ix_opening_where", "opening", ["lat", "lon"])
    op.drop_column("opening", "lat_band")
    op.drop_column("opening", "external_id")
    op.drop_column("opening", "entered_on")


def _create_links() -> None:
    op.create_table(
        "confirm_link",
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("token_digest", name="pk_confirm_link"),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name="fk_confirm_link_opening_id_opening", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_confirm_link_opening_id", "confirm_link", ["opening_id"])


def _create_counts() -> None:
    op.create_table(
        "flow_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "municipality", "step", name="pk_flow_count"),
        sa.CheckConstraint(f"step IN ({STEPS})", name=op.f("ck_flow_count_step")),
    )
    op.create_table(
        "unmet_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("municipality", sa.String(40), nullable=True),
        sa.Column("work_kind", sa.String(30), nullable=True),
        sa.Column("kind", sa.String(20), nullable=True),
        sa.Column("place", sa.String(80), nullable=True),
        sa.Column("hours_min", sa.Integer(), nullable=True),
        sa.Column("hours_max", sa.Integer(), nullable=True),
        sa.Column("days", sa.String(80), nullable=False),
        sa.Column("missing", sa.String(20), nullable=False),
        sa.Column("once", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_unmet_wish"),
        sa.UniqueConstraint("once", name="uq_unmet_wish_once"),
    )
    op.create_index("ix_unmet_wish_report", "unmet_wish", ["day", "municipality", "work_kind"])


def _create_decisions() -> None:
    op.create_table(
        "offer_decision",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(60), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("exception_reason", sa.String(300), nullable=True),
        sa.PrimaryKeyConstraint("offer_id", name="pk_offer_decision"),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name="fk_offer_decision_offer_id_offer", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name="fk_offer_decision_opening_id_opening"),
    )
