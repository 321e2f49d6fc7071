"""The audit log as a chain: each line carries the SHA-256 of the line before it and of itself.

Pure: lines are plain values here, so that an export can be checked on another machine without any database. Who can
change a line must change every later one too; a hash that was written down elsewhere (an anchor) shows that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.staff.errors import ChainBroken

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `staff_id` None is the system itself; `municipality` None is all of them."""

    number: int
    at: datetime
    staff_id: int | None
    action: str
    subject: str
    municipality: str | None
    reason: str | None
    previous: str
    hash: str = ""

    def own_hash(self) -> str:
        """Return what `hash` must be: SHA-256 over the previous hash and the canonical JSON of the rest."""
        content = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "staff_id": self.staff_id,
            "action": self.action,
            "subject": self.subject,
            "municipality": self.municipality,
            "reason": self.reason,
        }
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(f"{self.previous}{canonical}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A line of another municipality in an export: it can be linked, not read."""

    number: int
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked: how many lines, and the last hash, to be written down as the next anchor."""

    lines: int
    last: str
    withheld: int = 0
    """Lines of which only the links could be checked."""


def check(lines: Iterable[Line | Withheld], anchors: Iterable[tuple[int, str]] = ()) -> Checked:
    """Go through the whole chain from line 1. Raises ChainBroken at the first line that does not fit.

    `anchors` are pairs of number and hash that somebody kept elsewhere; each must still be there.
    """
    wanted, previous, count, withheld = dict(anchors), BEGINNING, 0, 0
    for count, line in enumerate(lines, start=1):
        _check_one(line, count, previous)
        withheld += isinstance(line, Withheld)
        if wanted.pop(count, line.hash) != line.hash:
            raise ChainBroken(count, "deze regel is anders dan toen de hash werd opgeschreven")
        previous = line.hash
    if wanted:
        raise ChainBroken(min(wanted), "deze regel is er niet meer")
    return Checked(count, previous, withheld)


def _check_one(line: Line | Withheld, number: int, previous: str) -> None:
    if line.number != number:
        raise ChainBroken(number, f"hier staat regel {line.number}")
    if line.previous != previous:
        raise ChainBroken(number, "sluit niet aan op de regel ervoor")
    if isinstance(line, Line) and line.hash != line.own_hash():
        raise ChainBroken(number, "is na het schrijven veranderd")
