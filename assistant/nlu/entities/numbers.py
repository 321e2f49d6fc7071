"""Amounts: hours a week, number of places and length of a contract, from digits and from number words."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity

HOUR = r"(?:uurtjes|uurtje|uren|uurn|uurs|uurt|uur|ure|uus|u)\b"
MOST_HOURS = 60
_A = r"(?P<a>\d{1,2})(?:[.,]5| en een half)?"
_B = r"(?P<b>\d{1,2})(?:[.,]5)?"
_TO = r"\s*(?:tot en met|tot|t/m|of|à|a|-|en|n)\s*"
_PER_WEEK = r"(?:\s*(?:per|in de|in een|in 'n|pr|p/?|/|in 't|elke|iedere|de)\s*(?:week|wk|w)\b)?"
_DAYS = r"(?:dagen|daagen|daage|daag'n|dagn|dage|dagjes|dag|ochtenden|ogtenden|middagen|avonden|keer|maal|x)"
_NO_CLOCK = r"(?<!\bom )(?<!\bna )(?<!\bhalf )(?<!\brond )(?<!\btegen )(?<!\bkwart over )(?<!\bover )"
_NO_UNTIL = r"(?<!\btot )(?<!\bvanaf )(?<!\bbinnen )(?<!\btot uiterlijk )(?<!\bkwart voor )(?<![\d:.,€])"
_NOT_AFTER = (
    r"(?!\s*(?:per dag|op een dag|op 1 dag|achter elkaar|achter mekaar|aan een stuk|geleden|gewacht|wachten|fietsen|lopen|"
    r"reizen|rijden|met de (?:bus|fiets|auto|trein)|bellen|later|slapen|in de wacht|in de rij|vertraging|reistijd|'s|"
    r"s middags|s ochtends|s avonds|smiddags|sochtends|thuis zijn|open|bereikbaar|stil|onderweg))"
)

_PRODUCT = re.compile(
    rf"\b{_A}\s*{_DAYS}\s*(?:van|per week|elk|á|à|a|,|om|keer|in de week)*\s*{_B}\s*{HOUR}(?:\s*(?:per|op een) dag)?"
)
_PRODUCT_BACK = re.compile(
    rf"\b{_B}\s*{HOUR}\s*(?:per|op een|op 'n|pr|elke)\s*dag,?\s*(?:en|op|en dan|voor|bij|dus)?\s*{_A}\s*{_DAYS}"
)
_RANGE = re.compile(
    rf"{_NO_UNTIL}(?<!\bvan )\b{_A}{_TO}{_B}\s*{HOUR}{_PER_WEEK}(?!\s*(?:'s|s |per dag|op een dag|elke dag))"
)
_TWICE = re.compile(rf"\b{_A}\s*{HOUR}\s*(?:tot|t/m|of|à|-)\s*{_B}\s*{HOUR}")
_HOURS = re.compile(rf"{_NO_CLOCK}{_NO_UNTIL}\b{_A}\s*{HOUR}{_NOT_AFTER}")
_WEEK = re.compile(
    r"\b(?P<a>\d{1,2})[- ]?urige(?:\s*(?:werk)?week)?|\b(?P<b>\d{1,2})[- ]uurs?[- ](?:contract|week|werkweek)"
)
_FULL = re.compile(r"\b(?:full[- ]?time|foeltaim|voltijds?|voltied|volle(?:dige)? werkweek)\b")
_PART = re.compile(r"\b(?:part[- ]?time|deeltijd|deel tijd|deeltied|partaim)\b")
_VAGUE = re.compile(
    r"\b(?:een |'n |n |1 )?(?:paar|enkele|stuk of wat) (?:uurtjes|uren|uur|ure)\b(?! (?:geleden|per dag|later))"
)

_KIND = r"(?:beschutte|vaste|open|vrije|nieuwe|extra|betaalde|geschikte|werk|stage|leer|goede|gemotiveerde|jonge|leuke|beschut)"
_THING = (
    r"(?:werkplekken|werkplek|werkplaatsen|werkplekkn|leerwerkplekken|leerplekken|leerplek|stageplekken|stageplek|stageplaatsen|"
    r"plekken|plekke|plekkies|plekjes|plekje|plek|plaatsen|plaatse|plaats|mensen|mense|meensn|menschen|personen|man|vrouw|"
    r"medewerkers|medewerker|kandidaten|kandidaat|jongeren|krachten|vacatures|vacature|functies|arbeidsplaatsen|banen|"
    r"werknemers|werknemer|collega's|collegas|handen|poppetjes|fte|praktijkleerplekken|praktijkplekken|lui|leerlingen)"
)
_COUNT = re.compile(
    rf"(?<![\d€.,:-])\b(?P<a>\d{{1,3}}|één|eentje)\s+(?:{_KIND}\s+)*(?P<thing>{_THING})\b(?!\s*(?:'s|per|procent|%))"
)
_COUNT_OR = re.compile(
    rf"(?<![\d€.,:-])\b(?P<a>\d{{1,3}})\s*(?:of|tot|à|a|-)\s*(?P<b>\d{{1,3}})\s+(?:{_KIND}\s+)*{_THING}\b"
)
_ROOM_FOR = re.compile(
    r"\b(?:plek|plaats|plekken|ruimte|werk|plekkie) (?:voor|veur) (?P<a>\d{1,3}|één)\b(?!\s*(?:uur|dag|jaar|maand|euro|week|ochtend|km|mensen|personen|man|leerling))"
)
_OFFER = re.compile(
    r"\b(?:zoek\w*|zuuk\w*|bied\w*|aanbied\w*|aanneem|aannemen|nodig|noteer|plaats\w* (?:voor|over|vrij)|ruimte voor|werk voor|plek\w* voor|"
    r"in dienst nemen|in dienst te nemen|gebruiken|werk geven|aan te melden|aanmelden|registreren|beschikbaar|vrij|voornemens|trekt?|wij wensen|"
    r"leveren|over voor|plek hebben|hebben plek|plaatsen|foutje|dat moet|gelieve|wens\w*|openstellen|invullen)\b"
)
_WANTED = re.compile(
    r"\b(?:zoek\w*|zuuk\w*|wil|willen|zoekt)\s+(?:(?:graag|er|jaarlijks|nog|ook)\s+)*(?P<a>\d{1,2}|één)\s+(?!uur|dag|maand|jaar|week|keer|euro|km|ochtend|middag|weken|min|kilo|kan)(?=[a-z]+)"
)
_SOME = re.compile(rf"\b(?:een |'n |n |1 )?(?:paar|stuk of wat|meerdere)(?=\s+(?:{_KIND}\s+)*{_THING}\b)")
_OUR_SIZE = re.compile(
    r"(?:bedrijf|team|organisatie|zaak|ploeg|onderneming|club|afdeling|werkgever|met|meer dan|boven de|vanaf)\s*(?:met |van |heeft |telt )?(?:ongeveer |zo'n )?$"
)
_EMPLOYED = re.compile(r"\s*(?:in (?:vaste )?dienst|personeel|op de loonlijst|werkzaam|rondlopen|beschut|met een bbl)")

_ABOUT_CONTRACT = re.compile(
    r"contract|tijdelijk|dienstverband|aanstelling|bepaalde tijd|overeenkomst|kontrakt|contrakt"
)
_DURATION = re.compile(
    r"\b(?P<n>\d{1,2}|een|'n|n|anderhalf|half|halfjaar)\s*-?(?P<unit>jaars?|joar|maand(?:en|s)?|maond|mnd|half jaar)?"
    r"(?:contract)?\b"
)
_PERMANENT = re.compile(
    r"\b(?:vaste? (?:contract|dienstverband|baan|aanstelling|dienst|kontrakt)|onbepaalde tijd|vast contract)\b"
)
_WHOLE_DURATION = re.compile(
    r"\W*(?:voor |ongeveer |liefst )?(?:een )?(?:\d{1,2}|half|een|anderhalf)\s*(?:jaar|maand(?:en)?)\W*"
)


def find(text: str, reading: Reading | None = None) -> list[Entity]:
    """Return `uren_per_week`, `aantal_plekken` and `contract_maanden`."""
    reading = reading or read(text)
    return [*_hours(reading), *_places(reading), *_contract(reading)]


def _hours(reading: Reading) -> list[Entity]:
    rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (_PRODUCT, lambda m: _sane(int(m["a"]) * int(m["b"]))),
        (_PRODUCT_BACK, lambda m: _sane(int(m["a"]) * int(m["b"]))),
        (_RANGE, _range),
        (_TWICE, _range),
        (_WEEK, lambda m: _sane(int(m["a"] or m["b"]))),
        (_HOURS, lambda m: _sane(int(m["a"]))),
        (_FULL, lambda m: "voltijd"),
        (_PART, lambda m: "deeltijd"),
        (_VAGUE, lambda m: "onbekend"),
    ]
    return _apply("uren_per_week", rules, reading)


def _apply(
    entity: str, rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]], reading: Reading
) -> list[Entity]:
    """Return the pieces that the rules read, each piece by the first rule that claims it."""
    found: list[Entity] = []
    for pattern, value_of in rules:
        for match in pattern.finditer(reading.text):
            value = value_of(match)
            candidate = Entity(entity, *reading.span(*match.span()), value)
            if value and not any(candidate.overlaps(other) for other in found):
                found.append(candidate)
    return found


def _sane(hours: int) -> str:
    return str(hours) if 1 <= hours <= MOST_HOURS else ""


def _range(match: re.Match[str]) -> str:
    low, high = int(match["a"]), int(match["b"])
    return f"{low}-{high}" if 0 < low < high <= MOST_HOURS else ""


def _places(reading: Reading) -> list[Entity]:
    rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (_COUNT_OR, lambda m: f"{m['a']}-{m['b']}" if int(m["a"]) < int(m["b"]) else ""),
        (_COUNT, lambda m: str(_count(m["a"])) if _is_offer(reading.text, m) else ""),
        (_SOME, lambda m: "onbekend"),
    ]
    found = _apply("aantal_plekken", rules, reading)
    for match in [*_ROOM_FOR.finditer(reading.text), *_WANTED.finditer(reading.text)]:
        candidate = Entity("aantal_plekken", *reading.span(*match.span("a")), str(_count(match["a"])))
        if not any(candidate.overlaps(other) for other in found):
            found.append(candidate)
    return found


def _is_offer(text: str, match: re.Match[str]) -> bool:
    """Tell whether places are offered or people wanted, not counted or compared."""
    if len(text.split()) > 3 and not _OFFER.search(text.replace(match.group(), "")):
        return False
    return not _is_size(text, match)


def _is_size(text: str, match: re.Match[str]) -> bool:
    """Tell whether the number is how big the firm is, not how many places there are."""
    return bool(_OUR_SIZE.search(text[: match.start()]) or _EMPLOYED.match(text, match.end()))


def _count(written: str) -> int:
    return int(written) if written.isdigit() else 1


def _contract(reading: Reading) -> list[Entity]:
    """Return the length in months, or `vast`, when the message is about a contract (or is nothing but a length)."""
    found = _apply("contract_maanden", [(_PERMANENT, lambda m: "vast")], reading)
    if _ABOUT_CONTRACT.search(reading.text) or _WHOLE_DURATION.fullmatch(reading.text):
        found += _apply("contract_maanden", [(_DURATION, _months)], reading)
    elif reading.text.strip(" .!") in ("vast", "een vast"):
        found.append(Entity("contract_maanden", *reading.span(0, len(reading.text)), "vast"))
    return found


def _months(match: re.Match[str]) -> str:
    number, unit = match["n"], match["unit"] or ""
    if number in ("half", "halfjaar") or "half" in unit:
        return "6"
    if not unit:
        return ""
    amount = 1.0 if number in ("een", "'n", "n") else 1.5 if number == "anderhalf" else float(number)
    return str(int(amount * (12 if unit.startswith(("jaar", "joar")) else 1)))
