"""Changing JSON as a tree: letters changed at random rarely leave JSON behind."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from tests.security.hostile import HOSTILE

ODD: tuple[Any, ...] = (
    *HOSTILE,
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    float("nan"),
    [],
    {},
    [[]],
    [{}],
    {"a": 1},
    ["a"],
)
"""What may stand in the place of any value."""


def changed(raw: bytes, most: int, seed: int) -> bytes | None:
    """Return a document with one to three places in it changed, at most so many bytes; None for what is no JSON."""
    chance = random.Random(seed)
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    for _ in range(chance.randint(1, 3)):
        document = _change(document, chance)
    made = json.dumps(document).encode()
    return made if len(made) <= most else raw[:most]


def _change(value: Any, chance: random.Random) -> Any:
    """Change the value itself, or something in it."""
    inside = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if inside and chance.random() < 0.85:
        at = chance.choice(inside)
        if chance.random() < 0.12:
            del value[at]
        else:
            value[at] = _change(value[at], chance)
        return value
    return _other(value, chance)


def _other(value: Any, chance: random.Random) -> Any:
    if isinstance(value, str) and chance.random() < 0.4:
        return _spliced(value, chance)
    if isinstance(value, list) and value and chance.random() < 0.4:
        return [*value, copy.deepcopy(chance.choice(value))]
    return copy.deepcopy(chance.choice(ODD))


def _spliced(text: str, chance: random.Random) -> str:
    """Put something odd somewhere in a text, or take a piece out."""
    at, odd = chance.randint(0, len(text)), str(chance.choice(HOSTILE))[:40]
    return text[:at] + odd + text[at:] if chance.random() < 0.6 else text[:at] + text[at + 2 :]
