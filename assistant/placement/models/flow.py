"""What happens around openings: confirm links, counted steps, work that nobody could offer, signed exceptions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime
from assistant.placement.codes import FLOW_STEPS
from assistant.placement.models.columns import Codes, one_of


class ConfirmLink(Base):
    """A link in a mail with which a provider says that an opening still is, or no longer is, as it stands.

    Only the digest of the token is kept: who reads the database cannot confirm anything.
    """

    __tablename__ = "confirm_link"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date]  # the last day on which it works
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(20))  # "klopt" or "vervallen"


class FlowCount(Base):
    """How often a step was taken on a day. A count and nothing else: no person, no conversation."""

    __tablename__ = "flow_count"
    __table_args__ = (CheckConstraint(one_of("step", FLOW_STEPS), name="step"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(40), primary_key=True)  # "" when not known
    step: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]


class UnmetWish(Base):
    """Work that was asked for and that no opening offered: the filters of one search, without a person.

    `once` is a digest that lets a conversation ask the same thing twice and count once.
    """

    __tablename__ = "unmet_wish"
    __table_args__ = (Index("ix_unmet_wish_report", "day", "municipality", "work_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    municipality: Mapped[str | None] = mapped_column(String(40))
    work_kind: Mapped[str | None] = mapped_column(String(30))
    kind: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[str | None] = mapped_column(String(80))  # only as the gazetteer spells it
    hours_min: Mapped[int | None]
    hours_max: Mapped[int | None]
    days: Mapped[tuple[str, ...]] = mapped_column(Codes)
    missing: Mapped[str] = mapped_column(String(20))  # the filter that stood in the way, or "alles"
    once: Mapped[str | None] = mapped_column(String(64), unique=True)


class OfferDecision(Base):
    """A member of staff took an offer as an opening; below a rule only with a reason under a name."""

    __tablename__ = "offer_decision"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"))
    signed_by: Mapped[str] = mapped_column(String(60))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    exception_reason: Mapped[str | None] = mapped_column(String(300))


class OpeningException(Base):
    """An opening below a rule of its municipality, allowed under a name with a reason."""

    __tablename__ = "opening_exception"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    limit: Mapped[int]
    given: Mapped[int | None]  # None: not said when it was an offer
    reason: Mapped[str] = mapped_column(String(300))
    signed_by: Mapped[str] = mapped_column(String(60))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OfferRefusal(Base):
    """A member of staff did not take an offer, and why; the employer is told in these words."""

    __tablename__ = "offer_refusal"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    signed_by: Mapped[str] = mapped_column(String(60))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(300))


class PendingImport(Base):
    """A file that was tried and waits for the word to write it; gone when it was written, or after a day."""

    __tablename__ = "pending_import"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
