"""Messages of VUM, the Dutch exchange of vacancies and jobseekers' wishes: ours out, theirs in.

Shapes: UM-Gemeente-Vacatures 0.8.2 and UM-Gemeente-WerkzoekendenProfielen 0.8.7 (VNG-Realisatie/UM-Pilot). Of VUM 3.0
only the release notes were read: there `beroep` is a CompetentNL address and an address has no town; both are
understood when they come in. The mapping, field by field, is in docs/placement.md.

What says something about somebody's health or benefit is not taken in, whatever a message holds:
indicatieLdrRegistratie, eisAanWerk, persoonlijkePresentatie and gedragscompetentie are left behind, and the answer
says so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assistant.placement.cells import BadCell, postcode
from assistant.placement.errors import ConsentMissing, MessageInvalid
from assistant.placement.intake import work_kind_in
from assistant.placement.openings import OpeningView
from assistant.placement.places import locate, municipality_of
from assistant.placement.tags import tags, work_kind_of_isco
from assistant.placement.wishes import InterestWish, RegistrationView

Message = dict[str, Any]
FIXED_TERM, PERMANENT = "B", "O"
AGREEMENT = {"praktijkleerplek": "02", "dagbesteding_plus": "04"}  # leerbaan, werkervaringsplaats; else 01: regulier
KIND = {"02": "praktijkleerplek", "04": "dagbesteding_plus"}
BY_PHONE, BY_MAIL, BY_FORM = "2", "3", "4"
NOT_TAKEN = ("indicatieLdrRegistratie", "eisAanWerk", "persoonlijkePresentatie", "gedragscompetentie")


@dataclass(frozen=True, slots=True)
class FromVum:
    """A vacancy that came in, as a row for the import (heads of the sheet), and the fields left behind."""

    row: dict[str, str]
    left_behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WishFromVum:
    """A wish that came in, ready to be registered, and the fields that were left behind."""

    wish: InterestWish
    left_behind: tuple[str, ...]


def vacature(opening: OpeningView, url: str) -> Message:
    """An opening as a VUM `Vacature`. url: where to apply. Fields that are not known are left out."""
    contact = opening.contact
    person = {
        "naamContactpersoonAfdeling": contact.name,
        "telefoonnummer": [contact.phone] if contact.phone else None,
        "emailadres": [contact.email] if contact.email else None,
    }
    contract = {
        "codeTypeArbeidscontract": FIXED_TERM if opening.contract_months else None,
        "codeTypeOvereenkomst": AGREEMENT.get(opening.kind, "01"),
    }
    ways = [BY_PHONE] * bool(contact.phone) + [BY_MAIL] * bool(contact.email)
    message = {
        "idVacature": opening.number,
        "naamVacature": opening.title[:120],
        "nummerVacature": opening.number[:11],
        "omschrijvingVacature": opening.tasks[:2000],
        "codeWerkEnDenkniveauMinimaal": "0",
        "sluitingsDatumVacature": _day(opening.valid_until),
        "sollicitatiewijze": [
            *({"codeSollicitatiewijze": way} for way in ways),
            {"codeSollicitatiewijze": BY_FORM, "webadres": {"codeWebadres": 4, "url": url}},
        ],
        "werkgever": _without_empty(
            {"handelsnaamOrganisatie": opening.organisation, "contactpersoon": [_without_empty(person)]}
        ),
        "arbeidsVoorwaarden": _without_empty({"datumAanvangWerkzaamheden": _day(opening.start_date)}),
        "contractvorm": [_without_empty(contract)],
        "beroep": {"naamBeroepOngecodeerd": tags()[opening.work_kind].name},
        "werktijden": _hours(opening.hours_min, opening.hours_max),
        "adres": _without_empty({"postcode": (opening.postcode or "").replace(" ", "")}),
    }
    return _without_empty(message)


def from_vacature(message: Message, organisation: str) -> FromVum:
    """A `Vacature` as a row to import; what it does not say is left empty, and the import tells what is missing.

    organisation: the name or id under which the sender is known here. The kind of place is never guessed from a
    regular vacancy. Raises MessageInvalid for what is no message at all.
    """
    if not isinstance(message, dict) or not (message.get("idVacature") and message.get("naamVacature")):
        raise MessageInvalid("idVacature or naamVacature")
    agreement = _first(message, "contractvorm").get("codeTypeOvereenkomst", "")
    hours = _part(message, "werktijden")
    code = _postcode(
        _part(message, "adres").get("postcode") or _first(_part(message, "werkgever"), "adres").get("postcode")
    )
    place = locate(code) if code else None
    person = _first(_part(message, "werkgever"), "contactpersoon")
    row = {
        "eigen_nummer": f"vum-{message['idVacature']}"[:80],
        "titel": message["naamVacature"],
        "taken": message.get("omschrijvingVacature"),
        "soort_plek": KIND.get(str(agreement)),
        "soort_werk": _work_kind(_part(message, "beroep"), str(message["naamVacature"])),
        "organisatie": organisation,
        "plaats": place.name if place else None,
        "postcode": code,
        "uren_min": hours.get("aantalWerkurenPerWeekMinimaal"),
        "uren_max": hours.get("aantalWerkurenPerWeekMaximaal"),
        "begindatum": _part(message, "arbeidsVoorwaarden").get("datumAanvangWerkzaamheden"),
        "geldig_tot": message.get("sluitingsDatumVacature"),
        "plekken": 1,
        "contact_naam": person.get("naamContactpersoonAfdeling"),
        "contact_telefoon": _first_text(person, "telefoonnummer"),
        "contact_email": _first_text(person, "emailadres"),
        "bron": "VUM",
    }
    return FromVum({head: str(value) for head, value in row.items() if value not in (None, "")}, _left_behind(message))


def werkzoekende(wish: RegistrationView, *, consented_to_share: bool) -> Message:
    """A registration as a VUM `Werkzoekende` without a name or contact: who wants to talk asks the municipality.

    Raises ConsentMissing unless the person agreed to this very sharing: registering here is no such agreement.
    """
    if not consented_to_share:
        raise ConsentMissing("consent to share through VUM")
    code = _postcode(wish.place)
    message = {
        "idWerkzoekende": wish.number,
        "indicatieBeschikbaarheidContactgegevens": 2,
        "mobiliteit": _without_empty(
            {"bemiddelingspostcode": (code or "").replace(" ", ""), "maximaleReisafstand": wish.travel_km}
        ),
        "werktijden": _hours(*wish.hours) if wish.hours else None,
        "bemiddelingsberoep": [{"naamBeroepOngecodeerd": tags()[wish.work_kind].name}] if wish.work_kind else None,
    }
    return _without_empty(message)


def from_werkzoekende(
    message: Message, *, consent_text_version: str | None, consented_at: datetime | None
) -> WishFromVum:
    """A `Werkzoekende` as a wish. The consent is the sender's to show: `register_interest` refuses a wish without it.

    Raises MessageInvalid without an id or without any way to reach the person.
    """
    if not isinstance(message, dict) or not message.get("idWerkzoekende"):
        raise MessageInvalid("idWerkzoekende")
    phone, email = _first_text(message, "telefoonnummer"), _first_text(message, "emailadres")
    if not (phone or email):
        raise MessageInvalid("telefoonnummer or emailadres")
    moves, hours = _part(message, "mobiliteit"), _part(message, "werktijden")
    code = _postcode(moves.get("bemiddelingspostcode"))
    least, most = (_whole(hours, f"aantalWerkurenPerWeek{end}") for end in ("Minimaal", "Maximaal"))
    wish = InterestWish(
        municipality=(municipality_of(code) if code else None) or "landelijk",
        name=str(_first(message, "contactpersoon").get("naamContactpersoonAfdeling") or message["idWerkzoekende"])[
            :120
        ],
        phone=phone,
        email=email,
        work_kind=_work_kind(_first(message, "bemiddelingsberoep"), ""),
        place=code,
        hours=(max(1, least), min(40, most)) if least is not None and most is not None else None,
        travel_km=_whole(moves, "maximaleReisafstand"),
        consent_text_version=consent_text_version,
        consented_at=consented_at,
        conversation_id=f"vum-{message['idWerkzoekende']}"[:64],
    )
    return WishFromVum(wish, _left_behind(message))


def _work_kind(beroep: Message, title: str) -> str | None:
    """By code where it is one of ours, else by the words of the occupation, else by the title."""
    flat = beroep | _part(beroep, "beroepsnaamGecodeerd") | _part(beroep, "beroepsnaamOngecodeerd")
    by_code = work_kind_of_isco(str(flat.get("codeBeroepsnaam", "")))
    named = str(flat.get("naamBeroepOngecodeerd") or flat.get("omschrijvingBeroepsnaam") or "")
    ours = {tag.name: code for code, tag in tags().items()}
    return by_code or ours.get(named) or work_kind_in(named) or work_kind_in(title)


def _left_behind(message: Message) -> tuple[str, ...]:
    return tuple(name for name in NOT_TAKEN if message.get(name) is not None)


def _hours(least: int, most: int) -> Message:
    return {"aantalWerkurenPerWeekMinimaal": least, "aantalWerkurenPerWeekMaximaal": most}


def _part(message: Message, name: str) -> Message:
    part = message.get(name)
    return part if isinstance(part, dict) else {}


def _first(message: Message, name: str) -> Message:
    """The first of a list of objects, or nothing."""
    parts = message.get(name)
    return parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], dict) else _part(message, name)


def _first_text(message: Message, name: str) -> str | None:
    value = message.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else None


def _whole(message: Message, name: str) -> int | None:
    """A whole number, also one that was sent as a text; None for anything else."""
    value = str(message.get(name))
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _postcode(value: object) -> str | None:
    try:
        return postcode(value) if isinstance(value, str) else None
    except BadCell:
        return None


def _without_empty(message: Message) -> Message:
    return {name: value for name, value in message.items() if value not in (None, "", [], {}, [{}])}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
