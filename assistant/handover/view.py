"""A hand-over as the rest of the house sees it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from assistant.handover.models import Handover
from assistant.handover.states import WITH_STAFF, State


@dataclass(frozen=True)
class Summary:
    """Three lines that the person sees before anybody else does: the wish, what was tried, what is open."""

    wish: str
    tried: str
    open: str

    def to_dict(self) -> dict[str, str]:
        """Return the JSON form."""
        return asdict(self)


@dataclass(frozen=True)
class HandoverView:
    """One hand-over."""

    id: int
    conversation_id: str
    municipality: str
    state: State
    asked_at: datetime
    queued_at: datetime | None
    waits_since: datetime | None
    claimed_at: datetime | None
    ended_at: datetime | None
    staff_id: int | None
    staff_name: str | None
    summary: Summary | None
    """None unless the person agreed to share it, or still has to choose."""
    shares_summary: bool | None
    forward: dict[str, Any] | None
    reference: str | None

    @classmethod
    def of(cls, row: Handover) -> HandoverView:
        """Read a row."""
        hidden = row.shares_summary is False
        return cls(
            **{name: getattr(row, name) for name in _SAME},
            state=State(row.state),
            summary=None if hidden or not row.summary else Summary(**row.summary),
        )

    @property
    def with_staff(self) -> bool:
        """Whether a member of staff has the talk now."""
        return self.state in WITH_STAFF


_SAME = (
    "id", "conversation_id", "municipality", "asked_at", "queued_at", "waits_since", "claimed_at", "ended_at",
    "staff_id", "staff_name", "shares_summary", "forward", "reference",
)  # fmt: skip
