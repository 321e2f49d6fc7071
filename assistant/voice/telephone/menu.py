"""Choices by ear: three at a time, with the keys 1 to 3, and 9 for the next three."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.core.reply import Button

PER_PAGE = 3
_NUMBERS = {"een": "1", "één": "1", "eerste": "1", "twee": "2", "tweede": "2", "drie": "3", "derde": "3",
            "1": "1", "2": "2", "3": "3"}  # fmt: skip
_SAID = re.compile(r"\W*(?:toets |nummer |de |keuze )*(?P<number>\w+)\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Menu:
    """Buttons of a message, and which of them are named now."""

    buttons: tuple[Button, ...] = ()
    begin: int = 0

    @property
    def page(self) -> list[tuple[str, str]]:
        """Return (key, words) of the choices that are named now; a choice without words is not named."""
        shown = self.buttons[self.begin : self.begin + PER_PAGE]
        return [(str(at), button.title.rstrip("?. ")) for at, button in enumerate(shown, 1) if button.title]

    @property
    def has_more(self) -> bool:
        """Whether there are more than three choices."""
        return len(self.buttons) > PER_PAGE

    def turned(self) -> Menu:
        """Return the next three; after the last come the first."""
        following = self.begin + PER_PAGE
        return replace(self, begin=following if following < len(self.buttons) else 0)

    def at(self, key: str) -> Button | None:
        """Return the choice under a key."""
        shown = self.buttons[self.begin : self.begin + PER_PAGE]
        return shown[int(key) - 1] if key in ("1", "2", "3") and int(key) <= len(shown) else None

    def said(self, text: str) -> Button | None:
        """Return the choice that somebody names by its number ('de tweede') or its words."""
        if (match := _SAID.fullmatch(text)) and (key := _NUMBERS.get(match["number"].lower())):
            return self.at(key)
        plain = text.lower().strip(" .?!")
        return next(
            (button for button in self.buttons if button.title and button.title.lower().strip(" .?!") == plain), None
        )
