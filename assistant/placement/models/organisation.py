"""Who offers work, and where."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.database.base import Base
from assistant.placement.codes import ORGANISATION_KINDS
from assistant.placement.models.columns import one_of


class Municipality(Base):
    """A gemeente with a file in data/municipalities; "landelijk" stands for every other one."""

    __tablename__ = "municipality"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class Certificate(Base):
    """A paper somebody can earn at a place of work, by the code of entity `certificaat`."""

    __tablename__ = "certificate"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    issued_by: Mapped[str | None] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(500), default="")


class Organisation(Base):
    """A sociaal ontwikkelbedrijf, care provider, employer or government body."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint(one_of("kind", ORGANISATION_KINDS), name="kind"),)

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(30))
    municipality_id: Mapped[str | None] = mapped_column(ForeignKey("municipality.id"))
    contact_name: Mapped[str | None] = mapped_column(String(120))
    contact_phone: Mapped[str | None] = mapped_column(String(20))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contracted_daycare: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(500), default="")
    quote: Mapped[str] = mapped_column(String(1000), default="")
