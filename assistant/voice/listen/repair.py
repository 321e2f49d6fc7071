"""Slips of a recogniser put right before anything is understood: 'beschud werk', 'u w v', 'banen afspraak'."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml


def repaired(text: str) -> str:
    """Return the text with known slips put right; everything else stays letter for letter."""
    pattern, rights = _slips()
    joined = _SPELLED.sub(lambda match: re.sub(r"[\s.]+", "", match.group()).upper(), text)
    return pattern.sub(lambda match: rights[" ".join(match.group().lower().split())], joined)


_NAMES = (
    "uwv", "ww", "aow", "wia", "mbo", "bbl", "lkv", "ioaw", "wsw", "bsn", "hbo", "vso", "wmo", "svb", "wml", "cao",
)  # fmt: skip
_SPELLED = re.compile("|".join(rf"(?<![\w'])(?:{'[. ]{1,2}'.join(name)})(?!\w)\.?" for name in _NAMES), re.IGNORECASE)
"""Letters of known names, said one by one; upper case is for who reads along."""


@lru_cache(maxsize=1)
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    with Path(__file__).with_name("repairs.yml").open(encoding="utf-8") as file:
        table: dict[str, list[str]] = yaml.safe_load(file)
    rights = {slip.lower(): right for right, slips in table.items() for slip in slips}
    longest = sorted(rights, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, slip.split())) for slip in longest)
    return re.compile(rf"(?<![\w'])(?:{words})(?!\w)", re.IGNORECASE), rights
