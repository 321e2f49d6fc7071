"""How to reach somebody: telephone numbers and e-mail addresses, typed or dictated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.core.masking.bsn import REGISTRATION
from assistant.core.masking.reading import Reading
from assistant.core.masking.span import Span, Taken

_GAP = r"[\s.\-()/]{0,3}"
_PHONES = re.compile(
    rf"(?<![\d+])\(?0[ ,]?[1-9](?:{_GAP}\d){{8}}(?!\d)"  # 06 12 34 56 78, (0521) 53 87 00
    rf"|(?<![\d+])06(?:[\s.\-]{{0,2}}\d){{7,9}}(?!\d)"  # a digit too few or too many
    r"|(?<![\d+])0(?:[ ,-]{1,2}\d){9}(?!\d)"  # spelt out
    rf"|(?:\+\s?|\bplus\s)[1-9](?:{_GAP}\d){{7,13}}(?!\d)|(?<!\d)00[1-9](?:{_GAP}\d){{8,13}}(?!\d)"  # from abroad
    r"|(?<![\d.,])\d{9,15}(?![\d.,]*\d)"  # whatever else has that many digits in one piece
)
_CALLED = re.compile(
    r"(?<!kvk[ -])(?<!btw[ -])\b(?:tel\w*|nummer|nr|mobiel\w*|mob|gsm|bel\w*|terugbellen|app\w*"
    r"|whatsapp)\b\D{0,20}?(?P<n>(?<![\d-])(?!0[89]00)\d(?:[\s.\-]{0,2}\d){7,9})(?!\d)"
)
_JOIN = r"\s(?:punt|streepje|min|underscore|laag streepje|liggend streepje)\s"
_BARE = rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_JOIN}[\w+-]{{1,40}}){{0,5}}"
_AT = r"(?:\s?(?:@|\(at\)|\[at\])\s?|\s?\bape?n?staart(?:je)?\b\s?|\sat\s(?=[\w-]{1,60}(?:\.|\spunt\s)[a-z]{2}))"
_HOST = r"[\w-]{1,64}(?:\sstreepje\s[\w-]{1,40}){0,3}(?:(?:\.|\spunt\s)[\w-]{0,60}[a-z]{2,20}){1,4}"
_KNOWN_HOST = r"(?:gmail|hotmail|outlook|live|ziggo|kpnmail|kpn|home|planet|xs4all|icloud|yahoo|proton)\b"
_EMAIL = re.compile(rf"(?:{_BARE}){_AT}(?:{_HOST}|{_KNOWN_HOST})")
_DASHED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_JOIN}[\w-]{{1,40}}\s[\w-]{{1,20}}\s?ape?n?staart(?:je)?\s(?:{_HOST}"
    rf"|{_KNOWN_HOST})"
)
_HINT = re.compile(r"@|\bat\b|\(at\)|\[at\]|staart")


def phones(reading: Reading) -> Iterator[Span]:
    """Yield telephone numbers; a registration number is none."""
    taken = Taken(len(reading.text))
    for match in REGISTRATION.finditer(reading.text):
        taken.take(*match.span())
    places = [match.span() for match in _PHONES.finditer(reading.text)]
    places += [match.span("n") for match in _CALLED.finditer(reading.text)]
    yield from (Span(*reading.span(*place), "telefoon") for place in places if taken.take(*place))


def emails(low: str) -> Iterator[Span]:
    """Yield e-mail addresses, also "jan punt visser apenstaartje voorbeeld punt nl"."""
    if _HINT.search(low):
        for pattern in (_DASHED, _EMAIL):
            yield from (Span(*match.span(), "e-mail") for match in pattern.finditer(low))
