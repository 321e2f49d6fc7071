"""The tables of the placement desk."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KINDS = "'beschut', 'banenafspraak', 'praktijkleerplek', 'dagbesteding_plus', 'detachering'"
WORK_KINDS = (
    "'groen', 'inpak_assemblage', 'industrieel', 'metaal', 'houtzagerij', 'schoonmaak', 'catering', "
    "'logistiek', 'detailhandel', 'post_administratie', 'dierverzorging', 'fietsen_techniek', 'zorg_hulp', "
    "'wasserij_textiel'"
)
ORGANISATION_KINDS = "'sociaal_ontwikkelbedrijf', 'zorgaanbieder', 'werkgever', 'overheid'"
DEFINITIONS = "'beschut_werk', 'banenafspraak', 'banen_bij_werkgever', 'uit_dagbesteding'"
MOMENT = sa.DateTime(timezone=True)

# Youngest first: a table goes before the one it refers to.
TABLES = (
    "placement",
    "target",
    "call_back",
    "offer_breach",
    "offer",
    "erased_count",
    "registration_event",
    "registration",
    "opening",
    "organisation",
    "certificate",
    "municipality",
    "number_sequence",
)


def upgrade() -> None:
    """Create every table, referred-to tables first."""
    _create_lists()
    _create_openings()
    _create_registrations()
    _create_offers()
    _create_targets()


def downgrade() -> None:
    """Drop every table. SQLite drops the indexes along."""
    for table in TABLES:
        op.drop_table(table)


def _text(name: str, length: int, *, required: bool = True) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=not required)


def _whole(name: str, *, required: bool = True) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=not required)


def _to(table: str, column: str, target: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    referred = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}_{referred}", ondelete=ondelete)


def _create_lists() -> None:
    op.create_table(
        "number_sequence",
        _text("series", 4),
        _whole("year"),
        _whole("last"),
        sa.PrimaryKeyConstraint("series", "year", name="pk_number_sequence"),
    )
    op.create_table(
        "municipality",
        _text("id", 40),
        _text("name", 80),
        sa.PrimaryKeyConstraint("id", name="pk_municipality"),
    )
    op.create_table(
        "certificate",
        _text("code", 40),
        _text("name", 120),
        _text("issued_by", 120, required=False),
        _text("source", 500),
        sa.PrimaryKeyConstraint("code", name="pk_certificate"),
    )
    op.create_table(
        "organisation",
        _text("id", 60),
        _text("name", 120),
        _text("kind", 30),
        _text("municipality_id", 40, required=False),
        _text("contact_name", 120, required=False),
        _text("contact_phone", 20, required=False),
        _text("contact_email", 254, required=False),
        sa.Column("contracted_daycare", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        _text("source", 500),
        _text("quote", 1000),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.CheckConstraint(f"kind IN ({ORGANISATION_KINDS})", name=op.f("ck_organisation_kind")),
        _to("organisation", "municipality_id", "municipality.id"),
    )


def _create_openings() -> None:
    op.create_table(
        "opening",
        _whole("id"),
        _text("number", 12),
        _text("title", 120),
        _text("kind", 20),
        _text("work_kind", 30),
        _text("tasks", 1000),
        _text("organisation_id", 60),
        _text("place", 80),
        _text("postcode", 7, required=False),
        _text("municipality_id", 40),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        _whole("hours_min"),
        _whole("hours_max"),
        _text("days", 80),
        _whole("contract_months", required=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        _whole("places_total"),
        _whole("places_free"),
        _text("guidance", 20, required=False),
        _text("adaptations", 300, required=False),
        _text("pace", 20, required=False),
        _text("noise", 20, required=False),
        _text("sitting_standing", 20, required=False),
        _text("indoors_outdoors", 20, required=False),
        _text("alone_team", 20, required=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=True),
        _text("transport", 80),
        _text("certificate_code", 40, required=False),
        _text("commitment_signed_by", 120, required=False),
        sa.Column("commitment_signed_on", sa.Date(), nullable=True),
        _text("contact_name", 120, required=False),
        _text("contact_phone", 20, required=False),
        _text("contact_email", 254, required=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        _text("source", 500),
        sa.PrimaryKeyConstraint("id", name="pk_opening"),
        sa.UniqueConstraint("number", name="uq_opening_number"),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_opening_kind")),
        sa.CheckConstraint(f"work_kind IN ({WORK_KINDS})", name=op.f("ck_opening_work_kind")),
        sa.CheckConstraint(
            "hours_min >= 1 AND hours_min <= hours_max AND hours_max <= 40", name=op.f("ck_opening_hours")
        ),
        sa.CheckConstraint("places_free >= 0 AND places_free <= places_total", name=op.f("ck_opening_places")),
        sa.CheckConstraint(
            "(commitment_signed_by IS NULL) = (commitment_signed_on IS NULL)",
            name=op.f("ck_opening_commitment"),
        ),
        _to("opening", "organisation_id", "organisation.id"),
        _to("opening", "municipality_id", "municipality.id"),
        _to("opening", "certificate_code", "certificate.code"),
    )
    op.create_index("ix_opening_search", "opening", ["work_kind", "municipality_id", "valid_until"])
    op.create_index("ix_opening_where", "opening", ["lat", "lon"])


def _create_registrations() -> None:
    op.create_table(
        "registration",
        _whole("id"),
        _text("number", 16),
        _text("municipality_id", 40),
        _text("name", 120),
        _text("phone", 20, required=False),
        _text("email", 254, required=False),
        _text("work_kind", 30, required=False),
        _text("place", 80, required=False),
        _whole("hours_min", required=False),
        _whole("hours_max", required=False),
        _text("days", 80),
        _whole("travel_km", required=False),
        _text("workplace_needs", 1000, required=False),
        _whole("opening_id", required=False),
        _text("consent_text_version", 40),
        sa.Column("consented_at", MOMENT, nullable=False),
        _text("state", 20),
        _text("next_action", 40, required=False),
        _text("next_actor", 20, required=False),
        sa.Column("next_action_by", sa.Date(), nullable=True),
        _text("conversation_id", 64, required=False),
        _text("idempotency_key", 64, required=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint("number", name="uq_registration_number"),
        sa.UniqueConstraint("idempotency_key", name="uq_registration_idempotency_key"),
        sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name=op.f("ck_registration_contact")),
        _to("registration", "municipality_id", "municipality.id"),
        _to("registration", "opening_id", "opening.id"),
    )
    op.create_index("ix_registration_desk", "registration", ["municipality_id", "state", "next_action_by"])
    op.create_table(
        "registration_event",
        _whole("id"),
        _whole("registration_id"),
        sa.Column("at", MOMENT, nullable=False),
        _text("from_state", 20, required=False),
        _text("to_state", 20),
        _text("by", 60),
        _text("reason", 300, required=False),
        sa.PrimaryKeyConstraint("id", name="pk_registration_event"),
        _to("registration_event", "registration_id", "registration.id", ondelete="CASCADE"),
    )
    op.create_index("ix_registration_event_registration_id", "registration_event", ["registration_id"])
    op.create_table(
        "erased_count",
        _text("municipality_id", 40),
        _whole("year"),
        _text("state", 20),
        _whole("count"),
        sa.PrimaryKeyConstraint("municipality_id", "year", "state", name="pk_erased_count"),
        _to("erased_count", "municipality_id", "municipality.id"),
    )


def _create_offers() -> None:
    op.create_table(
        "offer",
        _whole("id"),
        _text("number", 16),
        _text("municipality_id", 40),
        _text("organisation_name", 120),
        _text("contact_name", 120),
        _text("phone", 20, required=False),
        _text("email", 254, required=False),
        _text("place", 80, required=False),
        _text("kind", 20, required=False),
        _text("work_kind", 30, required=False),
        _text("tasks", 1000, required=False),
        _text("days", 80),
        _whole("hours", required=False),
        _whole("hours_max", required=False),
        _whole("contract_months", required=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        _whole("places"),
        _text("state", 20),
        _text("conversation_id", 64, required=False),
        _text("idempotency_key", 64, required=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
        sa.UniqueConstraint("number", name="uq_offer_number"),
        sa.UniqueConstraint("idempotency_key", name="uq_offer_idempotency_key"),
        sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name=op.f("ck_offer_contact")),
        _to("offer", "municipality_id", "municipality.id"),
    )
    op.create_table(
        "offer_breach",
        _whole("id"),
        _whole("offer_id"),
        _text("code", 40),
        _whole("limit"),
        _whole("given", required=False),
        _text("source", 40),
        sa.PrimaryKeyConstraint("id", name="pk_offer_breach"),
        _to("offer_breach", "offer_id", "offer.id", ondelete="CASCADE"),
    )
    op.create_index("ix_offer_breach_offer_id", "offer_breach", ["offer_id"])
    op.create_table(
        "call_back",
        _whole("id"),
        _text("number", 16),
        _text("municipality_id", 40, required=False),
        _text("name", 120),
        _text("phone", 20),
        _text("when", 40),
        _text("topic", 120, required=False),
        _text("state", 20),
        _text("conversation_id", 64, required=False),
        _text("idempotency_key", 64, required=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_back"),
        sa.UniqueConstraint("number", name="uq_call_back_number"),
        sa.UniqueConstraint("idempotency_key", name="uq_call_back_idempotency_key"),
        _to("call_back", "municipality_id", "municipality.id"),
    )


def _create_targets() -> None:
    op.create_table(
        "target",
        _whole("id"),
        _text("key", 60),
        _text("municipality_id", 40, required=False),
        _text("organisation_id", 60, required=False),
        _whole("year"),
        _text("definition", 30),
        _whole("norm", required=False),
        sa.Column("norm_derived", sa.Boolean(), nullable=False),
        _whole("realised", required=False),
        _text("source", 500),
        _text("quote", 1000),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
        sa.UniqueConstraint("key", name="uq_target_key"),
        sa.CheckConstraint(f"definition IN ({DEFINITIONS})", name=op.f("ck_target_definition")),
        sa.CheckConstraint("municipality_id IS NULL OR organisation_id IS NULL", name=op.f("ck_target_one_subject")),
        _to("target", "municipality_id", "municipality.id"),
        _to("target", "organisation_id", "organisation.id"),
    )
    op.create_table(
        "placement",
        _whole("id"),
        _whole("registration_id", required=False),
        _whole("opening_id", required=False),
        _text("municipality_id", 40),
        _text("kind", 20),
        _whole("hours"),
        _whole("contract_months", required=False),
        sa.Column("from_daycare", sa.Boolean(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_placement_kind")),
        _to("placement", "registration_id", "registration.id", ondelete="SET NULL"),
        _to("placement", "opening_id", "opening.id"),
        _to("placement", "municipality_id", "municipality.id"),
    )
