"""The columns of a sheet with openings, and checking one row of it.

The heads are Dutch because people fill them in. `COLUMNS` is the only list: import, export and docs follow it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from assistant.placement import cells, codes
from assistant.placement.cells import BadCell
from assistant.placement.contact import normalise_email, normalise_phone
from assistant.placement.errors import ContactInvalid
from assistant.placement.gazetteer import gazetteer, plain
from assistant.placement.municipalities import municipality_files
from assistant.placement.places import locate
from assistant.placement.rules import MIN_HOURS, check, rules_of

Read = Callable[[str, date], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """head: as in the file. field: of Opening. required: with an example of what belongs there."""

    head: str
    field: str
    read: Read
    example: str = ""

    @property
    def required(self) -> bool:
        """True when the cell may not be empty in a new opening."""
        return bool(self.example)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is refused. row: as the spreadsheet numbers it. code: a key of import_errors.yml."""

    row: int
    column: str
    value: str
    code: str
    nearest: str


def _text(most: int) -> Read:
    return lambda text, _: cells.words(text, most)


def _one(known: tuple[str, ...]) -> Read:
    return lambda text, _: cells.code(text, known)


def _some(known: tuple[str, ...]) -> Read:
    return lambda text, _: cells.codes(text, known)


def _number(least: int, most: int) -> Read:
    return lambda text, _: cells.whole(text, least, most)


def _contact(standard: Callable[[str], str], example: str) -> Read:
    def read(text: str, _: date) -> str:
        try:
            return standard(text)
        except ContactInvalid:
            raise BadCell("not_a_contact", example) from None

    return read


COLUMNS = (
    Column("nummer", "number", _text(12)),
    Column("titel", "title", _text(120), "Groen onderhouden in Steenwijk"),
    Column("soort_plek", "kind", _one(codes.KINDS), "beschut"),
    Column("soort_werk", "work_kind", _one(codes.WORK_KINDS), "groen"),
    Column("taken", "tasks", _text(1000), "U schoffelt perken en harkt bladeren."),
    Column("organisatie", "organisation_id", _text(120), "NoordWestGroep"),
    Column("plaats", "place", _text(80), "Steenwijk"),
    Column("postcode", "postcode", lambda text, _: cells.postcode(text)),
    Column("gemeente", "municipality_id", _text(40)),
    Column("uren_min", "hours_min", _number(1, 40), "16"),
    Column("uren_max", "hours_max", _number(1, 40), "32"),
    Column("dagen", "days", _some(codes.DAYS)),
    Column("contract_maanden", "contract_months", _number(1, 120)),
    Column("begindatum", "start_date", cells.day),
    Column("plekken", "places_total", _number(1, 500), "1"),
    Column("vrij", "places_free", _number(0, 500)),
    Column("begeleiding", "guidance", _one(codes.GUIDANCE)),
    Column("aanpassingen", "adaptations", _text(300)),
    Column("tempo", "pace", _one(codes.PACE)),
    Column("geluid", "noise", _one(codes.NOISE)),
    Column("zitten_staan", "sitting_standing", _one(codes.SITTING_STANDING)),
    Column("binnen_buiten", "indoors_outdoors", _one(codes.INDOORS_OUTDOORS)),
    Column("alleen_team", "alone_team", _one(codes.ALONE_TEAM)),
    Column("rolstoel", "wheelchair", lambda text, _: cells.yes_no(text)),
    Column("vervoer", "transport", _some(codes.TRANSPORT)),
    Column("certificaat", "certificate_code", _text(40)),
    Column("toezegging_door", "commitment_signed_by", _text(120)),
    Column("toezegging_op", "commitment_signed_on", cells.day),
    Column("contact_naam", "contact_name", _text(120)),
    Column("contact_telefoon", "contact_phone", _contact(normalise_phone, "0521 12 34 56")),
    Column("contact_email", "contact_email", _contact(normalise_email, "naam@organisatie.nl")),
    Column("bevestigd_op", "confirmed_on", cells.day),
    Column("geldig_tot", "valid_until", cells.day),
    Column("voorbeeld", "is_example", lambda text, _: cells.yes_no(text)),
    Column("bron", "source", _text(500)),
    Column("eigen_nummer", "external_id", _text(80)),
)


def check_row(
    number: int, row: dict[str, str], today: date, organisations: dict[str, str], certificates: frozenset[str]
) -> tuple[dict[str, Any], list[RowProblem]]:
    """The values of a row by field, and everything that is wrong with it.

    organisations: plain name or id → id. A value stands for itself; what is left out keeps the default.
    """
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []

    def bad(head: str, error: BadCell) -> None:
        problems.append(RowProblem(number, head, row.get(head, ""), error.code, error.nearest))

    for column in COLUMNS:
        text = row.get(column.head, "")
        try:
            if text:
                values[column.field] = column.read(text, today)
            elif column.required:
                raise BadCell("missing", column.example)
        except BadCell as error:
            bad(column.head, error)
    rules: tuple[tuple[str, Callable[[], None]], ...] = (
        ("organisatie", lambda: _organisation(values, organisations)),
        ("certificaat", lambda: _certificate(values, certificates)),
        ("plaats", lambda: place_on_map(values)),
        ("gemeente", lambda: _municipality(values)),
        ("uren_min", lambda: hours_in_order(values)),
        ("vrij", lambda: _places(values)),
        ("toezegging_op", lambda: _commitment(values)),
        ("uren_min", lambda: _rules(values, MIN_HOURS)),
        ("contract_maanden", lambda: _rules(values, None)),
    )
    for head, hold in rules:
        try:
            hold()
        except BadCell as error:
            bad(head, error)
    return values, problems


def identity(values: dict[str, Any]) -> str:
    """What makes two rows the same opening when nobody gave it a number: the same file twice makes nothing double."""
    fields = ("organisation_id", "title", "place", "kind", "work_kind", "hours_min", "hours_max")
    return "rij-" + sha256("|".join(str(values.get(name)) for name in fields).casefold().encode()).hexdigest()[:16]


def _organisation(values: dict[str, Any], organisations: dict[str, str]) -> None:
    if named := values.get("organisation_id"):
        found = organisations.get(named) or organisations.get(plain(named))
        if found is None:
            raise BadCell("unknown_organisation", cells.closest(plain(named), sorted(set(organisations.values()))))
        values["organisation_id"] = found


def _certificate(values: dict[str, Any], certificates: frozenset[str]) -> None:
    if text := values.get("certificate_code"):
        values["certificate_code"] = cells.code(text, sorted(certificates))


def place_on_map(values: dict[str, Any]) -> None:
    """The position comes from the postcode, else from the name; a guess at a name is refused but named."""
    if not (named := values.get("place")):
        return
    found = locate(named)
    if found is None or (not found.sure and plain(found.name) != plain(named)):
        raise BadCell("unknown_place", found.name if found else _nearest_place(plain(named)[:LONGEST_NAME]))
    exact = locate(values["postcode"]) if values.get("postcode") else None
    values |= {"lat": (exact or found).lat, "lon": (exact or found).lon, "_in": (exact or found).municipality}


LONGEST_NAME = 30
"""Letters of a place that are looked at for what was meant: no Dutch place has more, and looking takes its time."""


@lru_cache(maxsize=1000)
def _nearest_place(plain_name: str) -> str:
    """The place that is spelled most alike; slow, and a file often holds the same mistake many times."""
    known = gazetteer().by_name
    return known[cells.closest(plain_name, known)].name


def _municipality(values: dict[str, Any]) -> None:
    where = values.pop("_in", None) or "landelijk"
    given = values.get("municipality_id")
    if given is not None:
        known = {plain(name): file.id for file in municipality_files() for name in (file.id, file.short_name)}
        if known.get(plain(given)) != where:
            raise BadCell("wrong_municipality", where)
    values["municipality_id"] = where


def hours_in_order(values: dict[str, Any]) -> None:
    """Raise BadCell when the least hours are more than the most."""
    least, most = values.get("hours_min"), values.get("hours_max")
    if least and most and least > most:
        raise BadCell("hours_crossed", str(most))


def _places(values: dict[str, Any]) -> None:
    total, free = values.get("places_total"), values.get("places_free")
    if total is not None and free is not None and free > total:
        raise BadCell("more_free", str(total))


def _commitment(values: dict[str, Any]) -> None:
    by, on = values.get("commitment_signed_by"), values.get("commitment_signed_on")
    if (by is None) != (on is None):
        raise BadCell("commitment", "toezegging_op" if on is None else "toezegging_door")


def _rules(values: dict[str, Any], code: str | None) -> None:
    """Hours or, without a code, the length of the contract; no contract length means without an end."""
    if not {"hours_min", "kind", "municipality_id"} <= values.keys():
        return
    months = values.get("contract_months")
    rules = rules_of(values["municipality_id"])
    for breach in check(rules, values["hours_min"], months, kind=values["kind"], permanent=months is None):
        if (breach.code == MIN_HOURS) == (code == MIN_HOURS):
            raise BadCell("below_rule", str(breach.limit))
