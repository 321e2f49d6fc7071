"""What an action wants said: parts with a key of data/answers each, worded together in one call to `/nlg`."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from assistant.placement import OpeningView

Part = dict[str, Any]


def part(*keys: str, **values: Any) -> Part:
    """Return a part: the first key that has an answer is said, with the values filled in."""
    return {"keys": list(keys), "values": values}


def with_buttons(said: Part, *buttons: tuple[str, str]) -> Part:
    """Return the part with buttons: (key whose words or title are the title, payload)."""
    return said | {"buttons": [{"title_key": key, "payload": payload} for key, payload in buttons]}


def with_openings(said: Part, openings: list[OpeningView]) -> Part:
    """Return the part with openings, as cards and as lines in `{plekken}`."""
    return said | {"openings": [opening_values(opening) for opening in openings]}


def opening_values(opening: OpeningView) -> dict[str, Any]:
    """Return what a card shows of an opening, as plain JSON values."""
    shown = (
        "number", "title", "organisation", "place", "distance_km", "hours_min", "hours_max", "tasks", "kind",
        "work_kind", "is_example", "unconfirmed",
    )  # fmt: skip
    return {name: getattr(opening, name) for name in shown}


def word_for(group: str, code: str | None) -> dict[str, str]:
    """Return a value that stands for the words of a code: `soort_werk` and `groen` become 'werk in het groen'."""
    return {"key": f"{group}/{code}", "else": str(code or "")}


def say(dispatcher: CollectingDispatcher, parts: list[Part], **context: str | None) -> None:
    """Have the parts said. `context` is what this action just learnt: level, role or municipality."""
    if parts:
        dispatcher.utter_message(response="utter_reply", parts=parts, context=context)
