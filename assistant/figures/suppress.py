"""Hiding small counts, so that no number says something about one person, also not together with the others.

A table is a total and the parts that add up to it. A part from 1 to 4 is hidden. One hidden part could be worked out
from the total, so one larger part is hidden with it: the first one in an order that is fixed before anything is
counted. Are the hidden parts together too few, then everything is hidden. So who knows this rule and all that is shown
still has to reckon with every number from 1 to 4 for each small part: whatever those are, the larger one makes up the
difference, and the same table comes out. Nothing (0) is shown: it is about nobody.
(Primary and secondary suppression, as in the handbooks of CBS and Eurostat on statistical disclosure control.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may be published; None: hidden."""

    total: int | None
    parts: dict[str, int | None]


def suppress(parts: Mapping[str, int]) -> Shown:
    """The table of which these are all the parts. Their order may not depend on the counts."""
    total = sum(parts.values())
    small = {name for name, count in parts.items() if 0 < count < FEWEST}
    if total >= FEWEST and not small:
        return Shown(total, dict(parts))
    large = next((name for name, count in parts.items() if count >= FEWEST), None)
    hidden = small | ({large} if large else set())
    if total == 0:
        return Shown(0, dict(parts))
    if large is None or sum(parts[name] for name in hidden) < (FEWEST - 1) * len(small) + FEWEST:
        return Shown(None, dict.fromkeys(parts))
    return Shown(total, {name: None if name in hidden else count for name, count in parts.items()})
