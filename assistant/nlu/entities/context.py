"""Readings that only hold in a context: a kitchen is a kind of work in "iets in de keuken", not in "onze keuken"."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.nlu.entities.entity import Entity

SHORT_MESSAGE = 4
"""Words of a message that is likely an answer to a question of ours, so that a bare word is enough."""

_EXPLAIN = re.compile(
    r"\bwat (?:is|zijn|was|wil|doet|beteken\w*|wordt|houdt|bedoel\w*|heb\w*)\b|beteken|"
    r"bedoel|begrip|\bterm\b|\bwoord|uitleg|\buit\b|"
    r"verschil|onderscheid|\bheet\b|definitie|waar staat|snap|verstaan|anders dan|zelfde|zölfde|hoe werkt|verklaren"
)
_OWN = re.compile(r"\b(?:onze|ons|oons|oonze|mijn|mn|m'n|me|mien|uw|jullie|hun|zijn|geen|deze)\s+(?:\w+e\s+)?$")
_WISH = re.compile(
    r"\b(?:in|bij|bie|met|naar|naor|voor|veur|als|as|an|aan|op|of|en|iets|liefst|zoek|zuuk|werk|tuin|plek\w*|baan\w*|"
    r"banen|vacatur\w*|leerwerkplek|leerplek|certificaat|certifikaat|graag|oude)\s+"
    r"(?:de |het |'t |t |een |'n |n )?(?:\w+e )?$|[,:]\s*$|^(?:\W*)$"
)
_WORK = re.compile(r"\s*-?(?:werk|wark|baan|plek|stage|leerplek|leer ?werk ?plek|hulp|medewerker|kant)\b")
_SEEK = re.compile(
    r"\b(?:zoek\w*|zuuk|iets|wil|wol|graag|gaarne|plek\w*|leerwerk\w*|leerplek\w*|werk\w*|"
    r"wark\w*|baan\w*|vacatur\w*|emplooi|vrij|heb (?:je|u|jij)|"
    r"banen|hej|he'j|leren|leere|plaats\w*|bied\w*|noteer|kandidaten|opleiding\w*|certificaat|"
    r"houd\w*|goed|dol|inpak|registreren|melden)\b"
)
_GREETING = re.compile(
    r"(?:fijne?|prettige?|goede?|goeie|van|heele|goeden|goeie[nm]?|mooie|elke|iedere|de hele|hele|ouder|heel de|"
    r"vrijdag)\s*-?$"
)
_TAKEN_BACK = re.compile(r"\b(?:niet|nie|neet|geen|gien)\s+(?:op\s+|in\s+|om\s+)?$")
_INSTEAD = re.compile(r"\s*(?:,|maar|ik zei|ik bedoel)")
_CARER = re.compile(r"\b(?:iemand|begeleid\w*|altijd|hulp|blijft?|mensen|hoofd\w*|jobcoach)\s+(?:\w+\s+)?$")
_NO_INCOME = re.compile(r"\b(?:heb|krijg|ontvang|heb ik|krijg ik|met)\s+(?:nog\s+|dus\s+|ook\s+)?$")


def plausible(entity: Entity, text: str, venues: frozenset[str]) -> bool:
    """Tell whether a listed value is meant here; `text` is the message in lower case."""
    rule = _RULES.get(entity.entity)
    if entity.entity == "soort_werk":
        return _is_work(entity, text, venues)
    return rule is None or rule(entity, text)


def _short(text: str) -> bool:
    return len(text.split()) <= SHORT_MESSAGE


def _is_work(entity: Entity, text: str, venues: frozenset[str]) -> bool:
    word = text[entity.start : entity.end]
    before = text[: entity.start]
    if _OWN.search(before) and (word in venues or entity.confidence < 1):
        return False
    if (word not in venues and entity.confidence == 1) or _WORK.match(text, entity.end) or _short(text):
        return True
    return bool(_WISH.search(before) and _SEEK.search(text))


def _is_explained(entity: Entity, text: str) -> bool:
    return _short(text) or bool(_EXPLAIN.search(text))


def _is_part_of_day(entity: Entity, text: str) -> bool:
    return not _GREETING.search(text[: entity.start])


def _is_nearby(entity: Entity, text: str) -> bool:
    if entity.value != "woonplaats":
        return True
    return not _CARER.search(text[: entity.start]) and not text[entity.end :].startswith((" van ", " is ", " blijf"))


def _is_benefit(entity: Entity, text: str) -> bool:
    return entity.value != "geen" or _short(text) or bool(_NO_INCOME.search(text[: entity.start]))


def without_corrected(entities: list[Entity], text: str) -> list[Entity]:
    """Leave out what the speaker takes back: of "niet vollenhove maar kuinre" only the new value counts (rule E1)."""
    return [
        entity
        for entity in entities
        if not (
            _TAKEN_BACK.search(text[: entity.start])
            and _INSTEAD.match(text, entity.end)
            and any(other.entity == entity.entity and other.start > entity.end for other in entities)
        )
    ]


_RULES: dict[str, Callable[[Entity, str], bool]] = {
    "begrip": _is_explained,
    "dagdeel": _is_part_of_day,
    "plaats": _is_nearby,
    "uitkering": _is_benefit,
}
