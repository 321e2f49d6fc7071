"""Lists: spaCy's PhraseMatcher on lower case, rapidfuzz for misspelt words, and Dutch compounds for kinds of work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from assistant.nlu.entities.context import plausible
from assistant.nlu.entities.digits import lower
from assistant.nlu.entities.entity import Entity, Lists

LISTED = (
    "soort_werk", "certificaat", "indicatie", "uitkering", "organisatie", "regeling", "begrip", "dagdeel", "taal",
)  # fmt: skip
"""The entities that this module finds; places have their own rules."""
FUZZY = ("certificaat", "uitkering", "organisatie", "regeling", "begrip", "soort_werk", "indicatie")
SHORTEST_FUZZY = 5
"""Letters that a word must have before a likeness counts."""
SHORTEST_STEM = 5
"""Letters of a listed word that may be the last part of a compound ("kledingwinkel")."""

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_LEAD = re.compile(r"(?:(?:in|met|op|aan|bij|achter|voor|iets|als) )?(?:(?:de|het|'t|een|voor de) )?(?=\w)")
"""What stands before a listed word to tell its sense ("in de kas") and is not part of the piece."""
_TRIMMED = frozenset({"soort_werk"})


class Lexicon:
    """Finds the values of all lists in a message."""

    def __init__(self, lists: Lists, nlp: Language, fuzzy_score: float) -> None:
        self._fuzzy_score = fuzzy_score
        self._fixed = frozenset(_flat(lists.get("soort_werk_vast", {})))
        self._tails = tuple(sorted(_flat(lists.get("soort_werk_staart", {})), key=len, reverse=True))
        self._works = _by_form(lists.get("soort_werk", {}))
        self.matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for entity in LISTED:
            for value, forms in lists.get(entity, {}).items():
                self.matcher.add(f"{entity}\t{value}", [nlp.make_doc(lower(form)) for form in forms])
        self.matcher.add("niets\t", [nlp.make_doc(lower(form)) for form in lists.get("geen_entiteit", {}).get("", [])])
        self._venues = frozenset(_flat(lists.get("soort_werk_plek", {})))
        self._near = _near_forms(lists)
        self._choices = list(self._near)
        self._ordinary = frozenset(_flat(lists.get("gewoon_woord", {})))
        self._best = lru_cache(maxsize=8192)(self._look_up)

    def find(self, doc: Doc) -> list[Entity]:
        """Return the listed values in a document made of the lower-case message; overlaps are left in."""
        exact = longest(phrases(self.matcher, doc))
        known = {position for entity in exact for position in range(entity.start, entity.end)}
        found = [_trimmed(entity, doc.text) for entity in exact if entity.entity != "niets"]
        for word in _WORD.finditer(doc.text):
            if len(word.group()) >= SHORTEST_FUZZY and word.start() not in known:
                best = self._best(word.group())
                if best is not None:
                    found.append(Entity(best[0], word.start(), word.end(), best[1], best[2]))
        return [entity for entity in found if plausible(entity, doc.text, self._venues)]

    def _look_up(self, word: str) -> tuple[str, str, float] | None:
        """Return (entity, value, confidence) of one word that is in no list itself."""
        if word in self._ordinary:
            return None
        work = self._compound(word)
        if work:
            return "soort_werk", work, 0.9
        near = process.extractOne(word, self._choices, scorer=fuzz.ratio, score_cutoff=self._fuzzy_score)
        if near is None or near[0][0] != word[0]:
            return None
        entity, value = self._near[near[0]]
        return entity, value, round(near[1] / 100, 2)

    def _compound(self, word: str) -> str | None:
        """Return the kind of work of "groenmedewerker" (listed word, tail) or "kledingwinkel" (a listed word last)."""
        for tail in self._tails:
            stem = word.removesuffix(tail).rstrip("-")
            if stem != word and len(stem) > 2:
                for form in (stem, stem.removesuffix("s")):
                    if form in self._works:
                        return self._works[form]
        for cut in range(2, len(word) - SHORTEST_STEM + 1):
            end = word[cut:]
            if end in self._works and end not in self._fixed:
                return self._works[end]
        return None


def phrases(matcher: PhraseMatcher, doc: Doc) -> list[Entity]:
    """Return every match, as entities named by the matcher's keys `entity<tab>value`."""
    found = []
    for key, first, last in matcher(doc):
        entity, _, value = doc.vocab.strings[key].partition("\t")
        found.append(Entity(entity, doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), value))
    return found


def longest(entities: list[Entity]) -> list[Entity]:
    """Return the entities that lie within no longer one."""
    return [
        entity
        for entity in entities
        if not any(other.contains(entity) and not entity.contains(other) for other in entities)
    ]


def _trimmed(entity: Entity, text: str) -> Entity:
    lead = _LEAD.match(text, entity.start, entity.end) if entity.entity in _TRIMMED else None
    return replace(entity, start=lead.end()) if lead and lead.end() < entity.end else entity


def _flat(values: dict[str, list[str]]) -> Iterable[str]:
    return (lower(form) for forms in values.values() for form in forms)


def _by_form(values: dict[str, list[str]]) -> dict[str, str]:
    return {lower(form): value for value, forms in values.items() for form in forms if " " not in form}


def _near_forms(lists: Lists) -> dict[str, tuple[str, str]]:
    """Return single word → (entity, value) for the words that may be misspelt."""
    return {
        lower(form): (entity, value)
        for entity in FUZZY
        for value, forms in lists.get(entity, {}).items()
        for form in forms
        if " " not in form and len(form) > SHORTEST_FUZZY
    }
