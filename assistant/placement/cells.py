"""Reading one cell of an import: from what somebody typed to a value of ours, or why not and what would be right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

DATE_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y")
POSTCODE = re.compile(r"([1-9]\d{3})\s*([a-zA-Z]{2})?")
YES, NO = ("ja", "j", "yes", "true", "1", "x", "waar"), ("nee", "n", "no", "false", "0", "onwaar")


@dataclass(frozen=True)
class BadCell(Exception):
    """code: a key of data/placement/import_errors.yml. nearest: the nearest valid value, or an example."""

    code: str
    nearest: str


def whole(text: str, least: int, most: int) -> int:
    """A whole number between two limits."""
    if not re.fullmatch(r"[-+]?\d{1,9}", text):
        digits = re.search(r"\d+", text)
        raise BadCell("not_a_number", str(min(max(int(digits[0][:9]), least), most) if digits else least))
    if not least <= int(text) <= most:
        raise BadCell("out_of_range", str(min(max(int(text), least), most)))
    return int(text)


def day(text: str, today: date) -> date:
    """A date, the day first or the year first."""
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise BadCell("not_a_date", _nearest_day(text) or today.isoformat())


def code(text: str, known: Iterable[str]) -> str:
    """One of the codes; capitals, spaces and dashes do not matter."""
    standard, known = _standard(text), list(known)
    if standard in known:
        return standard
    raise BadCell("unknown_code", closest(standard, known))


def codes(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Some of the codes, with commas, spaces or plus signs between."""
    known = list(known)
    return tuple(code(part, known) for part in re.split(r"[,\s+/]+", text) if part)


def yes_no(text: str) -> bool:
    """ja or nee."""
    if text.casefold() in (*YES, *NO):
        return text.casefold() in YES
    raise BadCell("not_yes_no", closest(text.casefold(), ("ja", "nee")))


def words(text: str, most: int) -> str:
    """A text that fits."""
    if len(text) > most:
        raise BadCell("too_long", str(most))
    return text


def postcode(text: str) -> str:
    """ "8331ab" → "8331 AB"."""
    found = POSTCODE.fullmatch(text.strip())
    if not found:
        digits = re.search(r"[1-9]\d{3}", text)
        raise BadCell("not_a_postcode", digits[0] if digits else "8331 AB")
    return f"{found[1]} {found[2].upper()}" if found[2] else found[1]


def closest(text: str, known: Iterable[str]) -> str:
    """The known value most like the text; when none is like it, the first one."""
    known = list(known)
    return (get_close_matches(text, known, n=1, cutoff=0.0) or known or [""])[0]


def _standard(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().casefold())


def _nearest_day(text: str) -> str | None:
    """31-2-2027 → 2027-02-28: the last day of the month that was meant."""
    found = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[3]) <= 2200:
        return None
    for last in range(31, 27, -1):
        try:
            return date(int(found[3]), int(found[2]), min(int(found[1]) or 1, last)).isoformat()
        except ValueError:
            continue
    return None
