"""Loads the first data: data/municipalities and data/placement/*.yml. Loading twice changes nothing.

What is already there is brought up to date from the files, except what lives on in the database: an opening
keeps its free places, its confirmation and its dates, and an opening that is no example is left alone
altogether.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.placement.errors import SeedInvalid
from assistant.placement.gazetteer import DATA
from assistant.placement.models import Certificate, Municipality, Opening, Organisation, Target
from assistant.placement.municipalities import municipality_files
from assistant.placement.places import locate
from assistant.placement.seed_files import (
    CertificateEntry,
    Entry,
    OpeningEntry,
    OrganisationEntry,
    TargetEntry,
)
from assistant.placement.sequence import mark_opening_number, today_here

PLACEMENT = DATA / "placement"
LIVING = frozenset({"places_total", "confirmed_on", "valid_until"})
FileEntry = TypeVar("FileEntry", bound=Entry)


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows were new."""

    municipalities: int
    organisations: int
    certificates: int
    openings: int
    targets: int


def seed(session: Session, directory: Path = PLACEMENT) -> Seeded:
    """Load everything in one transaction (the session's). Raises SeedInvalid with the file and the entry."""
    return Seeded(
        municipalities=sum(_municipalities(session)),
        organisations=sum(_organisations(session, directory)),
        certificates=sum(_certificates(session, directory)),
        openings=sum(_openings(session, directory)),
        targets=sum(_targets(session, directory)),
    )


def entries(path: Path, entry: type[FileEntry]) -> Iterator[FileEntry]:
    """The checked entries of one file: a list of mappings. Raises SeedInvalid."""
    for position, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or [], start=1):
        try:
            yield entry.model_validate(raw)
        except ValidationError as error:
            raise SeedInvalid(f"{path.name}, entry {position}: {error}") from error


def _municipalities(session: Session) -> Iterator[bool]:
    for file in municipality_files():
        yield _put(session, Municipality, file.id, {"id": file.id, "name": file.short_name})


def _organisations(session: Session, directory: Path) -> Iterator[bool]:
    for entry in entries(directory / "organisations.yml", OrganisationEntry):
        yield _put(session, Organisation, entry.id, entry.values())


def _certificates(session: Session, directory: Path) -> Iterator[bool]:
    for entry in entries(directory / "certificates.yml", CertificateEntry):
        yield _put(session, Certificate, entry.code, entry.values())


def _openings(session: Session, directory: Path) -> Iterator[bool]:
    for entry in entries(directory / "openings.yml", OpeningEntry):
        known = session.scalar(select(Opening).where(Opening.number == entry.number))
        if known is None:
            session.add(Opening(**_first_values(entry)))
            mark_opening_number(session, entry.number)
        elif known.is_example and entry.is_example:
            _set(known, {name: value for name, value in _values(entry).items() if name not in LIVING})
        yield known is None
    session.flush()


def _values(entry: OpeningEntry) -> dict[str, Any]:
    """The columns with their position.

    Raises SeedInvalid when place or postcode and municipality contradict each other.
    """
    location = locate(entry.postcode or entry.place)
    if location is None or location.municipality != entry.municipality_id:
        raise SeedInvalid(f"openings.yml, {entry.number}: {entry.place} does not lie in {entry.municipality_id}")
    return entry.values() | {"lat": location.lat, "lon": location.lon}


def _first_values(entry: OpeningEntry) -> dict[str, Any]:
    """All places free; an example counts as confirmed today, or the demonstration would fade."""
    confirmed = entry.confirmed_on or (today_here() if entry.is_example else None)
    return _values(entry) | {"places_free": entry.places_total, "confirmed_on": confirmed}


def _targets(session: Session, directory: Path) -> Iterator[bool]:
    for entry in entries(directory / "targets.yml", TargetEntry):
        known = session.scalar(select(Target).where(Target.key == entry.key))
        if known is None:
            session.add(Target(**entry.values()))
        else:
            _set(known, entry.values())
        yield known is None
    session.flush()


def _put(session: Session, model: type[Any], key: str, values: dict[str, Any]) -> bool:
    """Insert or update by primary key; True when it was new."""
    known = session.get(model, key)
    if known is None:
        session.add(model(**values))
        session.flush()
    else:
        _set(known, values)
    return known is None


def _set(row: object, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
