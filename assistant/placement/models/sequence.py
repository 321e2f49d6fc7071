"""The table of last given numbers."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base


class NumberSequence(Base):
    """The last number given in a series: "AW" counts per year, "W" (openings) in year 0 for ever."""

    __tablename__ = "number_sequence"

    series: Mapped[str] = mapped_column(String(4), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
