"""What became of a promise to ring somebody back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime
from assistant.placement.models.columns import one_of

OUTCOMES = ("gesproken", "niet_opgenomen", "later_bellen", "verkeerd_nummer")


class CallAttempt(Base):
    """One try of a member of staff to ring somebody back."""

    __tablename__ = "call_attempt"
    __table_args__ = (CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_back_id: Mapped[int] = mapped_column(ForeignKey("call_back.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
