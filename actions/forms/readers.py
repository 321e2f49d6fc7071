"""Reading one field from a message: from an entity anywhere in it, and from bare words when it was asked for."""

from __future__ import annotations

import re
from typing import Any

from actions.message import CONTROL, Message
from assistant.placement import ContactInvalid, locate
from assistant.placement.contact import normalise_email, normalise_phone
from assistant.placement.needs import needs_in

_LEAD_IN = re.compile(
    r"^\W*(hoi|hallo|goedendag)?[\s,]*"
    r"(ik heet|mijn naam is|m'?n naam is|me naam is|ik ben|dat is|het is|naam is|naam:|gewoon)\s+",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[^\W\d_][\w'’. -]{0,58}$")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_RANGE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:-|tot|à|a|t/m)\s*(\d{1,2})(?!\d)")
_NOT_A_NAME = CONTROL - {"begroeten"} | {"werkplek_zoeken"}
_DURATION = re.compile(
    r"\b(?:voor|van|contract|minstens|minimaal)\s+(?:een |n |'n )?"
    r"(?P<much>half|anderhalf|een|één|twee|drie|1|2|3)\s?-?jaar\b",
    re.IGNORECASE,
)
PART_TIME, FULL_TIME = (8, 32), (33, 40)


def read_name(message: Message, asked: bool) -> str | None:
    """Return a name: from 'ik heet ...', or the bare words when a name was asked for."""
    found = message.value("naam")
    if found:
        return _capitals(str(found))
    if not asked or message.intent in _NOT_A_NAME or "?" in message.text:
        return None
    words = _LEAD_IN.sub("", message.text).strip(" .,!")
    return _capitals(words) if _NAME.match(words) and len(words.split()) <= 5 else None


def read_company(message: Message, asked: bool) -> str | None:
    """Return the name of an organisation as it was written."""
    found = message.value("bedrijf") or (message.value("organisatie") if asked else None)
    if found:
        return str(found)
    if not asked or message.intent in CONTROL or "?" in message.text or message.value("telefoon", "email"):
        return None
    if message.text.startswith("/"):  # a button of ours, pressed instead of an answer
        return None
    words = re.sub(
        r"^\W*(wij zijn|we zijn|ons bedrijf heet|het bedrijf heet|ik ben van|van|bij)\s+", "", message.text, flags=re.I
    )
    return words.strip(" .") if 1 <= len(words.split()) <= 8 else None


def read_contact(message: Message, asked: bool) -> str | None:
    """Return a phone number in E.164 or an e-mail address in lower case; one of both is enough."""
    found = message.value("telefoon", "email") or (message.text if asked else None)
    if not found:
        return None
    try:
        if "@" in found:
            return normalise_email(found) if _EMAIL.fullmatch(str(found).strip()) else None
        return normalise_phone(found)
    except ContactInvalid:
        return None


def read_phone(message: Message, asked: bool) -> str | None:
    """Return a phone number in E.164."""
    found = read_contact(message, asked)
    return found if found and "@" not in found else None


def read_place(message: Message, asked: bool) -> str | None:
    """Return a place or postcode; bare words must be a place that exists."""
    found = message.value("plaats", "postcode")
    if found:
        return str(found)
    if not asked or message.intent in CONTROL or len(message.text.split()) > 4:
        return None
    location = locate(re.sub(r"^\W*(in|te|uit|ik woon in|bij)\s+", "", message.text, flags=re.IGNORECASE))
    return location.name if location else None


def read_work_kind(message: Message, asked: bool) -> str | None:
    """Return the code of a kind of work."""
    return message.value("soort_werk")


def read_opening(message: Message, asked: bool) -> str | None:
    """Return the number of an opening that was written out, such as W-0012."""
    found = re.search(r"\bW[- ]?(\d{1,5})\b", message.text, re.IGNORECASE)
    return f"W-{int(found[1]):04d}" if found else None


def needs_said(message: Message) -> frozenset[str]:
    """Return what the place of work must have; the 'Buiten' of Almere Buiten is no wish to be outside."""
    places = [str(each.get("value")) for each in message.entities if each.get("entity") == "plaats"]
    text = message.text
    for place in places:
        text = re.sub(re.escape(place), " ", text, flags=re.IGNORECASE)
    return needs_in(text)


def read_needs(message: Message, asked: bool) -> list[str] | None:
    """Return what the place of work must have, as codes; why somebody needs it is left behind."""
    return sorted(needs_said(message)) or None if len(message.text.split()) > 1 else None


def read_hours(message: Message, asked: bool) -> list[int] | None:
    """Return [least, most] hours a week, 1 to 40."""
    found = message.value("uren_per_week")
    if found == "deeltijd":
        return list(PART_TIME)
    if found == "voltijd":
        return list(FULL_TIME)
    text = str(found) if found else (message.text if asked else "")
    if not found and (not asked or message.value("telefoon", "email", "registratienummer")):
        return None
    if between := _RANGE.search(text):
        return _hours(int(between[1]), int(between[2]))
    number = _NUMBER.search(text)
    return _hours(int(number[1]), int(number[1])) if number else None


def _hours(low: int, high: int) -> list[int] | None:
    return [min(low, high), max(low, high)] if min(low, high) >= 1 and max(low, high) <= 40 else None


def read_months(message: Message, asked: bool) -> int | str | None:
    """Return the length of a contract in months, or 'vast'."""
    found = message.value("contract_maanden")
    if found is not None:
        return "vast" if found == "vast" else int(found)
    if spoken := _DURATION.search(message.text):
        return _months(spoken)
    number = _NUMBER.search(message.text) if asked else None
    return int(number[1]) if number and 1 <= int(number[1]) <= 60 else None


def _months(spoken: re.Match[str]) -> int:
    """Return 'een half jaar' or 'twee jaar' as months."""
    years = {"half": 0.5, "anderhalf": 1.5, "een": 1, "1": 1, "één": 1, "twee": 2, "2": 2, "drie": 3, "3": 3}
    return int(12 * years[spoken["much"].lower()])


def read_places(message: Message, asked: bool) -> int | None:
    """Return how many places are offered."""
    found = message.value("aantal_plekken")
    if found is not None and str(found).isdigit():
        return int(found)
    number = _NUMBER.search(message.text) if asked else None
    if number and int(number[1]) >= 1:
        return int(number[1])
    return 1 if asked and re.search(r"\b(een|één|1)\b", message.text.lower()) else None


def read_moment(message: Message, asked: bool) -> str | None:
    """Return when somebody wants to be called, in normal form when it was understood, else in their own words."""
    found = message.value("datum_tijd")
    if found:
        return str(found)
    day = " ".join(str(value) for value in (message.value("dagen"), message.value("dagdeel")) if value)
    if asked and day:
        return day
    if not asked or message.intent in CONTROL or len(message.text.split()) > 10:
        return None
    return message.text.strip()[:80]


def read_registration_number(message: Message, asked: bool) -> str | None:
    """Return a number like AW-2026-00001."""
    found = message.value("registratienummer")
    if found:
        return str(found)
    digits = re.fullmatch(r"\W*(?:aw)?[\s-]*(20\d\d)[\s-]*(\d{1,6})\W*", message.text, re.IGNORECASE) if asked else None
    return f"AW-{digits[1]}-{int(digits[2]):05d}" if digits else None


def _capitals(name: str) -> str:
    """Return a name with capitals, small words of a Dutch surname left small."""
    small = {"van", "de", "der", "den", "het", "ter", "ten", "te", "el", "al", "la", "in", "'t"}
    words = name.split()
    return " ".join(w if w.lower() in small and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def shown_hours(value: Any) -> str:
    """Return '20' or '16 tot 24' of stored hours."""
    low, high = value
    return str(low) if low == high else f"{low} tot {high}"


def hours_in_a_row(value: Any) -> str:
    """Return '20 uur' or '16 tot 24 uur'."""
    return f"{shown_hours(value)} uur"
