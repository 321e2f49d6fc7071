"""A read-only look at the tracker that Rasa sends along: what was said, understood and answered so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from assistant.core.context import Channel, Level, Role, TalkContext

EASY = "eenvoudig"


@dataclass(frozen=True)
class TrackerView:
    """The `tracker` of a request to `/nlg`; nothing in it is changed or logged."""

    raw: dict[str, Any]

    @property
    def latest(self) -> dict[str, Any]:
        """The last message of the person: text, intent, intent_ranking, entities, metadata."""
        return self.raw.get("latest_message") or {}

    @property
    def intent(self) -> str:
        """Id of what was understood, or an empty string."""
        return (self.latest.get("intent") or {}).get("name") or ""

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """Guesses for the last message as (id, probability), best first."""
        return [(guess["name"], guess["confidence"]) for guess in self.latest.get("intent_ranking") or []]

    def slot(self, name: str) -> Any:
        """Value of a slot, or None."""
        return (self.raw.get("slots") or {}).get(name)

    def context(self) -> TalkContext:
        """Who we talk to: what was learnt in the talk goes before what the page said."""
        page = self.latest.get("metadata") or {}
        return TalkContext(
            municipality=_known(self.slot("gemeente")) or page.get("municipality"),
            role=cast(Role | None, self.slot("rol") or page.get("role")),
            channel=cast(Channel, page.get("channel") or "web"),
            level=cast(Level, "a2" if self.slot("leesniveau") == EASY else page.get("level") or "b1"),
        )

    def turns(self) -> Iterator[list[dict[str, Any]]]:
        """Yield the bot events of each turn, newest turn first, the present one included."""
        turn: list[dict[str, Any]] = []
        for event in reversed(self.raw.get("events") or []):
            if event.get("event") == "bot":
                turn.insert(0, event)
            elif event.get("event") == "user":
                yield turn
                turn = []
        if turn:
            yield turn

    def last_replies(self) -> list[dict[str, Any]]:
        """Return what the assistant said in its last turn, as reply dictionaries; empty at the start."""
        for turn in self.turns():
            replies = [reply for event in turn for reply in _replies(event)]
            if replies:
                return replies
        return []

    def misses(self) -> int:
        """Return how many turns in a row, before this one, ended in 'ik begrijp het niet'."""
        count = 0
        for turn in list(self.turns())[1:]:
            if not any(
                str(reply.get("answer", "")).startswith("twijfel/") for event in turn for reply in _replies(event)
            ):
                break
            count += 1
        return count


def _known(municipality: object) -> str | None:
    return str(municipality) if municipality and municipality != "anders" else None


def _replies(event: dict[str, Any]) -> list[dict[str, Any]]:
    custom = (event.get("data") or {}).get("custom") or {}
    return list(custom.get("replies") or [])
