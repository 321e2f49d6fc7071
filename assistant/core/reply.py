"""What the assistant says back: one message with its spoken form, buttons and cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """A choice in words. `payload` is what the client sends as text when it is pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Card:
    """One opening on the screen: a heading, lines of label and value, and a button to go on with it."""

    title: str
    subtitle: str
    lines: tuple[tuple[str, str], ...]
    note: str = ""
    """For example that this is an example opening; empty when there is nothing to remark."""
    button: Button | None = None


@dataclass(frozen=True)
class Reply:
    """One message of the assistant, in the shape of the public chat API."""

    text: str
    spoken: str = ""
    """What the voice says; the text when empty was given to `from_dict` or the constructor."""
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()
    answer: str | None = None
    """Key of the answer in data/answers that this message came from."""
    source: str = ""
    """Where the answer comes from and when it was checked, ready to show; empty for small talk and forms."""
    extra: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `spoken` is never empty when there is text."""
        return {
            "text": self.text,
            "spoken": self.spoken or self.text,
            "buttons": [_button(button) for button in self.buttons],
            "cards": [_raw_card(card) for card in self.cards],
            "answer": self.answer,
            "source": self.source,
            "extra": dict(self.extra),
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Reply:
        """Read the JSON form back; unknown fields are refused with `TypeError`."""
        buttons = tuple(Button(**button) for button in raw.get("buttons") or ())
        cards = tuple(_card(card) for card in raw.get("cards") or ())
        return cls(**{**raw, "buttons": buttons, "cards": cards})


def _button(button: Button) -> dict[str, str]:
    return {"title": button.title, "payload": button.payload}


def _raw_card(card: Card) -> dict[str, Any]:
    button = _button(card.button) if card.button else None
    return {
        "title": card.title,
        "subtitle": card.subtitle,
        "lines": list(card.lines),
        "note": card.note,
        "button": button,
    }


def _card(raw: dict[str, Any]) -> Card:
    button = raw.get("button")
    lines = tuple((label, value) for label, value in raw.get("lines") or ())
    return Card(**{**raw, "lines": lines, "button": Button(**button) if button else None})
