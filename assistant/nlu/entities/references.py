"""Numbers that we gave out: `registratienummer` (AW-2026-00123) and `werkplek_nummer` (W-0042, `volgorde:2`)."""

from __future__ import annotations

import re

from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity

_DASH = r"(?:\s|-|streepje|min\b)*"
_REGISTRATION = re.compile(
    rf"\ba\s?\.?w\.?{_DASH}(?P<y>20\d\d|2\s?0\s?2\s?\d|20 \d\d){_DASH}(?P<n>\d(?:\s?\d){{0,4}})\b"
)
_OPENING = re.compile(
    rf"(?<!a )(?<!a\.)\b(?:w-?(?P<a>\d{{1,4}})|w{_DASH}(?P<b>\d(?:\s?\d){{1,3}}))\b(?!\s*(?:uur|dagen))"
)
_NUMBERED = re.compile(
    r"\b(?:(?:(?:werk)?plek|werkplaats|vacature|baan|optie)?\s*(?:nummer|nr\.?|nummertje|optie|keus|keuze)|werkplek|plek|vacature)"
    r"\s*(?P<n>\d{1,4})\b(?!\s*(?:keer|uur|dag|week|weken|jaar|maand|mensen|euro|of\b|[.,]\d))"
)
_ORDINALS = {
    "eerste": 1, "1e": 1, "1ste": 1, "earste": 1, "irste": 1, "tweede": 2, "2e": 2, "2de": 2, "twiede": 2, "derde": 3,
    "3e": 3, "3de": 3, "darde": 3, "vierde": 4, "4e": 4, "4de": 4, "vijfde": 5, "5e": 5, "zesde": 6, "laatste": -1,
    "bovenste": 1, "onderste": -1, "middelste": 2, "twede": 2, "tweedde": 2, "leste": -1, "lèste": -1, "loatste": -1,
}  # fmt: skip
_PLACE_WORD = (
    r"(?:werkplekken|werkplek|plek|optie|keus|keuze|vacature|baan|plaats|mogelijkheid|"
    r"uit de lijst|van de lijst|van het lijstje)"
)
_MAY_FOLLOW = (
    r"(?:een|op|ok|oke|lijk|door|goed|graag|lijkt|is|wil|klinkt|die|dan|maar|en|ook|wat|"
    r"hoe|waar|past|alstublieft|alsjeblieft|aub|of|a\.u\.b|nog|doe|"
    r"spreekt|vind|zegt|heeft|misschien|toch|liekt|kan|want)"
)
_ORDINAL = re.compile(
    rf"\b(?:de|die|deze)\s+(?:aller)?(?P<o>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b"
    rf"(?:\s+{_PLACE_WORD}(?:\s+(?:uit de lijst|van de lijst|van het lijstje))?\b|(?=\s*(?:$|"
    rf"[.,?!]))|(?=\s+{_MAY_FOLLOW}\b))"
)
_BARE = re.compile(rf"\W*(?P<o>{'|'.join(_ORDINALS)})(?: graag| aub)?\W*")
_NO_ORDINAL = re.compile(r"(?:\b(?:tijdens|pas|is dit|vanaf|ben|word|was|dit is|sinds|per|tot|na)\s+)$|\bals\s+$")
_NOUN = (
    r"(?:werk ?plek(?:ke|kie)?|leer ?werk ?plek(?:ke)?|leerplek|plekkie|plekke|plek|plaats|"
    r"werkplaats|baantje|baan|vacature|functie|"
    r"betrekking|locatie|optie)"
)
_NUMBERED_NOUN = rf"(?:(?:{'|'.join(_ORDINALS)}|genoemde|laatste|ene)\s+)?{_NOUN}"
_NAMED = re.compile(
    rf"\b(?:die|deze|dee|(?:de|het) (?=genoemde))\s*{_NUMBERED_NOUN}\b(?!\s*(?:banen|afspraak|coach|die\b|waar\b))"
)
_POINT = re.compile(
    rf"\b(?:(?:die|deze|dee|dat|degene)\s+(?:(?:{_NUMBERED_NOUN}|ene|bedrijf)\s+)?|de\s+(?:functie|"
    rf"vacature|plaats|plek|baan)\s+)"
    r"(?:bij|bie|in|op|van|met|uit|an|aan)\s+(?:de\s+|het\s+|'t\s+|t\s+|mijn\s+|een\s+|die\s+)?$"
)
_BARE_POINT = re.compile(r"(?:die|deze|dee|dat|degene)\s+(?:bij|bie|in|op|van|met|uit|an|aan)\b")
_KIND_POINT = re.compile(r"\b(?:die|deze|dat|dit)\s+$")
_KIND_NOUN = re.compile(r"\s*(?:werk ?plek|leer ?plek|plek|plekke|werk|baan|bedrijf|vacature)\b")
_PERSON_BEFORE = re.compile(
    r"\b(?:mensen|mense|iemand|jongeren|mens|man|vrouw|zoon|dochter|baan|bedrijf|bedrijven|"
    r"werkgever|collega|persoon|plekken|"
    r"bestaat|kan|gaat|is|mag|hoe|dus|of|zegt|denk|doet|staatsbosbeheer)\s+$"
)
_END = re.compile(
    r"\s*(?:$|[.,?!]|(?:graag|alstublieft|alsjeblieft|is|lijkt|klinkt|dan|wat|hoe|waar|"
    r"en|maar|liekt|daar|want|vertellen|wel)\b)"
)


def find(text: str, reading: Reading | None = None) -> list[Entity]:
    """Return `registratienummer` and `werkplek_nummer`."""
    reading = reading or read(text)
    found = []
    for match in _REGISTRATION.finditer(reading.text):
        year, number = re.sub(r"\s", "", match["y"]), int(re.sub(r"\s", "", match["n"]))
        found.append(Entity("registratienummer", *reading.span(*match.span()), f"AW-{year}-{number:05d}"))
    for match in _OPENING.finditer(reading.text):
        number = int(re.sub(r"\s", "", match["a"] or match["b"]))
        found.append(Entity("werkplek_nummer", *reading.span(*match.span()), f"W-{number:04d}"))
    return [*found, *_numbered(reading), *_ordinals(reading)]


def _numbered(reading: Reading) -> list[Entity]:
    found = []
    for match in _NUMBERED.finditer(reading.text):
        number = int(match["n"])
        value = f"volgorde:{number}" if len(match["n"]) < 2 else f"W-{number:04d}"
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        found.append(Entity("werkplek_nummer", *reading.span(start, match.end()), value, 0.8))
    return found


def _ordinals(reading: Reading) -> list[Entity]:
    bare = _BARE.fullmatch(reading.text)
    matches = [bare] if bare else _ORDINAL.finditer(reading.text)
    return [
        Entity("werkplek_nummer", *_ordinal_span(reading, match, bool(bare)), f"volgorde:{_ORDINALS[match['o']]}", 0.9)
        for match in matches
        if not _NO_ORDINAL.search(reading.text[: match.start()])
    ]


def _ordinal_span(reading: Reading, match: re.Match[str], bare: bool) -> tuple[int, int]:
    return reading.span(*(match.span("o") if bare else match.span()))


def pointing(text: str, entities: list[Entity]) -> list[Entity]:
    """Return "die bij het groen" and "deze plek" as one reference each (rule E5), from the message in lower case.

    The value is the piece itself: what it points at is in the list that was shown last, which the dialogue knows.
    """
    spans = [match.span() for match in _NAMED.finditer(text)]
    for entity in entities:
        if entity.entity in ("soort_werk", "plaats", "bedrijf"):
            spans += _around(text, entity)
    return [Entity("werkplek_nummer", start, end, text[start:end], 0.8) for start, end in spans]


def _around(text: str, entity: Entity) -> list[tuple[int, int]]:
    """Return the piece around a kind of work or a place that is pointed at, if it is."""
    before = text[: entity.start]
    match, kind, noun = _POINT.search(before), _KIND_POINT.search(before), _KIND_NOUN.match(text, entity.end)
    if match:
        bare = _BARE_POINT.match(match.group())
        if not bare or (_END.match(text, entity.end) and not _PERSON_BEFORE.search(before[: match.start()])):
            return [(match.start(), entity.end)]
    if kind and noun and entity.entity == "soort_werk":
        return [(kind.start(), noun.end())]
    return []
