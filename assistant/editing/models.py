"""The table of versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base, UtcDateTime

WAITING, PUBLISHED, REJECTED, WITHDRAWN = "aangeboden", "gepubliceerd", "afgewezen", "ingetrokken"


class AnswerVersion(Base):
    """One text that somebody proposed for an answer. A row is never changed after the decision on it."""

    __tablename__ = "answer_version"
    __table_args__ = (
        Index(None, "key", "municipality"),
        Index(None, "state"),
        CheckConstraint("state IN ('aangeboden', 'gepubliceerd', 'afgewezen', 'ingetrokken')", name="state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> made_by", name="four_eyes"),
        CheckConstraint("state <> 'gepubliceerd' OR decided_by IS NOT NULL", name="published_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    municipality: Mapped[str] = mapped_column(String(40))
    """`landelijk` is the standard text, `onbekend` what is said while nobody knows the municipality."""
    text: Mapped[str] = mapped_column(String(4000))
    simple: Mapped[str] = mapped_column(String(4000))
    spoken: Mapped[str] = mapped_column(String(4000))
    around: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """See assistant.answers.around; of a municipality only its own part. None: made before this could be changed."""
    checked: Mapped[date]
    review_before: Mapped[date | None]
    remark: Mapped[str] = mapped_column(String(300))
    """What was changed and why, for the second person."""
    based_on: Mapped[str] = mapped_column(String(12))
    """Fingerprint of the text that was said when this one was made."""
    state: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(300))
    exported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was written into the files: from then on the files say it."""
