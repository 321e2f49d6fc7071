"""Openings as cards for the screen and as short lines for the text and the ear. Labels come from data/answers."""

from __future__ import annotations

from typing import Any

from assistant.answers import AnswerBook
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Card

ORDINALS = ("eerste", "tweede", "derde")


def opening_cards(openings: list[dict[str, Any]], book: AnswerBook, context: TalkContext) -> tuple[Card, ...]:
    """Return one card per opening, in the order given."""
    return tuple(_card(opening, book, context) for opening in openings)


def opening_lines(openings: list[dict[str, Any]], book: AnswerBook, context: TalkContext) -> list[str]:
    """Return one line of text per opening: '1. Groen onderhouden bij NoordWestGroep in Steenwijk, 20 uur'."""
    return [f"{position}. {_line(opening, book, context)}" for position, opening in enumerate(openings, start=1)]


def _line(opening: dict[str, Any], book: AnswerBook, context: TalkContext) -> str:
    place = f"{opening['title']} bij {opening['organisation']} in {opening['place']}"
    example = f" ({_label('kaart/voorbeeld', book, context)})" if opening.get("is_example") else ""
    return f"{place}, {hours_text(opening)}{example}"


def _card(opening: dict[str, Any], book: AnswerBook, context: TalkContext) -> Card:
    lines = [
        ("kaart/plaats", _place(opening)),
        ("kaart/uren", hours_text(opening)),
        ("kaart/taken", opening.get("tasks") or ""),
        ("kaart/soort_plek", _words(f"soort_plek/{opening['kind']}", book, context)),
        ("kaart/nummer", opening["number"]),
    ]
    return Card(
        title=opening["title"],
        subtitle=opening["organisation"],
        lines=tuple((_label(key, book, context), text) for key, text in lines if text),
        note=_label("kaart/voorbeeld_uitleg", book, context) if opening.get("is_example") else "",
        button=Button(_label("kaart/meer", book, context), f"vertel meer over {opening['number']}"),
    )


def hours_text(opening: dict[str, Any]) -> str:
    """Return '20 tot 28 uur' or '24 uur'."""
    low, high = opening["hours_min"], opening["hours_max"]
    return f"{low} uur per week" if low == high else f"{low} tot {high} uur per week"


def _place(opening: dict[str, Any]) -> str:
    distance = opening.get("distance_km")
    return opening["place"] if not distance else f"{opening['place']} ({round(distance)} km)"


def _label(key: str, book: AnswerBook, context: TalkContext) -> str:
    return book.word(key, context).text


def _words(key: str, book: AnswerBook, context: TalkContext) -> str:
    return book.word(key, context).text if book.find(key, context.municipality) else ""
