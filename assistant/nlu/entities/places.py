"""Places: our own list by official name, other Dutch places from the model, ordinary words only where a place fits."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from assistant.nlu.entities.context import plausible
from assistant.nlu.entities.digits import lower
from assistant.nlu.entities.entity import Entity, Lists
from assistant.nlu.entities.lexicon import longest, phrases

_BEFORE = re.compile(r"(?:\b(?:in|uit|te|bij|naar|noar|naor|rond|omgeving|vanuit|vanaf|tot|van|richting|near)\s+)$")
_LIVING = re.compile(r"\b(?:woon|wonen|woont|kom|komen|komt|verhuis\w*|plaats|woonplaats|omgeving)\b[^.?!]{0,25}$")
_AREA = re.compile(r"(?:regio|omgeving|gemeente|provincie|stad|dorp)\s+$")
_SENTENCE_START = re.compile(r"(?:^|[.?!]\s+|^[\"'(]+)$")
_NAME_BEFORE = re.compile(r"\b(?:heer|mevrouw|meneer|de|van|mevr\.?|dhr\.?)\s+$")
_NEVER_SMALL = frozenset({"een", "hem", "haar", "zij", "ons", "over", "uit", "nieuw", "nieuwe", "oud"})
_MUNICIPALITY = re.compile(r"\b(?:gemeente|gemeinte|gemiente|gem\.?)\s+(?:van\s+)?$")
_WORD = re.compile(r"[^\W\d_]{6,}")


class Places:
    """Finds places; `others` are official names of Dutch places beyond our own list."""

    def __init__(self, lists: Lists, others: list[str], nlp: Language, fuzzy_score: float) -> None:
        own = lists.get("plaats", {})
        self._score = fuzzy_score
        self._ordinary = {lower(word) for forms in lists.get("plaats_gewoon_woord", {}).values() for word in forms}
        self._everyday = {lower(word) for forms in lists.get("plaats_alledaags", {}).values() for word in forms}
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        forms = {lower(name): name for name in [*others, *own.get("", [])]}
        forms |= {lower(form): value for value, written in own.items() if value for form in written}
        for form, value in forms.items():
            self._matcher.add(f"plaats\t{value}", [nlp.make_doc(form)])
        self._near = {lower(form): value for value, written in own.items() if value for form in written if _long(form)}
        self._known = frozenset(forms)

    def find(self, text: str, doc: Doc) -> list[Entity]:
        """Return the places in a message; `doc` is made of the same message in lower case."""
        found = [place for place in phrases(self._matcher, doc) if self._fits(place, text, doc.text)]
        taken = {position for place in found for position in range(place.start, place.end)}
        found += [place for place in self._misspelt(doc.text) if place.start not in taken]
        return [_as_organisation(place, doc.text) for place in longest(found)]

    def _fits(self, place: Entity, text: str, plain: str) -> bool:
        """Tell whether an ordinary word ("best", "een") is meant as a place here."""
        word, before = plain[place.start : place.end], plain[: place.start]
        if word not in self._ordinary and word not in self._everyday:
            return plausible(place, plain, frozenset())
        fits = bool(_BEFORE.search(before))
        if text[place.start].isupper() and not text.isupper() and not _SENTENCE_START.search(before):
            return fits or (word not in self._everyday and not _NAME_BEFORE.search(before))
        if word in self._everyday:
            return fits and bool(_LIVING.search(before)) and word not in _NEVER_SMALL
        return fits or bool(_AREA.search(before))

    def _misspelt(self, plain: str) -> list[Entity]:
        found = []
        for word in _WORD.finditer(plain):
            if word.group() in self._known or not _BEFORE.search(plain[: word.start()]):
                continue
            best = process.extractOne(word.group(), list(self._near), scorer=fuzz.ratio, score_cutoff=self._score)
            if best is not None:
                found.append(Entity("plaats", word.start(), word.end(), self._near[best[0]], round(best[1] / 100, 2)))
        return found


def _as_organisation(place: Entity, plain: str) -> Entity:
    """Return "gemeente Westerveld" as the organisation that it is (rule E2)."""
    before = _MUNICIPALITY.search(plain[: place.start])
    if before is None or place.value == "woonplaats":
        return place
    return Entity("organisatie", before.start(), place.end, f"gemeente {place.value}", place.confidence)


def _long(form: str) -> bool:
    return len(form) >= 6 and " " not in form
