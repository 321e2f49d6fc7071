"""Somebody at the chat window: says things, sees answers, and tries again as the widget does."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

POLITE = ("ligt aan ons", "ligt niet aan u", "Probeer het straks")


@dataclass
class Person:
    """One conversation. `seen` is everything of the last turn that a person can read."""

    url: str
    municipality: str | None = "steenwijkerland"
    timeout: float = 15.0
    id: str = ""
    keys: list[str] = field(default_factory=list)
    seen: str = ""
    status: int = 0
    seconds: float = 0.0
    _headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=self.url, timeout=self.timeout)

    def start(self) -> Person:
        """Open the chat; the status and the sentence are kept when that is not possible."""
        body = self._post("/api/v1/conversations", {"municipality": self.municipality})
        if self.status == 201:
            self.id, self._headers = body["id"], {"authorization": f"Bearer {body['token']}"}
        return self

    def say(self, text: str, message_id: str | None = None) -> list[str]:
        """Send a message and return the keys of the answers; a refusal gives none and its sentence in `seen`."""
        body = {"text": text, "client_message_id": message_id or uuid4().hex}
        self._post(f"/api/v1/conversations/{self.id}/messages", body)
        return self.keys

    def say_all(self, *texts: str) -> list[str]:
        """Say one after the other."""
        for text in texts:
            self.say(text)
        return self.keys

    def close(self) -> None:
        """Leave."""
        self._client.close()

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        began = time.monotonic()
        response = self._client.post(path, json=body, headers=self._headers)
        self.seconds, self.status = time.monotonic() - began, response.status_code
        answer: dict[str, Any] = response.json()
        replies = answer.get("messages", [])
        self.keys = [reply["answer"] for reply in replies if reply["answer"]]
        self.seen = "\n".join(reply["text"] for reply in replies) or answer.get("detail", "")
        return answer


QUESTION = "/loon/hoeveel"
FORM = ("ik wil me aanmelden", "Jan", "06 12345678", "Steenwijk", "groen")
"""A form up to the question about hours; then `HOURS`, and a yes."""
HOURS, YES = "16 uur", "ja"
