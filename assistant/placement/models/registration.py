"""A jobseeker who asked for work: the wish, its life, and what is left when it is erased."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assistant.database.base import Base, UtcDateTime
from assistant.placement.models.columns import Codes
from assistant.placement.models.conversation import FromConversation
from assistant.placement.models.opening import Opening


class Registration(FromConversation, Base):
    """What a jobseeker wants and how to answer.

    For BSN, diagnosis, benefit and date of birth there is not even a column. `workplace_needs` says what the
    place of work must have, cleaned by the caller.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="contact"),
        Index("ix_registration_desk", "municipality_id", "state", "next_action_by"),
        Index("ix_registration_assigned", "assigned_to", "next_action_by"),
        Index("ix_registration_report", "municipality_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipality.id"))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))

    work_kind: Mapped[str | None] = mapped_column(String(30))
    place: Mapped[str | None] = mapped_column(String(80))
    hours_min: Mapped[int | None]
    hours_max: Mapped[int | None]
    days: Mapped[tuple[str, ...]] = mapped_column(Codes)
    travel_km: Mapped[int | None]
    workplace_needs: Mapped[str | None] = mapped_column(String(1000))
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"))
    opening: Mapped[Opening | None] = relationship()

    consent_text_version: Mapped[str] = mapped_column(String(40))
    consented_at: Mapped[datetime] = mapped_column(UtcDateTime)

    state: Mapped[str] = mapped_column(String(20))
    next_action: Mapped[str | None] = mapped_column(String(40))
    next_actor: Mapped[str | None] = mapped_column(String(20))
    next_action_by: Mapped[date | None]  # the last day on which it is in time
    assigned_to: Mapped[int | None]  # id of a staff account; without a foreign key, because this room knows no staff

    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    events: Mapped[list["RegistrationEvent"]] = relationship(
        order_by="RegistrationEvent.id", cascade="all, delete-orphan", passive_deletes=True
    )
    notes: Mapped[list["RegistrationNote"]] = relationship(
        order_by="RegistrationNote.id", cascade="all, delete-orphan", passive_deletes=True
    )


class RegistrationEvent(Base):
    """One step of a registration: from which state to which, when, by whom and why."""

    __tablename__ = "registration_event"
    __table_args__ = (Index("ix_registration_event_report", "to_state", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))  # "persoon", "systeem" or an account name
    reason: Mapped[str | None] = mapped_column(String(300))


class RegistrationNote(Base):
    """What a member of staff wants to remember. Without health data: the page warns before it is kept."""

    __tablename__ = "registration_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(String(1000))


class ErasedCount(Base):
    """How many registrations were erased, per municipality, year and last state. A count and nothing else."""

    __tablename__ = "erased_count"

    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]
