"""One page of the talk without JavaScript: to print, to keep as a text file, or to mail from one's own program."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from urllib.parse import quote

from assistant.answers import dutch_date
from assistant.answers.opening_hours import AMSTERDAM
from assistant.core.reply import Card, Reply
from assistant.gateway.around_cards import around_cards
from assistant.gateway.plain_talk import PlainTalk

TITLE = "Uw gesprek met Meedoen"
LAST_TURNS, MAIL_CHARACTERS = 6, 1800


class Line(NamedTuple):
    """One piece of the page."""

    label: str
    text: str


def summary(talk: PlainTalk, help_now: dict[str, Any], now: dt.datetime | None = None) -> tuple[str, list[Line]]:
    """Return the line with the date, and the last turns with what one can do now; the same page as the widget makes."""
    day = dutch_date((now or dt.datetime.now(AMSTERDAM)).date())
    lines = []
    for said, replies in talk.turns[1:][-LAST_TURNS:]:  # the greeting tells nothing that one wants to keep
        lines += [Line("U vroeg", said)]
        lines += [Line(str(reply.extra.get("who") or "Antwoord"), _with_cards(reply)) for reply in replies]
    return f"Gesprek van {day}. U sprak met een computer.", [*lines, Line("Wat kunt u nu doen?", _next(talk, help_now))]


def as_text(dated: str, lines: list[Line]) -> str:
    """Return the page as plain text."""
    return "\n".join([TITLE, dated, *(f"\n{line.label}:\n{line.text}" for line in lines)]) + "\n"


def mail_address(text: str) -> str:
    """Return the address that opens the person's own mail program; it takes only so much."""
    return f"mailto:?subject={quote(TITLE)}&body={quote(text[:MAIL_CHARACTERS])}"


def _with_cards(reply: Reply) -> str:
    before, after = around_cards(reply)
    return "\n\n".join(part for part in (before.strip(), *(_card(card) for card in reply.cards), after) if part)


def _card(card: Card) -> str:
    return "\n".join([card.title, card.subtitle, *(f"{label}: {value}" for label, value in card.lines)])


def _next(talk: PlainTalk, help_now: dict[str, Any]) -> str:
    phone = str(help_now["phone"])
    call = f"Bel {help_now['name']}: {phone}." if phone[:1].isdigit() else "Bel uw gemeente."
    return "\n".join([*(f"- {button.title}" for button in talk.buttons), f"Hebt u nog een vraag? {call}"])
