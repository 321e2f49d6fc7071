"""Trackers as Rasa sends them, as short as a test can be."""

from __future__ import annotations

from typing import Any

from assistant.conversation.tracker import TrackerView


def user(text: str = "hoi") -> dict[str, Any]:
    """Return the event of a message of the person."""
    return {"event": "user", "text": text}


def bot(*answers: str) -> dict[str, Any]:
    """Return the event of what the assistant said."""
    replies = [{"text": f"tekst van {key}", "spoken": "", "answer": key} for key in answers]
    return {"event": "bot", "text": "", "data": {"custom": {"replies": replies}}}


def tracker(
    intent: str = "",
    ranking: list[tuple[str, float]] | None = None,
    slots: dict[str, Any] | None = None,
    events: list[dict[str, Any]] | None = None,
    page: dict[str, Any] | None = None,
) -> TrackerView:
    """Return a tracker; name what matters."""
    guesses = [{"name": name, "confidence": chance} for name, chance in ranking or []]
    latest = {"intent": {"name": intent}, "intent_ranking": guesses, "metadata": page or {}}
    return TrackerView({"latest_message": latest, "slots": slots or {}, "events": events or []})
