"""A read-only look at the tracker that Rasa sends along: what was said, understood and answered so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from assistant.core.context import Channel, Level, Role, TalkContext

EASY = "eenvoudig"
MISSES = ("twijfel/", "buiten_bereik_overig")
"""Answers that say that we could not help."""
SUBJECTS = frozenset(
    [
        "beschut_werk",
        "indicatie",
        "loon",
        "uitkering",
        "vergelijk",
        "doelgroepregister",
        "praktijkleren",
        "aanmelden",
        "solliciteren",
        "banenafspraak",
        "subsidie",
        "werkgever",
        "lokaal",
    ]
)
"""Groups of questions: what a talk can be about."""
EMPLOYER, JOBSEEKER = ("werkgever/",), ("loon/", "uitkering/", "indicatie/")
"""Groups that only one of both asks about."""


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
    def text(self) -> str:
        """What the person typed or said, or the payload of a button."""
        return str(self._said.get("text") or self.latest.get("text") or "")

    @property
    def _said(self) -> dict[str, Any]:
        """What the gateway understood (heard.py); empty when the words themselves came."""
        return (self.latest.get("metadata") or {}).get("said") or {}

    @property
    def step(self) -> str:
        """Key of the answer that a button of ours asked for (see steps.py), or an empty string."""
        return str((self.latest.get("metadata") or {}).get("answer") or "")

    @property
    def lead(self) -> str:
        """Key of the sentence that goes before the answer (see follow_up.py), or an empty string."""
        return str((self.latest.get("metadata") or {}).get("lead") or "")

    @property
    def doubt(self) -> bool:
        """Whether the gateway wants us to ask back (see to_rasa.py)."""
        return bool((self.latest.get("metadata") or {}).get("doubt"))

    @property
    def form(self) -> str | None:
        """Name of the form that is going on, or None."""
        return (self.raw.get("active_loop") or {}).get("name")

    @property
    def left_form(self) -> str | None:
        """Name of the form that was left with answers in it, or None."""
        name = (self.slot("formulier") or {}).get("form")
        return name if name and any(self.slot(slot) for slot in ("naam", "contact", "bedrijf")) else None

    @property
    def shown(self) -> tuple[str, ...]:
        """Numbers of the openings that were shown last."""
        return tuple((self.slot("zoekvraag") or {}).get("shown") or ())

    @property
    def subject(self) -> str | None:
        """What the talk is about: key of the last question that was answered, or the search for openings."""
        for turn in self.turns():
            for reply in reversed([reply for event in turn for reply in _replies(event)]):
                key = str(reply.get("answer") or "")
                if key.startswith("werkplek_"):
                    return key.partition("/")[0]
                if key.partition("/")[0] in SUBJECTS and "/" in key:
                    return key
        return None

    @property
    def asked_for_work(self) -> bool:
        """Whether the last thing we asked was which work somebody looks for, or where."""
        asked = ("werkplek_zoeken/wat_zoekt_u", "werkplek_zoeken/waar", "werkplek_zoeken")
        return any(reply.get("answer") in asked for reply in self.last_replies())

    @property
    def asked_municipality(self) -> bool:
        """Whether the last thing we asked was in which municipality it is."""
        return any(reply.get("answer") == "gemeente/welke" for reply in self.last_replies())

    @property
    def began(self) -> dt.datetime | None:
        """When the talk began, as far as the tracker goes back."""
        stamps = [event["timestamp"] for event in self.raw.get("events") or [] if event.get("timestamp")]
        return dt.datetime.fromtimestamp(min(stamps), dt.UTC) if stamps else None

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """Guesses for the last message as (id, probability), best first."""
        if self._said.get("ranking"):
            return [(name, chance) for name, chance in self._said["ranking"]]
        return [(guess["name"], guess["confidence"]) for guess in self.latest.get("intent_ranking") or []]

    def slot(self, name: str) -> Any:
        """Value of a slot, or None."""
        return (self.raw.get("slots") or {}).get(name)

    def context(self) -> TalkContext:
        """Who we talk to: what was learnt in the talk goes before what the page said."""
        page = self.latest.get("metadata") or {}
        return TalkContext(
            municipality=_known(self.slot("gemeente")) or page.get("municipality"),
            role=cast(Role | None, self.slot("rol") or page.get("role") or self._role_shown()),
            channel=cast(Channel, page.get("channel") or "web"),
            level=cast(Level, "a2" if self.slot("leesniveau") == EASY else page.get("level") or "b1"),
        )

    def _role_shown(self) -> str | None:
        """Who somebody shows to be by what they ask, newest first; None while they asked nothing that tells."""
        for event in reversed(self.raw.get("events") or []):
            if event.get("event") == "user":
                intent = str(((event.get("parse_data") or {}).get("intent") or {}).get("name") or "")
                if intent.startswith(EMPLOYER) or intent == "aanmelden_werkgever":
                    return "werkgever"
                if intent.startswith(JOBSEEKER) or intent == "aanmelden_werkzoekende":
                    return "werkzoekende"
        return None

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

    def said(self) -> set[str]:
        """Return the keys of everything that was said in this talk."""
        return {str(reply.get("answer") or "") for turn in self.turns() for event in turn for reply in _replies(event)}

    def last_sourced(self) -> str | None:
        """Return the key of the last answer that rests on a source, or None."""
        for turn in self.turns():
            for reply in reversed([reply for event in turn for reply in _replies(event)]):
                if reply.get("source"):
                    return str(reply["answer"])
        return None

    def misses(self) -> int:
        """Return how many turns in a row, before this one, ended in 'ik begrijp het niet'."""
        count = 0
        for turn in list(self.turns())[1:]:
            if not any(str(reply.get("answer", "")).startswith(MISSES) for event in turn for reply in _replies(event)):
                break
            count += 1
        return count


def _known(municipality: object) -> str | None:
    return str(municipality) if municipality and municipality != "anders" else None


def _replies(event: dict[str, Any]) -> list[dict[str, Any]]:
    custom = (event.get("data") or {}).get("custom") or {}
    return list(custom.get("replies") or [])
