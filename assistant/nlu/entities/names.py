"""Names of people (`naam`) and firms (`bedrijf`): by what stands before or after them, with or without capitals."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from assistant.nlu.entities.digits import lower
from assistant.nlu.entities.entity import Entity, Lists

_PREFIX = r"(?:van der|van den|van de|van 't|van het|van|von|de la|de|den|der|ter|ten|te|el|al|bin|ben|du|la|le|op den|in 't|'t)"
_WORD = r"[^\W\d_][^\W\d_'.-]*(?:[-'.][^\W\d_]+)*"
_NAME = re.compile(rf"(?:[A-Za-z]\.\s?)*(?:{_PREFIX}\s+)*{_WORD}(?:\s+(?:{_PREFIX}\s+)*{_WORD}){{0,3}}")
_SURE = re.compile(
    r"\b(?:ik heet|ik hiet|ik heit|(?:mijn|m'n|mn|me|mien|mij|zijn|haar|zien) (?:volledige |hele )?(?:naam|naom|noam) (?:is|luidt)|(?:je|u|jij) spree?kt? met|"
    r"naam\s*:|naam is|(?:hij|zij|ze|die|zoon|dochter|kind|man|vrouw) heet|correct is|achternaam is|voornaam is|my name is|ik sta ingeschreven als|op naam van|op de naam|"
    r"(?:ik ben|dit is) (?:meneer|mevrouw|de heer|mevr\.?|dhr\.?))\s+(?:meneer\s+|mevrouw\s+|de heer\s+)?"
)
_SOFT = re.compile(
    r"(?:\b(?:ik ben|k ben|kben|dit is|ik bin|groeten?|groetjes|mvg|namens|genaamd|heet|het is|'t is|mijn naam|bel|eigenaar|eigenaresse|"
    r"niet \w+ maar|verkeerd getypt|zoon|dochter|begeleider|begelijder|jobcoach|mentor|broer|zus|man|cliënt|leerling|kleinzoon)[,:]?\s+"
    r"|^\W*(?:(?:hallo|hoi|hai|hey|goedemorgen|goedemiddag|goedenavond|dag)\W+)?met\s+"
    r"|^\W*(?:(?:eh|ehm|ja|nou|hoi|hallo|dag|oh|nee|sorry|oeps)\W+)*)"
)
_TITLE = re.compile(r"\b(?:mevrouw|mevr\.?|mw\.?|mvr\.?|meneer|menier|de heer|dhr\.?|juffrouw)\s+")
_KEPT_TITLE = re.compile(r"\b(?:mevrouw|meneer|juffrouw)\s+$")
_FIRM_TRIGGER = re.compile(
    r"\b(?:(?:ons|mijn|het|me|mn) bedrijf (?:heet|hiet|is)|bedrijfsnaam(?: is)?:?|wij heten|onze (?:zaak|winkel|stichting|organisatie) heet|bedrijf genaamd|"
    r"wij zijn|namens|ik werk voor|ik bel van|ik bel namens|van bedrijf|bij het bedrijf|werk(?:zaam)? bij|we zijn|ik ben van|eigenaar van|directeur van|"
    r"werkgever is|bedrijf is|zaak is)\s+"
)
_CAPITALS = re.compile(
    r"(?:(?:De|Het|'t|Van|Al)\s+)*[A-Z][\w&'.-]*(?:\s+(?:&|en|van|de|der|den|het|[A-Z0-9][\w&'.-]*|B\.?V\.?|bv|vof)){0,5}"
)
_PREFIX_STARTS = frozenset(
    ["van", "von", "de", "den", "der", "ter", "ten", "te", "el", "al", "bin", "ben", "du", "la", "le", "op", "in", "'t"]
)
_ARTICLE = re.compile(r"(?:De|Het|Een|Mijn|Onze|Die|Deze|In|Voor|Bij)\s")
_TAIL = re.compile(r"(?:\s+(?:en|van|de|der|den|het|&))*[\s.,-]*$")


class Names:
    """Finds people and firms; the lists say which first names and kinds of firm need no capital."""

    def __init__(self, lists: Lists) -> None:
        self._first = _words(lists, "voornaam")
        self._never = _words(lists, "naam_niet")
        self._kinds = _words(lists, "bedrijf_soort")
        kinds, ends, known = (_either(_words(lists, name)) for name in ("bedrijf_soort", "bedrijf_slot", "bedrijf"))
        self._kind = re.compile(rf"\b(?i:{kinds})\s+(?=(?:De |Het |'t |Van |Al )*[A-Z])")
        self._end = re.compile(rf"\b(?:[A-Z][\w&'.-]*\s+(?:(?:&|en|van|de)\s+)?)+(?i:{ends})(?!\w)")
        self._known = re.compile(rf"(?<![\w-])(?:{known})(?![\w-])")
        name = rf"(?:{_PREFIX}\s+)*(?!(?:{_either(self._never)})\b)[a-z]{{3,}}(?:\s+(?:en|&)\s+(?:zn|zonen|zoon|co)\b)?(?:\s+bv)?"
        self._small = re.compile(
            rf"(?:^\W*|\b(?:ik ben van|bij|van|namens|wij zijn|bedrijf:?)\s+)(?P<firm>(?:{kinds})\s+{name})(?=\s+(?:hier|uit|uut|in|te|ik|wil)\b|\W*$|,)"
            rf"|bedrijf (?:heet|is|hiet)\s+(?P<named>{name})"
        )

    def find(self, text: str, doc: Doc | None = None) -> list[Entity]:
        """Return `naam` and `bedrijf`; `doc` is the message by the spaCy model, when that is installed."""
        firms = self._firms(text)
        people = [name for name in self._people(text) if not any(name.overlaps(firm) for firm in firms)]
        return firms + people + self._by_model(text, doc, [*firms, *people])

    def _people(self, text: str) -> list[Entity]:
        plain, found = lower(text), []
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
            if re.fullmatch(_PREFIX, plain) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]?", word.group()):
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

    def _firms(self, text: str) -> list[Entity]:
        plain = lower(text)
        spans = [match.span() for match in self._known.finditer(plain)]
        spans += [match.span() for match in self._end.finditer(text) if not _ARTICLE.match(match.group())]
        for trigger in self._kind.finditer(text):
            match = _CAPITALS.match(text, trigger.end())
            if match:
                spans.append((trigger.start(), match.end()))
        for trigger in _FIRM_TRIGGER.finditer(plain):
            match = _CAPITALS.match(text, trigger.end())
            if match and lower(match.group().split()[0]) not in self._first | self._never:
                spans.append(match.span())
        spans += (
            [match.span("firm" if match["firm"] else "named") for match in self._small.finditer(plain)]
            if len(plain.split()) <= 25
            else []
        )
        found: list[Entity] = []
        for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
            written = _TAIL.sub("", text[start:end])
            candidate = Entity("bedrijf", start, start + len(written), " ".join(written.split()), 0.9)
            if not any(candidate.overlaps(other) for other in found):
                found.append(candidate)
        return found

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
        small = word.islower() and not re.fullmatch(rf"{_PREFIX}|mevrouw|meneer|juffrouw", word)
        words.append("-".join(part[:1].upper() + part[1:] for part in word.split("-")) if small else word)
    return " ".join(words)


def _either(words: frozenset[str]) -> str:
    """Return the words as one alternative of a pattern, the longest first; one that never matches for no words."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def _words(lists: Lists, name: str) -> frozenset[str]:
    return frozenset(lower(form) for forms in lists.get(name, {}).values() for form in forms)
