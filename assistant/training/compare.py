"""A new model beside the one that answers people, on the same sentences, subject by subject."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.training.gate import KEPT, measured, number, worse


def compared(root: Path, live: Path | None, new: Path) -> dict[str, Any]:
    """Measure both and return {overall, groups, losses}: a row is [live or None, new, sentences], shares from 0 to 1.

    `losses` is empty when the new model is nowhere worse by more than noise (gate.py).
    """
    facts = measured(root, new)
    former = measured(root, live) if live else None
    return {
        "overall": {name: [_of(former, "overall", name), number(facts["overall"][name]), None] for name in KEPT},
        "groups": {name: [_share(former, name), number(row[0]), row[0][1]] for name, row in facts["groups"].items()},
        "losses": worse(former["hits"], facts["hits"]) if former else [],
    }


def _of(facts: dict[str, Any] | None, part: str, name: str) -> float | None:
    return number(facts[part][name]) if facts and name in facts[part] else None


def _share(facts: dict[str, Any] | None, group: str) -> float | None:
    return number(facts["groups"][group][0]) if facts and group in facts["groups"] else None
