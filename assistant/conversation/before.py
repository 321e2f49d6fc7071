"""What is said before an answer: a notice that was not told yet, and what puts right a mix-up in the question."""

from __future__ import annotations

from assistant.answers import AnswerBook
from assistant.answers.opening_hours import AMSTERDAM
from assistant.conversation.tracker import TrackerView
from assistant.core.reply import Reply


def before_answer(key: str, tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return what goes before the answer with this key; nothing ever goes before a safety text."""
    if key.startswith("veiligheid_"):
        return []
    return [*_notices(tracker, book), *_mix_up(key, tracker, book)]


def _notices(tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return the notices that were neither said in this talk nor told at its welcome."""
    replies = book.notices(tracker.context())
    if not replies:
        return []
    said, began = tracker.said(), tracker.began
    day = began.astimezone(AMSTERDAM).date() if began else book.today
    page = (tracker.latest.get("metadata") or {}).get("municipality")
    return [reply for reply in replies if reply.answer not in said and not book.was_told(str(reply.answer), day, page)]


def _mix_up(key: str, tracker: TrackerView, book: AnswerBook) -> list[Reply]:
    """Return what puts right that one scheme is taken for another, once in a talk."""
    if tracker.text.startswith("/"):
        return []
    first = book.mix_up(tracker.text, key)
    return [book.word(first, tracker.context())] if first and first not in tracker.said() else []
