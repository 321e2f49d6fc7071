"""Which municipalities somebody of the staff may see."""

from __future__ import annotations

Scope = frozenset[str]
"""Ids of municipalities, and `landelijk` for talks that name none. An empty scope sees nothing."""

NATIONAL = "landelijk"
"""Stands for everything without a municipality: a talk in which none was named, an account without one."""


def scope_of(*municipalities: str) -> Scope:
    """Return a scope of these ids."""
    return frozenset(municipalities)


def covers(scope: Scope, municipality: str | None) -> bool:
    """Whether a row of this municipality (None = of none) is inside a scope."""
    return (municipality or NATIONAL) in scope
