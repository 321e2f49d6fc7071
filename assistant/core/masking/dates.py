"""Days on which somebody was born."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.core.masking.reading import Reading
from assistant.core.masking.span import Span

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"
)
_DAY, _NUMBER = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_LIVED = r"(?:19\d\d|20[01]\d)"
"""Years in which somebody who talks to us can have been born. A later day is an appointment, a law, a letter."""
_SURE = re.compile(
    rf"(?<!\d)(?:{_DAY}(?P<gap>\s?[-/. ]\s?){_NUMBER}(?P=gap){_LIVED}"
    rf"|{_DAY}e?\s{_MONTH}\s{_LIVED}"
    rf"|(?:de\s)?{_DAY}e\s(?:van\s)?(?:de\s)?{_NUMBER}e\s{_LIVED}"
    rf"|{_LIVED}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
_YEAR = r"(?:19\d\d|20\d\d|\d\d)"
_BORN = re.compile(r"\bgeb(?:oren|oorte\w*|dat\w*|\b)|\bjarig\b|\bverjaar\w*")
_NEAR = re.compile(
    rf"(?<!\d)(?:{_DAY}\s?[-/. ]\s?{_NUMBER}\s?[-/. ]\s?{_YEAR}|{_DAY}e?\s{_MONTH}(?:\s'?{_YEAR})?"
    rf"|(?:de\s)?{_DAY}e\s(?:van\s)?(?:de\s)?(?:{_NUMBER}e|{_MONTH})\s{_YEAR}|[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)"
)
_WINDOW = 40
"""How far from a word like "geboren" a day may stand, in characters."""


def birth_dates(reading: Reading) -> Iterator[Span]:
    """Yield days in a year in which somebody can be born, and any day beside a word like "geboren"."""
    text = reading.text
    yield from (Span(*reading.span(*match.span()), "datum") for match in _SURE.finditer(text))
    for born in _BORN.finditer(text):
        first, last = max(0, born.start() - _WINDOW), born.end() + _WINDOW
        for match in _NEAR.finditer(text, first, min(last, len(text))):
            yield Span(*reading.span(*match.span()), "datum")
