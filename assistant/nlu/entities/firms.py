"""Names of firms (`bedrijf`): known ones, "Bakkerij Jansen", "Visser Techniek B.V.", and what follows "namens"."""

from __future__ import annotations

import re

from assistant.nlu.entities.digits import lower
from assistant.nlu.entities.entity import Entity, Lists

PREFIX = (
    r"(?:van der|van den|van de|van 't|van het|van|von|de la|de|den|der|ter|ten|te|el|"
    r"al|bin|ben|du|la|le|op den|in 't|'t)"
)
"""What may stand before or between the names of a person or the family in a firm's name."""
_FIRM_TRIGGER = re.compile(
    r"\b(?:(?:ons|mijn|het|me|mn) bedrijf (?:heet|hiet|is)|bedrijfsnaam(?: is)?:?|wij heten|"
    r"onze (?:zaak|winkel|stichting|organisatie) heet|bedrijf genaamd|"
    r"wij zijn|namens|ik werk voor|ik bel van|ik bel namens|van bedrijf|bij het bedrijf|"
    r"werk(?:zaam)? bij|we zijn|ik ben van|eigenaar van|directeur van|"
    r"werkgever is|bedrijf is|zaak is)\s+"
)
_CAPITALS = re.compile(
    r"(?:(?:De|Het|'t|Van|Al)\s+)*[A-Z][\w&'.-]*(?:\s+(?:&|en|van|de|der|den|het|[A-Z0-9][\w&'.-]*|"
    r"B\.?V\.?|bv|vof)){0,5}"
)
_ARTICLE = re.compile(r"(?:De|Het|Een|Mijn|Onze|Die|Deze|In|Voor|Bij)\s")
_TAIL = re.compile(r"(?:\s+(?:en|van|de|der|den|het|&))*[\s.,-]*$")


class Firms:
    """Finds firms; the lists say which are known and what kinds of firm a name starts or ends with."""

    def __init__(self, lists: Lists) -> None:
        self._no_firm = words_of(lists, "voornaam") | words_of(lists, "naam_niet")
        kinds, ends, known = (_either(words_of(lists, name)) for name in ("bedrijf_soort", "bedrijf_slot", "bedrijf"))
        self._kind = re.compile(rf"\b(?i:{kinds})\s+(?=(?:De |Het |'t |Van |Al )*[A-Z])")
        self._end = re.compile(rf"\b(?:[A-Z][\w&'.-]*\s+(?:(?:&|en|van|de)\s+)?)+(?i:{ends})(?!\w)")
        self._known = re.compile(rf"(?<![\w-])(?:{known})(?![\w-])")
        never = _either(words_of(lists, "naam_niet"))
        name = (
            rf"(?:{PREFIX}\s+)*(?!(?:{never})\b)[a-z]{{3,}}(?:\s+(?:en|&)\s+(?:zn|"
            rf"zonen|zoon|co)\b)?(?:\s+bv)?"
        )
        self._small = re.compile(
            rf"(?:^\W*|\b(?:ik ben van|bij|van|namens|wij zijn|bedrijf:?)\s+)(?P<firm>(?:{kinds})\s+{name})"
            rf"(?=\s+(?:hier|uit|uut|in|te|ik|wil)\b|\W*$|,)"
            rf"|bedrijf (?:heet|is|hiet)\s+(?P<named>{name})"
        )

    def find(self, text: str) -> list[Entity]:
        """Return the firms in a message, written as in the message."""
        plain = lower(text)
        spans = [match.span() for match in self._known.finditer(plain)]
        spans += [match.span() for match in self._end.finditer(text) if not _ARTICLE.match(match.group())]
        for trigger in self._kind.finditer(text):
            match = _CAPITALS.match(text, trigger.end())
            if match:
                spans.append((trigger.start(), match.end()))
        for trigger in _FIRM_TRIGGER.finditer(plain):
            match = _CAPITALS.match(text, trigger.end())
            if match and lower(match.group().split()[0]) not in self._no_firm:
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


def _either(words: frozenset[str]) -> str:
    """Return the words as one alternative of a pattern, the longest first; one that never matches for no words."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def words_of(lists: Lists, name: str) -> frozenset[str]:
    """Return all forms of a list in lower case."""
    return frozenset(lower(form) for forms in lists.get(name, {}).values() for form in forms)
