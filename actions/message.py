"""The last message as an action sees it: text, what was understood, and where the talk takes place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

CONTROL = frozenset(
    [
        "bevestigen",
        "ontkennen",
        "weet_niet",
        "herhalen",
        "eenvoudiger",
        "langzamer",
        "voorlezen",
        "volume",
        "wachten",
        "mens_spreken",
        "stoppen",
        "opnieuw_beginnen",
        "corrigeren",
        "hulp",
        "begroeten",
        "bedanken",
        "afscheid",
        "klacht",
        "beledigen",
        "taal_wisselen",
        "ben_je_een_robot",
    ]
)
"""Intents about the talk itself."""
FLOWS = frozenset(
    [
        "werkplek_zoeken",
        "werkplek_details",
        "werkplek_contact",
        "aanmelden_werkzoekende",
        "aanmelden_werkgever",
        "terugbellen",
        "afspraak_wijzigen",
        "aanmelding_intrekken",
        "mijn_aanmelding",
        "gegevens_verwijderen",
        "aanmelding_wijzigen",
        "hervatten",
    ]
)
"""Intents that start something of their own."""
LEVEL, EASY = "leesniveau", "eenvoudig"
"""Slot of the words that somebody wants, and its value for easy ones; empty for ordinary ones."""
EASIER, ORDINARY = ("eenvoudiger", "langzamer"), "eenvoudiger/uit"
"""Wishes for easy words, and the button for ordinary ones (conversation/steps.py)."""


@dataclass(frozen=True)
class Message:
    """One message of the person."""

    text: str
    intent: str
    confidence: float
    entities: tuple[dict[str, Any], ...]
    page: dict[str, Any]
    sender: str

    @classmethod
    def of(cls, tracker: Tracker) -> Message:
        """Read the latest message of a tracker.

        What the gateway understood with the talk in mind stands in the metadata, under `said`: the words themselves,
        their entities and how sure it was. The message in the tracker is then the button for the same intent.
        """
        latest = tracker.latest_message or {}
        intent = latest.get("intent") or {}
        said = (latest.get("metadata") or {}).get("said") or {}
        return cls(
            text=said.get("text", latest.get("text")) or "",
            intent=(latest.get("metadata") or {}).get("answer") or intent.get("name") or "",  # conversation/steps.py
            confidence=float(said.get("confidence", intent.get("confidence")) or 0.0),
            entities=tuple(said.get("entities", latest.get("entities")) or ()),
            page=latest.get("metadata") or {},
            sender=tracker.sender_id,
        )

    def value(self, *names: str) -> Any:
        """Return the value of the first entity with one of these names, in the order of the names, or None."""
        for name in names:
            for entity in self.entities:
                if entity.get("entity") == name:
                    return entity.get("value")
        return None

    @property
    def is_question(self) -> bool:
        """Whether an answer from data/answers was asked for."""
        return "/" in self.intent or self.intent in ("privacy_wat_bewaren_jullie", "ben_je_een_robot")

    @property
    def is_danger(self) -> bool:
        """Whether a safety route was recognised."""
        return self.intent.startswith("veiligheid_")


def municipality(tracker: Tracker, message: Message) -> str | None:
    """Return the municipality of the talk: learnt from what was said, else from the page; None when it is not known."""
    learnt = tracker.get_slot("gemeente")
    if learnt and learnt != "anders":
        return str(learnt)
    return message.page.get("municipality")
