"""Which of two readings of the same piece stays: the longest, then the most specific (rules E2, E5, E8, E10, E12)."""

from __future__ import annotations

from assistant.nlu.entities.entity import Entity

RANK = (
    "email", "telefoon", "registratienummer", "werkplek_nummer", "postcode", "datum_tijd", "indicatie", "uitkering",
    "certificaat", "regeling", "organisatie", "bedrijf", "naam", "uren_per_week", "dagen", "contract_maanden",
    "aantal_plekken", "dagdeel", "plaats", "soort_werk", "taal", "begrip",
)  # fmt: skip
"""Most specific first; it decides between readings of equal length."""
BESIDE = frozenset({("dagen", "dagdeel"), ("dagen", "datum_tijd"), ("uren_per_week", "dagen")})
"""Pairs that may share a piece: "drie ochtenden" is three days and the mornings."""


def resolve(entities: list[Entity]) -> list[Entity]:
    """Return the entities without rivals, in the order of the message."""
    entities = [entity for entity in entities if not _is_subject(entity, entities)]
    kept: list[Entity] = []
    for entity in sorted(entities, key=_weight):
        if not any(entity.overlaps(other) and not _beside(entity, other) for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda entity: (entity.start, entity.end))


def _is_subject(entity: Entity, entities: list[Entity]) -> bool:
    """Tell whether a supposed name or firm has a scheme or benefit in it ("stichting LKS ontvangt")."""
    return entity.entity in ("bedrijf", "naam") and any(
        entity.contains(other) and other.entity in ("regeling", "uitkering", "indicatie", "certificaat", "telefoon")
        for other in entities
    )


def _weight(entity: Entity) -> tuple[int, int, float]:
    rank = RANK.index(entity.entity) if entity.entity in RANK else len(RANK)
    return -(entity.end - entity.start), rank, -entity.confidence


def _beside(one: Entity, other: Entity) -> bool:
    if one.entity == other.entity:
        return False
    if {one.entity, other.entity} == {"dagen", "datum_tijd"}:
        moment = one if one.entity == "datum_tijd" else other
        return moment.confidence <= 0.5
    return (one.entity, other.entity) in BESIDE or (other.entity, one.entity) in BESIDE
