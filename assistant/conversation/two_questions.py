"""Two questions in one message: cut where a person would take breath, and only when both halves stand on their own."""

from __future__ import annotations

import re

from assistant.conversation.heard import Heard

_CUT = re.compile(
    r"(?<=[?!.;])\s+(?=\S)|,?\s+(?:en|maar|ook)\s+(?=(?:hoe|wat|waar|wie|wanneer|welke?|hoeveel|krijg|kan|mag"
    r"|moet|is|zijn|"
    r"verdien|heb|telt)\b)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"[,.!?]*\s+(alvast )?(dank u( wel)?|dank je( wel)?|dankjewel|dankuwel|bedankt|alstublieft|alsjeblieft|aub"
    r"|svp|groet(en|jes)?)\W*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\W*(goe(de|ie|den)?[- ]?(morgen|middag|avond|dag)|mogge|hallo|halo|hoi|hai|hey|hee|hi|yo|dag|beste|gegroet)\b"
    r"([ ,]+(allemaal|daar|mevrouw|meneer|mensen|team|gemeente|assistent|meedoen|robot|bot)\b)*[\s,.!:;-]+",
    re.IGNORECASE,
)
_LEANS = re.compile(r"\b(dat|dit|het|die|deze)\b( nou)?( weer)?\W*$", re.IGNORECASE)
"""A second half that only points at the first: 'banenafspraak? wat is dat'."""
MOST = 3
"""More pieces than this are a story; that is understood as a whole."""
LEAST_WORDS = 2
LEAST_AFTER_GREETING = 3


def without_courtesy(text: str) -> str:
    """Return a message without the greeting before and the thanks behind it, when enough is left.

    'Goedemorgen, ik heb een bakkerij en zoek hulp' is no greeting, and 'wat verdien ik dank u' is a question.
    """
    rest = _GREETING.sub("", text)
    text = rest if len(rest.split()) >= LEAST_AFTER_GREETING else text
    rest = _COURTESY.sub("", text)
    return rest if len(rest.split()) >= LEAST_WORDS else text


def pieces(text: str) -> list[str]:
    """Return the pieces a message may consist of, or nothing when it is one piece."""
    parts = [part.strip(" ,") for part in _CUT.split(text)]
    parts = [part for part in parts if part]
    fits = 2 <= len(parts) <= MOST and all(len(part.split()) >= LEAST_WORDS for part in parts[1:])
    return parts if fits else []


def separate(whole: Heard, halves: list[Heard]) -> list[Heard]:
    """Return the questions to answer one after the other; only the whole when the halves are not both clear."""
    asked = [half for half in halves if half.asks and half.is_clear and _is_subject(half.best)]
    if any(_LEANS.search(half.text) for half in asked[1:]):
        return [whole]
    if len(asked) < 2 or len({half.best for half in asked}) < 2 or len(asked) < len(halves):
        return [whole]
    return asked


def value_and_question(halves: list[Heard]) -> bool:
    """Whether a message in a form is an answer with a question behind it: 'Jan. Maar wat verdien ik dan?'."""
    if len(halves) != 2:
        return False
    first, last = halves
    return not first.asks and last.asks and last.is_clear and "/" in last.best


def _is_subject(intent: str) -> bool:
    return "/" in intent or intent == "werkplek_zoeken"
