"""Articles of law: 'art. 10d lid 2' is said as 'artikel tien d, lid twee'."""

from __future__ import annotations

import re

from assistant.voice.dutch.numbers import cardinal
from assistant.voice.dutch.rule import Rule
from assistant.voice.dutch.words import spelled

_PLACE = r"\d+(?:[:.]\d+)*(?:[a-z]{1,2}\b)?"
_KINDS = {"artt": "artikelen", "art": "artikel", "artikelen": "artikelen", "artikel": "artikel"}


def _article(match: re.Match[str]) -> str:
    kind = _KINDS[match["kind"].lower().rstrip(".")]
    first = f"{kind} {_place(match['place'])}"
    return f"{first} {match['join']} {_place(match['other'])}" if match["other"] else first


def _part(match: re.Match[str]) -> str:
    return f"{match['kind'].lower().rstrip('.')} {_place(match['place'])}"


def _place(text: str) -> str:
    figures = re.findall(r"\d+|[a-z]+|\.", text.lower())
    return " ".join(cardinal(int(one)) if one.isdigit() else spelled(one) or "punt" for one in figures)


def _paragraph(match: re.Match[str]) -> str:
    return f"paragraaf {_place(match['place'])}"


RULES = (
    Rule.of(
        rf"\b(?P<kind>art(?:t|ikel|ikelen)?\b\.?)\s*(?P<place>{_PLACE})(?:\s+(?P<join>en|of)\s+(?P<other>{_PLACE}))?",
        _article,
    ),
    Rule.of(rf"\b(?P<kind>lid|leden|onderdeel|sub|bijlage|hoofdstuk)\s+(?P<place>{_PLACE})", _part),
    Rule.of(rf"§{{1,2}}\s*(?P<place>{_PLACE})", _paragraph),
)
