"""The second step of the road: what a message may carry on, and what it may not.

A typed message never becomes a command: text that begins with a slash is only passed on as such when it is one of our
own buttons, and then without anything behind it, so nobody can set a slot or restart a session by typing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import MessageEmpty, MessageTooLong
from assistant.core.masking import mask, refuse_bsn

MAX_CHARACTERS = 1000
_BUTTON = re.compile(r"/[a-z_]+(?:/[a-z_]+)?")
_RESUME_CODE = re.compile(r"\bM\W?D\W?[A-Z0-9]{4}\W?[A-Z0-9]{4}\b", re.IGNORECASE)
_ANYTHING = re.compile(r"[^\W_]|[?]|[^\x00-\u2000]")


@dataclass(frozen=True)
class Utterance:
    """A message as it may go on."""

    for_rasa: str
    """What Rasa gets: no BSN in it; the id of a safety route instead of the words when there is danger."""
    for_the_log: str
    """What is kept: masked, or nothing but the route when there is danger."""
    had_bsn: bool = False
    danger: str | None = None
    for_staff: str = ""
    """What a member of staff gets: the words without a BSN, also when there is danger; empty for a button."""


def guard(text: str, known_keys: frozenset[str], danger: DangerSigns) -> Utterance:
    """Return what may go on of a message; raises MessageEmpty or MessageTooLong (`MAX_CHARACTERS`)."""
    text = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    if len(text) > MAX_CHARACTERS:
        raise MessageTooLong(f"{len(text)} characters")
    if not _ANYTHING.search(text):
        raise MessageEmpty("no letters or digits")
    if _BUTTON.fullmatch(text) and text[1:] in known_keys:
        return Utterance(text, text)
    text = text.lstrip("/ ") or "?"
    route = danger.route(text)
    if route:
        return Utterance(f"/{route}", f"[{route}]", danger=route, for_staff=refuse_bsn(text)[0])
    safe, had_bsn = refuse_bsn(text)
    return Utterance(safe, mask(without_code(safe)), had_bsn, for_staff=safe)


def without_code(text: str) -> str:
    """Return the text without the code of a form that waits: who reads the log must not be able to open it."""
    return _RESUME_CODE.sub("[code]", text)
