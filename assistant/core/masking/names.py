"""Names of people: after a sign such as "ik heet", from our lists, and by initials; with or without capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.core.masking.name_words import Message, Sign, name_at
from assistant.core.masking.span import Span
from assistant.core.masking.word_lists import phrases, words

_MY = r"(?:mijn|mij|mien|me|m'n|mn|zijn|zn|z'n|haar|hun|onze|ons|je|jouw|uw|zien)"
_SURE = re.compile(
    r"\b(?:ik (?:heet|hiet|heit)|(?:hij|zij|ze|die|dat|kind|zoon|dochter|man|vrouw|broer|zus|mevrouw|meneer) heet|"
    rf"{_MY} (?:volledige |hele |eigen )?(?:voor|achter|familie|roep)?naam (?:is|luidt)|(?:ik|mijn|me) naam"
    rf"|naam van mij is|naam is|"
    r"(?:voor|achter|familie)?naam\s?[:=]|voornaam is|achternaam is|name is|naar de naam|op de naam(?: van)?"
    r"|op naam van|"
    r"(?:je|u|jij|jullie) spree?kt? met|(?:ze|mensen|iedereen) noem\w* me|noem me|t\.?a\.?v\.?|ter attentie van|"
    r"mevrouw|mevr\.|mevr|mw\.|mvr\.|mvr|meneer|menier|(?:de )?heer|dhr\.|dhr|fam\.|juf|drs\.|dr\."
    r"|ingeschreven als|ondertekend door)(?!\w)"
)
_PERSON = (
    r"(?:zoon|dochter|man|vrouw|broer|broertje|zus|zusje|zuster|vader|moeder|mama|papa|neef|neefje|nicht"
    r"|nichtje|oom|vriend|vriendin|partner|"
    r"buurman|buurvrouw|buurjongen|buurmeisje|collega|baas|chef|(?:gezins|job|loopbaan|werk|budget)?coach"
    r"|(?:werk|traject|stage|persoonlijk |woon)?begeleid(?:er|ster)|"
    r"consulente?|mentor|mentrix|contactpersoon|accountmanager|casemanager|klantmanager|monteur|voorman|voogd"
    r"|bewindvoerder|mantelzorger|"
    r"cliënte?|client|kandidate?|leerlinge?|klasgenoot|klasgenote|dokter|huisarts|leraar|lerares|docente?"
    r"|meester|pleeg(?:moeder|vader|zoon|dochter|kind)|stief(?:moeder|vader|zoon|dochter)|"
    r"zwager|schoonzus|schoonzoon|schoondochter|klein(?:zoon|dochter|kind)|advocaat|directeur|(?:hr"
    r"|p&o)[ -]\w{2,12}|monteur|teamleider|planner|chauffeur|directrice|hij|zij)"
)
_SOFT = re.compile(
    rf"\b(?:(?:{_MY}|de|een|als|hr) (?:\w{{3,12}} )?{_PERSON},?(?: van)?(?: (?:is|heet|was))?|kandidaat"
    rf"|{_PERSON} heet|(?:i?k|ik) (?:ben|bn|bin)|kben|dit is|hier(?: is| spreekt)?|"
    r"contactpersoon:?|groet\w*,?(?: van| aan)?|gr\.?,?|mvg\.?,?|met vriendelijke groet\w*,?|hoogachtend,?"
    r"|liefs,?|lfs,?|x+,?|kus\w*,?|namens|"
    r"genaamd|vraag(?: \w+)? naar|vragen naar|praten met|spreken met|sprak met|gesproken met|gebeld met"
    r"|contact met|afspraak met|"
    r"(?:zoon|dochter|vader|moeder|broer|zus|ouder|vrouw|man|vriend|pleegmoeder|pleegvader|begeleider"
    r"|mentor) van|wij zijn|opa|oma|tante|"
    r"bedankt,?|thx|dank(?:je|u)?,?|niet \w+ maar|het moet|het gaat om|dag!?,?|schrijf \w+ (?:maar )?op,?"
    r"|zet \w+ (?:maar )?neer)(?!\w)"
)
_WITH = re.compile(
    r"^\W*(?:(?:eh|ehm|ja|hallo|hoi|hai|hey|goedemorgen|goedemiddag|goedenavond|dag|goeiemorgen"
    r"|goeiemiddag),?\s+){0,3}met\s"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.\s?){1,4}(?=(?:(?:van|von|de|den|der|ter|ten|te|el|al)\s){0,3}[A-Z](?!\.))"
)
_FAMILY = re.compile(r"(?<!\w)(?:Van|De|Ter|Ten|El|van|de|ter|ten|el)(?:\s(?:den|der|de|het|'t)){0,2}\s(?=[A-Z])")
_ONLY_NAME = 3
"""A message of at most so many words can be nothing but a name."""


def names(typed: str, low: str) -> Iterator[Span]:
    """Yield the names of people; `low` is the message in small letters, of the same length."""
    message = Message(typed, low, typed.isupper() and len(typed) > 3)
    firms = [match.span() for match in phrases("geen_naam_zinnen").finditer(low)]
    for start, end in _places(message):
        if not any(first <= start < last for first, last in firms):
            yield Span(start, end, "naam")


def _places(message: Message) -> Iterator[tuple[int, int]]:
    for pattern, sign in ((_SURE, Sign.SURE), (_SOFT, Sign.SOFT), (_WITH, Sign.SOFT)):
        for match in pattern.finditer(message.low):
            if place := name_at(message, match.end(), sign):
                yield place
    yield from _without_a_sign(message)
    for match in _INITIALS.finditer(message.typed):
        place = name_at(message, match.end(), Sign.SURE)
        if place:
            yield match.start(), place[1]
    yield from _family_names(message)


def _without_a_sign(message: Message) -> Iterator[tuple[int, int]]:
    """Yield names that our lists know wherever they stand; one that is also a word needs a capital or a family name."""
    found = list(_WORD.finditer(message.low))
    short = len(found) <= _ONLY_NAME
    for index, word in enumerate(found):
        plain = word.group()
        if plain not in words("voornamen") and plain not in words("voornamen_dubbel"):
            continue
        place = name_at(message, word.start(), Sign.BARE)
        whole = short and index == 0 and "?" not in message.low
        last = found[-1].end()
        if place is None and (whole or _family_follows(message, word.end())):
            place = name_at(message, word.start(), Sign.SURE)
        whole = whole and place is not None and place[1] == last
        called = message.low[word.end() : word.end() + 1] == ","
        if place and (plain in words("voornamen") or index > 0 or whole or called or place[1] > word.end()):
            yield place


def _family_follows(message: Message, at: int) -> bool:
    """Whether behind a first name that is also a word stands "de boer" or "jansen"."""
    rest = [match.group() for match in _WORD.finditer(message.low, at, min(at + 30, len(message.low)))]
    small = bool(rest) and rest[0] in words("tussenvoegsels")
    while rest and rest[0] in words("tussenvoegsels"):
        rest.pop(0)
    surely = words("achternamen") if small else words("achternamen") - words("gewone_woorden")
    return bool(rest) and message.low[at : at + 1] == " " and (rest[0] in surely or rest[0] in words("voornamen"))


def _family_names(message: Message) -> Iterator[tuple[int, int]]:
    """Yield "Van der Linden": a family name with a capital that we know."""
    for match in _FAMILY.finditer(message.typed):
        word = _WORD.match(message.low, match.end())
        if word and word.group() in words("achternamen") and not message.shouting:
            yield match.start(), word.end()
