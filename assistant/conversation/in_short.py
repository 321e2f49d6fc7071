"""Three lines on a talk, for the person to agree with and for the member of staff to begin with.

Nothing in them is made up: titles of answers that were given, values that the person gave, and the person's own masked
words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answers import AnswerBook, Wording
from assistant.core.context import TalkContext
from assistant.handover import Summary
from assistant.review.told import ToldTurn

MAX_TITLES, MAX_WORDS = 3, 160
_OF_THE_TALK = ("mens", "twijfel", "welkom", "begroeten", "bedanken", "afscheid", "hulp", "storing", "wachten")
"""Beginnings of keys that are no subject somebody came for."""
_OPEN = ("niet_begrepen", "storing")


def in_short(turns: Sequence[ToldTurn], slots: Mapping[str, Any], book: AnswerBook, context: TalkContext) -> Summary:
    """Return the three lines: what the person wants, what was tried, what is open."""

    def part(key: str, **values: str) -> str:
        return book.word(key, context, Wording(values)).text

    titles = _titles(turns, book)
    searched = _searched(slots, book, context)
    open_words = next((_cut(turn.own_words) for turn in reversed(turns) if _is_open(turn)), "")
    wish = open_words or next((_cut(turn.own_words) for turn in reversed(turns) if _is_subject(turn, book)), "")
    tried = [part("mens/deel_gelezen", lijst=", ".join(titles[-MAX_TITLES:]))] if titles else []
    tried += [part("mens/deel_gezocht", lijst=searched)] if searched else []
    return Summary(
        wish=part("mens/deel_eigen_woorden", tekst=wish) if wish else _last(titles) or part("mens/deel_geen_vraag"),
        tried="; ".join(tried) or part("mens/deel_niets"),
        open=part("mens/deel_eigen_woorden", tekst=open_words) if open_words else part("mens/deel_niets_open"),
    )


def _titles(turns: Sequence[ToldTurn], book: AnswerBook) -> list[str]:
    """Return the titles of what was answered, each once, in the order in which it was said last."""
    keys = [key for turn in turns for key in turn.answers if not key.startswith(_OF_THE_TALK)]
    newest_first = dict.fromkeys(title for key in reversed(keys) if (title := book.title(key)))
    return [title.rstrip("?.") for title in reversed(newest_first)]


def _searched(slots: Mapping[str, Any], book: AnswerBook, context: TalkContext) -> str:
    """Return the values of the last search or form in words; never a name or a way to reach somebody."""
    wanted = dict(slots.get("zoekvraag") or {})
    kind = wanted.get("work_kind") or slots.get("soort_werk")
    found = book.find(f"soort_werk/{kind}", context.municipality) if kind else None
    values = [found.words.text.strip()] if found else []
    values += [str(place)] if (place := wanted.get("place") or slots.get("woonplaats")) else []
    if hours := wanted.get("hours"):
        values.append(f"{hours[0]} tot {hours[1]} uur per week" if hours[0] != hours[1] else f"{hours[0]} uur per week")
    return ", ".join(values)


def _is_open(turn: ToldTurn) -> bool:
    return turn.outcome in _OPEN and bool(turn.own_words)


def _is_subject(turn: ToldTurn, book: AnswerBook) -> bool:
    return bool(turn.own_words) and any(book.title(key) for key in turn.answers if not key.startswith(_OF_THE_TALK))


def _last(titles: Sequence[str]) -> str:
    return titles[-1] if titles else ""


def _cut(text: str) -> str:
    return text if len(text) <= MAX_WORDS else f"{text[:MAX_WORDS].rsplit(' ', 1)[0]} …"
