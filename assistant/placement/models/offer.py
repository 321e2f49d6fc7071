"""What employers ask and offer."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.database.base import Base
from assistant.placement.models.columns import Codes
from assistant.placement.models.conversation import FromConversation


class Offer(FromConversation, Base):
    """A place of work that an employer offers; it becomes an Opening only when a member of staff accepts it.

    `state` is "nieuw", or "voldoet_niet" when it is below a rule of the municipality: then `breaches` says
    which.
    """

    __tablename__ = "offer"
    __table_args__ = (CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="contact"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipality.id"))
    organisation_name: Mapped[str] = mapped_column(String(120))
    contact_name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    place: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str | None] = mapped_column(String(20))  # None: the employer does not know yet
    work_kind: Mapped[str | None] = mapped_column(String(30))
    tasks: Mapped[str | None] = mapped_column(String(1000))
    days: Mapped[tuple[str, ...]] = mapped_column(Codes)
    hours: Mapped[int | None]  # per week; the lower end when it is a range
    hours_max: Mapped[int | None]
    contract_months: Mapped[int | None]  # None: not said
    permanent: Mapped[bool] = mapped_column(default=False)
    places: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20))
    breaches: Mapped[list["OfferBreach"]] = relationship(
        order_by="OfferBreach.id", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


class OfferBreach(Base):
    """A rule that an offer is below, as it was on the day of the offer."""

    __tablename__ = "offer_breach"

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    limit: Mapped[int]
    given: Mapped[int | None]  # None: not said
    source: Mapped[str] = mapped_column(String(40))


class CallBack(FromConversation, Base):
    """Somebody who wants to be rung back."""

    __tablename__ = "call_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[str | None] = mapped_column(ForeignKey("municipality.id"))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    when: Mapped[str] = mapped_column(String(40))  # standard form of entity `datum_tijd`, or "zsm"
    topic: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20))
