"""What of Rasa's events belongs to a person, and the same event without it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from assistant.core.masking import hide_known, mask, personal, with_parts

PRIVATE_SLOTS = frozenset(
    {"naam", "contact", "registratienummer", "wijziging", "bedrijf", "formulier", "nodig_op_werk"}
)
"""Slots of forms that tell who somebody is or what somebody needs."""
WHO_SLOTS = frozenset({"naam", "contact"})
WHO_ENTITIES = frozenset({"naam", "telefoon", "email", "postcode"})
_NO_WORDS = frozenset(
    [
        *("event", "message_id", "sender_id", "model_id", "assistant_id", "intent", "intent_ranking", "ranking"),
        *("intent_response_key", "policy", "action_text", "answer", "payload", "source", "hash", "timestamp"),
        *("response_selector", "input_channel", "entity", "extractor", "text_tokens", "channel", "utter_action"),
    ]
)
"""Keys under which no words of a person stand."""
_CODE = re.compile(r"\bMD\W?[A-Z0-9]{4}\W?[A-Z0-9]{4}\b", re.IGNORECASE)
"""The code of a form that waits: who reads this must not be able to open it."""


def is_open(events: Iterable[dict[str, Any]]) -> bool:
    """Whether a form holds something of a person that is still needed."""
    last = {event["name"]: event.get("value") for event in events if event.get("event") == "slot"}
    return any(last.get(name) for name in PRIVATE_SLOTS - {"formulier"})


def private_values(events: Iterable[dict[str, Any]]) -> frozenset[str]:
    """Return who somebody is by what was given in this talk: name and contact, in slots, entities and sentences."""
    values: set[str] = set()
    for event in events:
        if event.get("event") == "slot" and event.get("name") in WHO_SLOTS:
            values |= set(_texts(event.get("value")))
        elif event.get("event") == "user":
            values |= _said(event)
        elif event.get("event") == "bot":
            values |= _named(event)
    return frozenset(value for value in with_parts(values) if len(value) >= (6 if value.isdigit() else 2))


def _said(event: dict[str, Any]) -> set[str]:
    """Return names and contacts in a message of the person, as understood and as masking finds them."""
    parsed = event.get("parse_data") or {}
    said = (event.get("metadata") or {}).get("said") or {}
    entities = [*(parsed.get("entities") or []), *(said.get("entities") or [])]
    values = {text for each in entities if each.get("entity") in WHO_ENTITIES for text in _texts(each.get("value"))}
    texts = [text for text in (event.get("text"), said.get("text")) if text]
    return values | {text[span.start : span.end] for text in texts for span in personal(text)}


def _named(event: dict[str, Any]) -> set[str]:
    """Return who our own reply names (assistant.conversation.wording marks it)."""
    replies = ((event.get("data") or {}).get("custom") or {}).get("replies") or []
    return {text for reply in replies for text in _texts((reply.get("extra") or {}).get("private"))}


def cleaned(event: dict[str, Any], known: Collection[str]) -> dict[str, Any]:
    """Return the event as it may be kept: no private slots, masked words.

    In what we said ourselves only values of the person are masked: the number of the municipality stays.
    """
    if event.get("event") == "slot" and event.get("name") in PRIVATE_SLOTS:
        return event | {"value": None}
    ours, same = event.get("event") == "bot", _NO_WORDS | {"name"}
    return {key: each if key in same else _masked(each, known, ours) for key, each in event.items()}


def _masked(value: Any, known: Collection[str], ours: bool) -> Any:
    if isinstance(value, str):
        value = _CODE.sub("[code]", value)
        return hide_known(value, known) if ours or _is_button(value) else mask(value, known)
    if isinstance(value, list):
        return [_masked(each, known, ours) for each in value]
    if isinstance(value, dict):
        return {key: each if key in _NO_WORDS else _masked(each, known, ours) for key, each in value.items()}
    return value


def _is_button(text: str) -> bool:
    return text.startswith("/") and "{" not in text


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []
