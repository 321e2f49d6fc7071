"""The audit log as a file that can be checked elsewhere: JSON Lines, one line of the log on each.

A line outside the scope of who exports has its number and hashes only, so that the chain still closes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from assistant.core.scope import Scope, covers
from assistant.staff.chain import Line, Withheld
from assistant.staff.errors import ChainBroken

_LINE = frozenset(Line.__dataclass_fields__)
_WITHHELD = frozenset(Withheld.__dataclass_fields__)


def to_json(lines: Iterable[Line], scope: Scope | None) -> Iterator[str]:
    """Yield the lines of the file. `scope` None is everything: for the command line."""
    for line in lines:
        if scope is None or covers(scope, line.municipality):
            whole = asdict(line) | {"at": line.at.isoformat(timespec="microseconds")}
        else:
            whole = asdict(Withheld(line.number, line.previous, line.hash))
        yield json.dumps(whole, ensure_ascii=False) + "\n"


def from_json(texts: Iterable[str]) -> Iterator[Line | Withheld]:
    """Yield the lines again. Raises ChainBroken for one that is no line of an export."""
    for number, text in enumerate((text for text in texts if text.strip()), start=1):
        try:
            yield _read(json.loads(text))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            raise ChainBroken(number, "is geen regel van een export") from error


def _read(value: dict[str, Any]) -> Line | Withheld:
    if set(value) == _WITHHELD:
        return Withheld(int(value["number"]), str(value["previous"]), str(value["hash"]))
    if set(value) != _LINE:
        raise ValueError("other fields")
    at = datetime.fromisoformat(value["at"])
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return Line(**(value | {"at": at.astimezone(UTC)}))
