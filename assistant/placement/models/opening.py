"""A place of work that somebody can go to."""

from datetime import date
from math import floor

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from assistant.database.base import Base
from assistant.placement.codes import KINDS, WORK_KINDS
from assistant.placement.models.columns import Codes, one_of
from assistant.placement.models.organisation import Organisation
from assistant.placement.sequence import today_here

# With these in the index the database counts and sorts without reading the rows themselves.
SEARCHED = (
    "work_kind",
    "kind",
    "municipality_id",
    "hours_min",
    "hours_max",
    "places_free",
    "valid_until",
    "confirmed_on",
    "entered_on",
    "start_date",
    "number",
)


def band_of(lat: float) -> int:
    """The band of a tenth of a degree (11 km) that a latitude lies in."""
    return floor(lat * 10)


class Opening(Base):
    """One place of work with `places_total` equal places, of which `places_free` can still be asked for.

    Fields follow the minimal record of research/03-mission-anchors.md, section 6. Units: hours per week,
    contract in months (None = without an end, or no contract at all), latitude and longitude in degrees (WGS
    84).
    """

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("work_kind", WORK_KINDS), name="work_kind"),
        CheckConstraint("hours_min >= 1 AND hours_min <= hours_max AND hours_max <= 40", name="hours"),
        CheckConstraint("places_free >= 0 AND places_free <= places_total", name="places"),
        CheckConstraint("(commitment_signed_by IS NULL) = (commitment_signed_on IS NULL)", name="commitment"),
        # What the search reads (see search.py): near a place, of one kind of work near a place, and the first
        # numbers of a municipality, kind of work or kind of place.
        Index("ix_opening_near", "lat_band", "lon", "lat", *SEARCHED),
        Index("ix_opening_work_near", "work_kind", "lat_band", "lon", "lat", "confirmed_on"),
        Index("ix_opening_work_number", "work_kind", "number"),
        Index("ix_opening_municipality_number", "municipality_id", "number"),
        Index("ix_opening_kind_number", "kind", "number"),
        Index("ix_opening_external", "organisation_id", "external_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    work_kind: Mapped[str] = mapped_column(String(30))
    tasks: Mapped[str] = mapped_column(String(1000))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    place: Mapped[str] = mapped_column(String(80))
    postcode: Mapped[str | None] = mapped_column(String(7))
    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipality.id"))
    lat: Mapped[float] = mapped_column(Double)
    lon: Mapped[float] = mapped_column(Double)
    # Follows from lat. An index can look up a few bands and a stretch of each, but not two stretches at once.
    lat_band: Mapped[int] = mapped_column(default=lambda row: band_of(row.get_current_parameters()["lat"]))

    hours_min: Mapped[int]
    hours_max: Mapped[int]
    days: Mapped[tuple[str, ...]] = mapped_column(Codes)  # with work on them; none = in consultation
    contract_months: Mapped[int | None]
    start_date: Mapped[date | None]  # None = at once
    places_total: Mapped[int] = mapped_column(default=1)
    places_free: Mapped[int] = mapped_column(default=1)

    guidance: Mapped[str | None] = mapped_column(String(20))
    adaptations: Mapped[str | None] = mapped_column(String(300))
    pace: Mapped[str | None] = mapped_column(String(20))
    noise: Mapped[str | None] = mapped_column(String(20))
    sitting_standing: Mapped[str | None] = mapped_column(String(20))
    indoors_outdoors: Mapped[str | None] = mapped_column(String(20))
    alone_team: Mapped[str | None] = mapped_column(String(20))
    wheelchair: Mapped[bool | None]
    transport: Mapped[tuple[str, ...]] = mapped_column(Codes)

    certificate_code: Mapped[str | None] = mapped_column(ForeignKey("certificate.code"))
    # A promise of a job counts only with who signed it and when.
    commitment_signed_by: Mapped[str | None] = mapped_column(String(120))
    commitment_signed_on: Mapped[date | None]

    contact_name: Mapped[str | None] = mapped_column(String(120))
    contact_phone: Mapped[str | None] = mapped_column(String(20))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    entered_on: Mapped[date] = mapped_column(default=today_here)
    confirmed_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(500), default="")
    external_id: Mapped[str | None] = mapped_column(String(80))  # how its organisation or a file calls it

    @validates("lat")
    def _keep_band(self, _name: str, lat: float) -> float:
        self.lat_band = band_of(lat)
        return lat
