"""What somebody needs of a place of work, matched to its traits. Why they need it is never asked or kept.

The needs are data (data/placement/needs.yml): a code, the trait that answers it, the values that fit and the words
people use.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import yaml
from sqlalchemy import ColumnElement, or_

from assistant.placement.errors import PlaceDataInvalid
from assistant.placement.gazetteer import DATA
from assistant.placement.models import Opening

NEEDS = DATA / "placement" / "needs.yml"


@dataclass(frozen=True, slots=True)
class Need:
    """One need: `trait` is a column of Opening, `fits` its values that are right, `words` a pattern."""

    code: str
    trait: str
    fits: tuple[str | bool, ...]
    words: re.Pattern[str]


@cache
def known_needs() -> dict[str, Need]:
    """Every need by its code. Raises OSError, yaml.YAMLError or KeyError for a file that is not right."""
    raw = yaml.safe_load(NEEDS.read_text(encoding="utf-8"))
    return {
        code: Need(code, entry["trait"], tuple(entry["fits"]), _pattern(entry["words"])) for code, entry in raw.items()
    }


def needs_in(text: str) -> frozenset[str]:
    """The codes of the needs that a text names. Everything else in it, an illness for instance, is left behind.

    Of phrases that overlap only the longest counts: "niet binnen" is no wish to be inside.
    """
    found = [(hit.start(), hit.end(), need.code) for need in known_needs().values() for hit in _hits(need, text)]
    return frozenset(code for start, end, code in found if not _inside_another(start, end, found))


def fitting(needs: Iterable[str], *, unknown: bool) -> list[ColumnElement[bool]]:
    """SQL: the traits answer every need. unknown: a trait that nobody filled in is let through as well.

    Raises PlaceDataInvalid for a code that is none.
    """
    return [_fits(need, unknown) for need in sorted(needs)]


def _fits(code: str, unknown: bool) -> ColumnElement[bool]:
    if code not in known_needs():
        raise PlaceDataInvalid("needs")
    need = known_needs()[code]
    column = getattr(Opening, need.trait)
    if need.trait == "transport":
        fits = or_(*(column.contains(value, autoescape=True) for value in need.fits))
        return or_(fits, column == ()) if unknown else fits
    fits = column.in_(need.fits)
    return or_(fits, column.is_(None)) if unknown else fits


def _hits(need: Need, text: str) -> Iterable[re.Match[str]]:
    return need.words.finditer(text.casefold().replace("\u2019", "'"))


def _inside_another(start: int, end: int, found: list[tuple[int, int, str]]) -> bool:
    return any(s <= start and end <= e and (e - s) > (end - start) for s, e, _ in found)


def _pattern(words: list[str]) -> re.Pattern[str]:
    phrases = sorted((re.escape(word).replace(r"\*", r"\w*") for word in words), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b")
