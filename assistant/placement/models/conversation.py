"""What a registration, an offer and a call-back share: each comes out of a conversation and has a number."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import UtcDateTime


class FromConversation:
    """Columns of a row with a number of the series AW.

    `idempotency_key` is a digest that makes sending the same thing twice in one conversation harmless; it
    goes when the row is withdrawn, so that somebody may ask again.
    """

    number: Mapped[str] = mapped_column(String(16), unique=True)
    conversation_id: Mapped[str | None] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
