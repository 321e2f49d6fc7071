"""Mails in the outbox that are about somebody."""

from __future__ import annotations

from collections.abc import Iterable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path


def mails_about(outbox: Path, numbers: set[str], contacts: set[str], names: set[str]) -> list[Path]:
    """Return the mails in which one of the numbers stands, or a name together with a contact of that person."""
    return [path for path in sorted(outbox.glob("*.eml")) if _about(_text(path), numbers, contacts, names)]


def _about(text: str, numbers: set[str], contacts: set[str], names: set[str]) -> bool:
    def holds(values: Iterable[str]) -> bool:
        return any(value and value.lower() in text for value in values)

    return holds(numbers) or (holds(contacts) and holds(names))


def _text(path: Path) -> str:
    """Return the headers and the body in small letters; empty when the mail is gone by now."""
    try:
        message = message_from_bytes(path.read_bytes(), policy=default)
    except FileNotFoundError:
        return ""
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    return " ".join([*map(str, message.values()), body.get_content() if body else ""]).lower()
