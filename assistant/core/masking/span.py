"""A piece of a message that belongs to a person, and how pieces are chosen and taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["bsn", "iban", "e-mail", "telefoon", "datum", "adres", "naam"]
_SUREST_FIRST = ("e-mail", "iban", "bsn", "datum", "telefoon", "adres", "naam")
RANK = {kind: rank for rank, kind in enumerate(_SUREST_FIRST)}
"""Which reading wins where two cover the same characters: the surer one."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` of the typed message, and what they are."""

    start: int
    end: int
    kind: Kind


def chosen(found: Iterable[Span], length: int) -> list[Span]:
    """Return spans from left to right without overlap, in a message of so many characters.

    The surer kind wins, and of one kind the longer one.
    """
    taken = Taken(length)
    ranked = sorted(found, key=lambda span: (RANK[span.kind], span.start - span.end, span.start))
    return sorted((span for span in ranked if taken.take(span.start, span.end)), key=lambda span: span.start)


class Taken:
    """Which characters are spoken for. Asking costs what the piece is long, so hostile text cannot hurt."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Take a piece when all of it is free, and tell whether that went well."""
        if any(self._taken[start:end]):
            return False
        self._taken[start:end] = b"\x01" * (end - start)
        return True


def without(text: str, spans: Iterable[Span]) -> str:
    """Return the text with each span (from `chosen`) replaced by its kind, as in [naam]."""
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return "".join([*pieces, text[at:]])
