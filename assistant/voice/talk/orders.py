"""Small things that somebody says to the voice itself, not to the assistant: again, slower, a person please."""

from __future__ import annotations

import re
from enum import StrEnum

SLOWER, FASTER = 0.85, 1.18
"""How much one 'langzamer' or 'sneller' changes the pace."""


class Order(StrEnum):
    """What the voice does itself."""

    REPEAT = "herhaal"
    GO_ON = "ga_verder"
    SLOWER = "langzamer"
    FASTER = "sneller"
    PERSON = "mens"
    KEYS = "toetsen"


_PLEASE = r"(?:\s+(?:graag|alstublieft|alsjeblieft|aub|maar|eens|even|dat|het|nog))*"
_MAY = r"(?:kunt? u |kun je |kan het |mag het |wilt? u |ik wil |ik wou |u mag |iets |wat |een beetje |veel |te )*"
_TALK = r"(?:praat |lees |spreek |ga )?(?:wat |iets |een beetje |maar )?"
_TALKING = r"(?: praten| lezen| spreken)?"
_SAID: tuple[tuple[Order, str], ...] = (
    (Order.REPEAT, "(?:dat |het )?(?:herhaal|herhalen|nog een keer|nog eens|zeg dat nog eens|wat zei u)"),
    (Order.GO_ON, rf"{_TALK}verder{_TALKING}"),
    (Order.SLOWER, rf"{_TALK}(?:langzamer|trager|rustiger|minder snel){_TALKING}"),
    (Order.FASTER, rf"{_TALK}sneller{_TALKING}"),
    (Order.PERSON, "(?:een )?(?:mens|medewerker|echt mens|persoon)(?: spreken| aan de lijn| praten)?"),
    (Order.KEYS, "(?:de |met de )?toetsen(?: gebruiken)?"),
)
_PATTERNS = tuple((order, re.compile(rf"\W*{_MAY}(?:{said}){_PLEASE}\W*", re.IGNORECASE)) for order, said in _SAID)


def order_in(text: str) -> Order | None:
    """Return the order when the whole sentence is one; 'welke mens helpt mij' is a question, not an order."""
    return next((order for order, pattern in _PATTERNS if pattern.fullmatch(text.strip())), None)
