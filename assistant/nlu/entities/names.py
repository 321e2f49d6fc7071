"""Names of people (`naam`): by what stands before or after them, with or without capitals; firms go first."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from assistant.nlu.entities.digits import lower
from assistant.nlu.entities.entity import Entity, Lists
from assistant.nlu.entities.firms import PREFIX, Firms, words_of

_WORD = r"[^\W\d_][^\W\d_'.-]*(?:[-'.][^\W\d_]+)*"
_NAME = re.compile(rf"(?:[A-Za-z]\.\s?)*(?:{PREFIX}\s+)*{_WORD}(?:\s+(?:{PREFIX}\s+)*{_WORD}){{0,3}}")
_SURE = re.compile(
    r"\b(?:ik heet|ik hiet|ik heit|(?:mijn|m'n|mn|me|mien|mij|zijn|haar|zien) (?:volledige |"
    r"hele )?(?:naam|naom|noam) (?:is|luidt)|(?:je|u|jij) spree?kt? met|"
    r"naam\s*:|naam is|(?:hij|zij|ze|die|zoon|dochter|kind|man|vrouw) heet|correct is|"
    r"achternaam is|voornaam is|my name is|ik sta ingeschreven als|op naam van|op de naam|"
    r"(?:ik ben|dit is) (?:meneer|mevrouw|de heer|mevr\.?|dhr\.?))\s+(?:meneer\s+|mevrouw\s+|de heer\s+)?"
)
_SOFT = re.compile(
    r"(?:\b(?:ik ben|k ben|kben|dit is|ik bin|groeten?|groetjes|mvg|namens|genaamd|heet|"
    r"het is|'t is|mijn naam|bel|eigenaar|eigenaresse|"
    r"niet \w+ maar|verkeerd getypt|zoon|dochter|begeleider|begelijder|jobcoach|mentor|"
    r"broer|zus|man|cliënt|leerling|kleinzoon)[,:]?\s+"
    r"|^\W*(?:(?:hallo|hoi|hai|hey|goedemorgen|goedemiddag|goedenavond|dag)\W+)?met\s+"
    r"|^\W*(?:(?:eh|ehm|ja|nou|hoi|hallo|dag|oh|nee|sorry|oeps)\W+)*)"
)
_TITLE = re.compile(r"\b(?:mevrouw|mevr\.?|mw\.?|mvr\.?|meneer|menier|de heer|dhr\.?|juffrouw)\s+")
_KEPT_TITLE = re.compile(r"\b(?:mevrouw|meneer|juffrouw)\s+$")
_PREFIX_STARTS = frozenset(
    ["van", "von", "de", "den", "der", "ter", "ten", "te", "el", "al", "bin", "ben", "du", "la", "le", "op", "in", "'t"]
)


class Names:
    """Finds people and firms; the lists say which first names and kinds of firm need no capital."""

    def __init__(self, lists: Lists) -> None:
        self._first = words_of(lists, "voornaam")
        self._never = words_of(lists, "naam_niet")
        self._kinds = words_of(lists, "bedrijf_soort")
        self._firms = Firms(lists)

    def find(self, text: str, doc: Doc | None = None) -> list[Entity]:
        """Return `naam` and `bedrijf`; `doc` is the message by the spaCy model, when that is installed."""
        firms = self._firms.find(text)
        people = [name for name in self._people(text) if not any(name.overlaps(firm) for firm in firms)]
        return firms + people + self._by_model(text, doc, [*firms, *people])

    def _people(self, text: str) -> list[Entity]:
        plain = lower(text)
        found: list[Entity] = []
        for pattern, confidence in ((_SURE, 1.0), (_TITLE, 0.9), (_SOFT, 0.8)):
            for trigger in pattern.finditer(plain):
                match = _NAME.match(text, trigger.end())
                end = match.start() + self._length(match, pattern, text) if match else 0
                if match and end > match.start():
                    title = _KEPT_TITLE.search(plain[: match.start()])
                    start = title.start() if title else match.start()
                    candidate = Entity("naam", start, end, proper(text[start:end]), confidence)
                    if not any(candidate.overlaps(other) for other in found):
                        found.append(candidate)
        return found

    def _length(self, match: re.Match[str], trigger: re.Pattern[str], text: str) -> int:
        """Return how many characters of the match are a name, 0 when none.

        A name goes on while its words are like the first: after a capital comes a capital, a small one has at most one
        prefix ("jan de vries van de bakker" ends before "van").
        """
        end, words, prefixes = 0, 0, 0
        capitals = in_prefix = False
        for word in re.finditer(r"\S+", match.group()):
            bare = word.group().strip(",.!?")
            plain = lower(bare)
            if re.fullmatch(PREFIX, plain) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]?", word.group()):
                prefixes += plain in _PREFIX_STARTS and words > 0 and not in_prefix
                in_prefix = True
                if prefixes > 1 or (words == 0 and trigger is _SOFT and len(plain) > 1 and plain in _PREFIX_STARTS):
                    break
                continue
            in_prefix = False
            if plain in self._never or len(plain) < 2 or (words and capitals != bare[0].isupper()) or words > 3:
                break
            if not words and not self._begins(bare, plain, trigger, text):
                break
            capitals = bare[0].isupper() if not words else capitals
            end, words = word.start() + len(bare), words + 1
            if word.group()[-1] in ",!?" or (word.group()[-1] == "." and len(bare) > 2) or (not capitals and words > 2):
                break
        return end

    def _begins(self, word: str, plain: str, trigger: re.Pattern[str], text: str) -> bool:
        """Tell whether a name may begin with this word after such a trigger."""
        start = (
            trigger is _SOFT
            and text[: len(text) - len(text.lstrip())] == ""
            and lower(text).lstrip(r"\W").startswith(plain)
        )
        if plain in self._first:
            return not start or len(text.split()) <= 8
        if trigger is _SURE:
            return True
        if trigger is _TITLE:
            return word[0].isupper() or len(plain) > 3
        return word[0].isupper() and not text.isupper() and not start and plain not in self._kinds

    def _by_model(self, text: str, doc: Doc | None, known: list[Entity]) -> list[Entity]:
        """Return the people that the spaCy model names and the rules did not."""
        found = []
        for span in doc.ents if doc is not None else ():
            candidate = Entity("naam", span.start_char, span.end_char, proper(span.text), 0.7)
            if span.label_ in ("PERSON", "PER") and " " in span.text and not any(candidate.overlaps(k) for k in known):
                found.append(candidate)
        return found


def proper(written: str) -> str:
    """Return a name with capitals; a prefix ("van der") keeps its small letters after another name."""
    words = []
    for word in written.split():
        small = word.islower() and not re.fullmatch(rf"{PREFIX}|mevrouw|meneer|juffrouw", word)
        words.append("-".join(part[:1].upper() + part[1:] for part in word.split("-")) if small else word)
    return " ".join(words)
