"""Plays a talk from YAML against a running house (the form is described in tests/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml
from sqlalchemy import MetaData, Table, create_engine, select


@dataclass
class Talk:
    """One talk and where it stands in the file."""

    name: str
    file: str
    raw: dict[str, Any]


def talks(folder: Path) -> Iterator[Talk]:
    """Yield every talk of every YAML file in the folder."""
    for path in sorted(folder.glob("*.yml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Talk(raw["talk"], path.stem, raw)


@dataclass
class Player:
    """Plays one talk and remembers what was said."""

    url: str
    database: str
    said: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    conversation: str = ""

    def play(self, talk: Talk) -> None:
        """Play all steps; an expectation that is not met is an AssertionError that shows the last replies."""
        with httpx.Client(base_url=self.url, timeout=30) as client:
            headers = self._start(talk, client)
            for step in talk.raw["stappen"]:
                if "nieuw gesprek" in step:
                    headers = self._start(talk, client)
                else:
                    self._step(step, client, headers)

    def _start(self, talk: Talk, client: httpx.Client) -> dict[str, str]:
        """Begin a conversation, as on another device; returns what lets us speak in it."""
        page = {"municipality": talk.raw.get("gemeente"), "role": talk.raw.get("rol")}
        body = page | {"channel": talk.raw.get("kanaal", "web")}
        started = client.post("/api/v1/conversations", json=body).raise_for_status().json()
        self.conversation, self.said = started["id"], started["messages"]
        return {"authorization": f"Bearer {started['token']}"}

    def _step(self, step: dict[str, Any], client: httpx.Client, headers: dict[str, str]) -> None:
        if "persoon" in step:
            text = str(step["persoon"]).format(**self.kept)
            address = f"/api/v1/conversations/{self.conversation}/messages"
            self.said = client.post(address, json={"text": text}, headers=headers).raise_for_status().json()["messages"]
            assert self.said, f"no reply to {text!r}"
        elif "assistent" in step:
            self._expect(step["assistent"])
        elif "onthoud" in step:
            self.kept |= {name: self._find(pattern) for name, pattern in step["onthoud"].items()}
        else:
            self._rows(step["database"])

    def _expect(self, wanted: str | list[str] | dict[str, Any]) -> None:
        wanted = wanted if isinstance(wanted, dict) else {"antwoord": wanted}
        text = "\n".join(reply["text"] for reply in self.said)
        keys = [reply["answer"] for reply in self.said]
        titles = [button["title"] for reply in self.said for button in reply["buttons"]]
        cards = sum(len(reply["cards"]) for reply in self.said)
        story = f"\n{keys}\n{text}\n{titles}"
        if "antwoord" in wanted:
            allowed = wanted["antwoord"] if isinstance(wanted["antwoord"], list) else [wanted["antwoord"]]
            assert set(allowed) & set(keys), f"expected one of {allowed}{story}"
        for part in wanted.get("bevat", []):
            assert str(part).format(**self.kept).lower() in text.lower(), f"{part!r} is not in{story}"
        for part in wanted.get("niet", []):
            assert str(part).lower() not in text.lower(), f"{part!r} is in{story}"
        for title in wanted.get("knoppen", []):
            assert any(title.lower() in other.lower() for other in titles), f"no button {title!r}{story}"
        if "kaarten" in wanted:
            assert cards == wanted["kaarten"], f"{cards} cards{story}"

    def _find(self, pattern: str) -> str:
        found = re.search(pattern, "\n".join(reply["text"] for reply in self.said))
        assert found, f"{pattern} is not in {self.said}"
        return found.group()

    def _rows(self, wanted: dict[str, Any]) -> None:
        engine = create_engine(self.database)
        try:
            with engine.connect() as connection:
                table = Table(wanted["tabel"], MetaData(), autoload_with=engine)
                mine = table.c.conversation_id == self.conversation
                rows = [dict(row) for row in connection.execute(select(table).where(mine)).mappings()]
        finally:
            engine.dispose()
        assert len(rows) == wanted["aantal"], rows
        for name, value in wanted.get("rij", {}).items():
            assert any(str(row[name]) == str(value) for row in rows), f"{name} is not {value}: {rows}"
