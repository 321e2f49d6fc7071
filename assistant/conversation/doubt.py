"""Asking back: two or three choices in plain words, never the same sentence twice, a person after two misses."""

from __future__ import annotations

import re

from assistant.answers import AnswerBook, Wording
from assistant.conversation.role_pairs import for_role
from assistant.conversation.tracker import TrackerView
from assistant.core.reply import Button, Reply

CHOICES = 3
WEAK = 0.02
"""A guess less likely than this is not offered as a choice."""
NO_IDEA = 0.12
"""When even the best guess is less likely than this, we say that we have no idea, and offer the nearest subjects."""
_FILLER = re.compile(
    r"\b(hoi|hallo|goedemorgen|goedemiddag|ik|heb|wil|graag|een|de|het|vraag|vragen|info|informatie|iets|wat"
    r"|meer|weten|vertel|over|"
    r"voor|met|aan|u|je|mij|me|uitleg|van|hulp|bij|weet|mag|eens|even|en|hoe|zit|is|er|mijn|nog)\b",
    re.IGNORECASE,
)

_WHAT_IS = re.compile(r"\bwat (is|zijn|was|betekent|bedoelt|houdt|heet)\b", re.IGNORECASE)


def ask_back(tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Offer the likeliest guesses in plain words; after two misses in a row a person comes first."""
    context, misses = tracker.context(), tracker.misses()
    before = {str(reply.get("answer")) for reply in tracker.last_replies()}
    if misses >= 2:
        return [book.word("twijfel/mens_nogmaals" if "twijfel/mens" in before else "twijfel/mens", context)]
    choices = _choices(tracker, book)
    if not choices:
        return [book.word("twijfel/nog_een_keer" if "twijfel/geen_idee" in before else "twijfel/geen_idee", context)]
    best = max((chance for _, chance in tracker.ranking), default=0.0)
    key = "twijfel/nog_een_keer" if misses else "twijfel/keuze" if best >= NO_IDEA else "twijfel/geen_idee"
    return [book.word(key, context, Wording(buttons=choices))]


def general(tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return one question back for who only names a subject ('loon', 'iets over subsidie'), or nothing."""
    if tracker.text.startswith("/") or tracker.step or _asks_what_it_is(tracker):
        return []
    rest = re.findall(r"\w+", _FILLER.sub(" ", tracker.text.lower()))
    key = f"algemeen/{'_'.join(rest)}"
    known = 0 < len(rest) <= 2 and book.find(key, tracker.context().municipality) is not None
    return [book.word(key, tracker.context())] if known and key not in tracker.said() else []


def _asks_what_it_is(tracker: TrackerView) -> bool:
    """Whether 'wat is praktijkleren' was understood as just that: then there is nothing to ask back."""
    return tracker.intent.endswith("/wat_is_het") and bool(_WHAT_IS.search(tracker.text))


def _choices(tracker: TrackerView, book: AnswerBook) -> tuple[Button, ...]:
    """Return the likeliest guesses that were not just offered."""
    role = tracker.context().role
    offered = {button["payload"] for reply in tracker.last_replies() for button in reply.get("buttons") or []}
    keys = dict.fromkeys(for_role(name, role) for name, chance in tracker.ranking if chance >= WEAK)
    fresh = [key for key in keys if book.title(key) and f"/{key}" not in offered]
    return tuple(Button(book.title(key), f"/{key}") for key in fresh)[:CHOICES]
