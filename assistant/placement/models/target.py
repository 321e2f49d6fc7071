"""What was promised per year, and the placements that count towards it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base
from assistant.placement.codes import KINDS, TARGET_DEFINITIONS
from assistant.placement.models.columns import one_of


class Target(Base):
    """A norm and what was realised, by one definition, in one year.

    About a municipality, about an organisation, or about the whole country when both are empty. Two counts of
    the same thing that differ are two rows with two sources: neither is thrown away.
    """

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint(one_of("definition", TARGET_DEFINITIONS), name="definition"),
        CheckConstraint("municipality_id IS NULL OR organisation_id IS NULL", name="one_subject"),
        UniqueConstraint("key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))  # name of the row in data/placement/targets.yml
    municipality_id: Mapped[str | None] = mapped_column(ForeignKey("municipality.id"))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    definition: Mapped[str] = mapped_column(String(30))
    norm: Mapped[int | None]
    norm_derived: Mapped[bool] = mapped_column(default=False)  # worked out from other figures of the source
    realised: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(500))
    quote: Mapped[str] = mapped_column(String(1000))


class Placement(Base):
    """A contract or learning place that really began: what a target counts."""

    __tablename__ = "placement"
    __table_args__ = (CheckConstraint(one_of("kind", KINDS), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="SET NULL"))
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"))
    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipality.id"))
    kind: Mapped[str] = mapped_column(String(20))
    hours: Mapped[int]  # per week
    contract_months: Mapped[int | None]
    from_daycare: Mapped[bool | None]  # came from dagbesteding; None: not known
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
