"""What an employer offers: `aantal_plekken` (number of places) and `contract_maanden` (months, or `vast`)."""

from __future__ import annotations

import re

from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity
from assistant.nlu.entities.numbers import Rules, apply_rules

_KIND = (
    r"(?:beschutte|vaste|open|vrije|nieuwe|extra|betaalde|geschikte|werk|stage|leer|goede|"
    r"gemotiveerde|jonge|leuke|beschut)"
)
_THING = (
    r"(?:werkplekken|werkplek|werkplaatsen|werkplekkn|leerwerkplekken|leerplekken|leerplek|"
    r"stageplekken|stageplek|stageplaatsen|"
    r"plekken|plekke|plekkies|plekjes|plekje|plek|plaatsen|plaatse|plaats|mensen|mense|"
    r"meensn|menschen|personen|man|vrouw|"
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
    r"\b(?:plek|plaats|plekken|ruimte|werk|plekkie) (?:voor|veur) (?P<a>\d{1,3}|één)\b(?!\s*(?:uur|"
    r"dag|jaar|maand|euro|week|ochtend|km|mensen|personen|man|leerling))"
)
_OFFER = re.compile(
    r"\b(?:zoek\w*|zuuk\w*|bied\w*|aanbied\w*|aanneem|aannemen|nodig|noteer|plaats\w* (?:voor|"
    r"over|vrij)|ruimte voor|werk voor|plek\w* voor|"
    r"in dienst nemen|in dienst te nemen|gebruiken|werk geven|aan te melden|aanmelden|"
    r"registreren|beschikbaar|vrij|voornemens|trekt?|wij wensen|"
    r"leveren|over voor|plek hebben|hebben plek|plaatsen|foutje|dat moet|gelieve|wens\w*|openstellen|invullen)\b"
)
_WANTED = re.compile(
    r"\b(?:zoek\w*|zuuk\w*|wil|willen|zoekt)\s+(?:(?:graag|er|jaarlijks|nog|ook)\s+)*(?P<a>\d{1,2}|"
    r"één)\s+(?!uur|dag|maand|jaar|week|keer|euro|km|ochtend|middag|weken|min|kilo|kan)(?=[a-z]+)"
)
_SOME = re.compile(rf"\b(?:een |'n |n |1 )?(?:paar|stuk of wat|meerdere)(?=\s+(?:{_KIND}\s+)*{_THING}\b)")
_OUR_SIZE = re.compile(
    r"(?:bedrijf|team|organisatie|zaak|ploeg|onderneming|club|afdeling|werkgever|met|"
    r"meer dan|boven de|vanaf)\s*(?:met |van |heeft |telt )?(?:ongeveer |zo'n )?$"
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
    """Return `aantal_plekken` and `contract_maanden`."""
    reading = reading or read(text)
    return [*_places(reading), *_contract(reading)]


def _places(reading: Reading) -> list[Entity]:
    rules: Rules = [
        (_COUNT_OR, lambda m: f"{m['a']}-{m['b']}" if int(m["a"]) < int(m["b"]) else ""),
        (_COUNT, lambda m: str(_count(m["a"])) if _is_offer(reading.text, m) else ""),
        (_SOME, lambda m: "onbekend"),
    ]
    found = apply_rules("aantal_plekken", rules, reading)
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
    found = apply_rules("contract_maanden", [(_PERMANENT, lambda m: "vast")], reading)
    if _ABOUT_CONTRACT.search(reading.text) or _WHOLE_DURATION.fullmatch(reading.text):
        found += apply_rules("contract_maanden", [(_DURATION, _months)], reading)
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
