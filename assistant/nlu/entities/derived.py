"""What follows from other values: `gemeente` from a place or postcode, `rol` from clear marks of who is speaking."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from assistant.nlu.entities.digits import lower
from assistant.nlu.entities.entity import Entity, Lists
from assistant.nlu.entities.lexicon import phrases

OTHER = "anders"
NONE = "geen"
"""Places that say nothing about the municipality: "in de buurt", provinces, countries."""


class Derived:
    """Derives `gemeente` (steenwijkerland, almere, anders) and `rol` (werkgever, werkzoekende)."""

    def __init__(self, lists: Lists, nlp: Language) -> None:
        self._of_place = {name: code for code, names in lists.get("gemeente", {}).items() for name in names}
        self._of_postcode = [
            (*_bounds(area), code) for code, areas in lists.get("gemeente_postcode", {}).items() for area in areas
        ]
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for name in ("rol", "rol_niet"):
            for value, forms in lists.get(name, {}).items():
                self._matcher.add(f"{name}\t{value}", [nlp.make_doc(lower(form)) for form in forms])

    def find(self, doc: Doc, entities: list[Entity]) -> list[Entity]:
        """Return the derived values; `gemeente` has the place of what it follows from."""
        return [*self._municipalities(entities), *self._role(doc)]

    def _municipalities(self, entities: list[Entity]) -> list[Entity]:
        found = []
        for entity in entities:
            code = self._code(entity)
            if code not in (None, NONE):
                found.append(Entity("gemeente", entity.start, entity.end, str(code), entity.confidence))
        return found

    def _code(self, entity: Entity) -> str | None:
        if entity.entity == "plaats":
            return self._of_place.get(entity.value, OTHER)
        if entity.entity == "organisatie" and entity.value.startswith("gemeente "):
            return self._of_place.get(entity.value.removeprefix("gemeente "))
        if entity.entity == "postcode":
            number = int(entity.value[:4])
            return next((code for low, high, code in self._of_postcode if low <= number <= high), OTHER)
        return None

    def _role(self, doc: Doc) -> list[Entity]:
        marks = phrases(self._matcher, doc)
        denied = [mark for mark in marks if mark.entity == "rol_niet"]
        clear = [mark for mark in marks if mark.entity == "rol" and not any(mark.overlaps(other) for other in denied)]
        if len({mark.value for mark in clear}) != 1:
            return []
        return [max(clear, key=lambda mark: mark.end - mark.start)]


def _bounds(area: str) -> tuple[int, int]:
    low, _, high = area.partition("-")
    return int(low), int(high or low)
