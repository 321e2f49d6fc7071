"""Danger and distress, recognised by words before any model has its say.

The understanding inside Rasa knows the same routes; this is the second lock on the door, so that a weak guess or a form
in progress never stands between a person and the number they need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Route:
    """One safety route: its id and the patterns that do and do not mean it."""

    intent: str
    means: tuple[re.Pattern[str], ...]
    harmless: tuple[re.Pattern[str], ...]

    def fits(self, text: str) -> bool:
        """Whether a lower-case text calls for this route; harmless expressions are taken out of the text first."""
        for pattern in self.harmless:
            text = pattern.sub(" ", text)
        return any(pattern.search(text) for pattern in self.means)


class DangerSigns:
    """All routes, in the order in which they win."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        self._routes = routes

    @classmethod
    def read(cls, path: Path) -> DangerSigns:
        """Read the list of signals; a broken pattern raises `re.error` at start, not in a conversation."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(tuple(Route(name, _patterns(entry["wel"]), _patterns(entry["niet"])) for name, entry in raw.items()))

    def route(self, text: str) -> str | None:
        """Return the id of the safety route that a text calls for, or None."""
        lowered = " ".join(text.lower().split())
        return next((route.intent for route in self._routes if route.fits(lowered)), None)


def _patterns(sources: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in sources)
