"""The chat API as a browser uses it: texts, buttons and the headings of cards; nothing of what is understood inside."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp

SECONDS = 30.0


@dataclass(frozen=True)
class Shown:
    """What a person sees of one turn."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    """(title, what is sent when it is pressed)"""
    cards: int = 0
    seconds: float = 0.0
    refused: bool = False
    """Whether the message was not taken: empty or far too long."""

    def has(self, *words: str) -> bool:
        """Whether one of these pieces of text is there, capitals or not."""
        return any(word.lower() in self.text.lower() for word in words)

    def button(self, *words: str) -> str | None:
        """What is sent by the first button with one of these words on it, or None."""
        return next((sent for title, sent in self.buttons if any(w.lower() in title.lower() for w in words)), None)


@dataclass
class Chat:
    """One conversation with the house."""

    http: aiohttp.ClientSession
    url: str
    municipality: str | None
    role: str | None = None
    id: str = ""
    story: list[tuple[str, Shown]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _headers: dict[str, str] = field(default_factory=dict)

    async def open(self) -> Shown:
        """Start and return the welcome."""
        body = {"municipality": self.municipality, "role": self.role}
        async with self.http.post(f"{self.url}/api/v1/conversations", json=body) as response:
            started = await response.json()
        self.id, self._headers = started["id"], {"authorization": f"Bearer {started['token']}"}
        shown = _shown(started["messages"], 0.0)
        self.story.append(("", shown))
        return shown

    async def say(self, text: str) -> Shown:
        """Send a message and return what is shown; anything but a usable reply is noted as a problem."""
        began = time.perf_counter()
        address = f"{self.url}/api/v1/conversations/{self.id}/messages"
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with self.http.post(address, json={"text": text}, headers=self._headers, timeout=timeout) as response:
            body: dict[str, Any] = await response.json()
            status = response.status
        messages = body.get("messages") or [{"text": body.get("detail", ""), "buttons": [], "cards": []}]
        shown = _shown(messages, time.perf_counter() - began)
        shown = replace(shown, refused=status >= 400)
        self.story.append((text, shown))
        if status >= 500:
            self.problems.append(f"status {status} on {text!r}")
        if not shown.text.strip():
            self.problems.append(f"empty reply to {text!r}")
        return shown


def _shown(messages: list[dict[str, Any]], seconds: float) -> Shown:
    return Shown(
        "\n".join(message["text"] for message in messages),
        tuple((each["title"], each["payload"]) for message in messages for each in message["buttons"]),
        sum(len(message["cards"]) for message in messages),
        seconds,
    )
