"""The word lists of `words.yml`, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return all lists by name."""
    with Path(__file__).with_name("words.yml").open(encoding="utf-8") as file:
        raw: dict[str, Any] = yaml.safe_load(file)
    return raw


def spelled(letters: str) -> str:
    """Return letters and digits one by one, as their names in Dutch: 'UWV' gives 'uu wee vee'."""
    from assistant.voice.dutch.numbers import cardinal

    names = words()["letters"]
    said = (names.get(one.lower()) or (cardinal(int(one)) if one.isdecimal() else "") for one in letters)
    return " ".join(name for name in said if name)
