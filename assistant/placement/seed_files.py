"""The form of the files in data/placement, one class per file.

A key that is not known is an error: it may be a typing mistake.
"""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from assistant.placement import codes


def _known(*known: str) -> AfterValidator:
    """Refuse a code that is not in the list, and name the list."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        return value

    return AfterValidator(check)


Day = Annotated[str, _known(*codes.DAYS)]
Transport = Annotated[str, _known(*codes.TRANSPORT)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]


class Entry(BaseModel):
    """One entry of a list in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return self.model_dump()


class OrganisationEntry(Entry):
    """organisations.yml. `source` and `quote`: where it is named and in which words; empty for an example."""

    id: str
    name: Text
    kind: Annotated[str, _known(*codes.ORGANISATION_KINDS)]
    municipality_id: str | None = Field(default=None, alias="municipality")
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    contracted_daycare: bool = False
    is_example: bool = False
    source: str = ""
    quote: str = ""

    @model_validator(mode="after")
    def named_or_example(self) -> Self:
        """Nobody is in the data without a source, unless clearly made up."""
        if self.is_example != self.name.startswith("Voorbeeld"):
            raise ValueError("an example organisation is called Voorbeeld..., and only that")
        if not self.is_example and not (self.source and self.quote):
            raise ValueError("a real organisation needs a source and a quote")
        return self


class CertificateEntry(Entry):
    """certificates.yml."""

    code: str
    name: Text
    issued_by: str | None = None
    source: str = ""


class OpeningEntry(Entry):
    """openings.yml."""

    number: Annotated[str, Field(pattern=r"^W-\d{4,}$")]
    title: Text
    kind: Annotated[str, _known(*codes.KINDS)]
    work_kind: Annotated[str, _known(*codes.WORK_KINDS)]
    tasks: Text
    organisation_id: str = Field(alias="organisation")
    place: Text
    postcode: Annotated[str, Field(pattern=r"^\d{4}( [A-Z]{2})?$")] | None = None
    municipality_id: str = Field(alias="municipality")
    hours_min: int = Field(ge=1, le=40)
    hours_max: int = Field(ge=1, le=40)
    days: tuple[Day, ...] = ()
    contract_months: int | None = Field(default=None, ge=1)
    start_date: date | None = None
    places_total: int = Field(default=1, ge=1)
    guidance: Annotated[str, _known(*codes.GUIDANCE)] | None = None
    adaptations: str | None = None
    pace: Annotated[str, _known(*codes.PACE)] | None = None
    noise: Annotated[str, _known(*codes.NOISE)] | None = None
    sitting_standing: Annotated[str, _known(*codes.SITTING_STANDING)] | None = None
    indoors_outdoors: Annotated[str, _known(*codes.INDOORS_OUTDOORS)] | None = None
    alone_team: Annotated[str, _known(*codes.ALONE_TEAM)] | None = None
    wheelchair: bool | None = None
    transport: tuple[Transport, ...] = ()
    certificate_code: str | None = Field(default=None, alias="certificate")
    commitment_signed_by: str | None = None
    commitment_signed_on: date | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    confirmed_on: date | None = None
    valid_until: date | None = None
    is_example: bool
    source: str = ""

    @model_validator(mode="after")
    def sensible(self) -> Self:
        """Hours in order; a promise of a job has a signer and a day."""
        if self.hours_min > self.hours_max:
            raise ValueError("hours_min is more than hours_max")
        if (self.commitment_signed_by is None) != (self.commitment_signed_on is None):
            raise ValueError("a job commitment needs who signed it and when")
        return self


class TargetEntry(Entry):
    """targets.yml. No municipality and no organisation: the whole country."""

    key: str
    municipality_id: str | None = Field(default=None, alias="municipality")
    organisation_id: str | None = Field(default=None, alias="organisation")
    year: int = Field(ge=2013, le=2100)
    definition: Annotated[str, _known(*codes.TARGET_DEFINITIONS)]
    norm: int | None = None
    norm_derived: bool = False
    realised: int | None = None
    source: Text
    quote: Text
