"""All finders together, free of Rasa: a message in, entities out."""

from __future__ import annotations

import re
from datetime import datetime

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from assistant.nlu.entities import contact, days, moments, numbers, offers, references
from assistant.nlu.entities.context import without_corrected
from assistant.nlu.entities.derived import Derived
from assistant.nlu.entities.digits import lower, read
from assistant.nlu.entities.entity import Entity, Lists
from assistant.nlu.entities.lexicon import Lexicon
from assistant.nlu.entities.names import Names
from assistant.nlu.entities.overlap import resolve
from assistant.nlu.entities.places import Places


class Recogniser:
    """Built once from the lists; `find` is called for every message."""

    def __init__(self, lists: Lists, other_places: list[str], nlp: Language, fuzzy_score: float) -> None:
        self._nlp = nlp
        words = self._words = word_language()
        self._lexicon = Lexicon(lists, words, fuzzy_score)
        self._places = Places(lists, other_places, words, fuzzy_score)
        self._names = Names(lists)
        self._derived = Derived(lists, words)

    def find(self, text: str, now: datetime | None = None) -> list[Entity]:
        """Return the entities of a message in normal form; `now` (local time) is what "morgen" counts from."""
        reading, doc = read(text), self._words.make_doc(lower(text))
        listed = [*self._lexicon.find(doc), *self._places.find(text, doc)]
        names = self._names.find(text, self._nlp(text) if self._nlp.has_pipe("ner") else None)
        found = resolve(
            [
                *listed,
                *names,
                *numbers.find(text, reading),
                *offers.find(text, reading),
                *days.find(text, reading),
                *moments.find(text, reading, now),
                *contact.find(text, reading),
                *references.find(text, reading),
                *references.pointing(doc.text, [*listed, *names]),
            ]
        )
        found = without_corrected(found, doc.text)
        return [*found, *self._derived.find(doc, found)]


def word_language() -> Language:
    """Return a pipeline that only cuts words, at every mark: "PSO-audit" has the word "pso" in it."""
    nlp = spacy.blank("nl")
    mark = re.compile(r"[^\w\s]")
    nlp.tokenizer = Tokenizer(
        nlp.vocab, prefix_search=mark.match, suffix_search=re.compile(r"[^\w\s]$").search, infix_finditer=mark.finditer
    )
    return nlp
