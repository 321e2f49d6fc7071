"""Record the three seams with Rasa anew: `python -m tests.contracts.record` (a minute; trains when the data changed).

A real house is started. Rasa is told that we stand where the app's internal door is, so every call to `/webhook` and
`/nlg` passes here on its way; the messages go straight to Rasa, as RasaBrain sends them. What no side looks at (the
domain, tokens, times, ids of events) is cut off, so that a new recording shows in git only what really changed.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from assistant.running.house import Running
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "recorded"
RANKING = 4
TALKS: dict[str, tuple[str, ...]] = {
    "vragen": ("wat is beschut werk", "nog een keer", "wat verdien ik", "makkelijker graag"),
    "twijfel": ("blauw fiets misschien ding", "/veiligheid_zelfmoordgedachten"),
    "zoeken": ("zijn er plekken in het groen in Steenwijk", "vertel meer over de eerste"),
    "aanmelden": (
        "ik wil me aanmelden", "Anna", "waarom wilt u dat weten?", "06 12 34 56 78", "Steenwijk", "groen", "20 uur",
        "ja",
    ),
    "werkgever": ("ik wil een werkplek aanbieden van 24 uur voor een half jaar", "stop"),
}  # fmt: skip
PAGES: dict[str, dict[str, Any]] = {
    "werkgever": {"municipality": "almere", "role": "werkgever", "channel": "web"},
}
PAGE: dict[str, Any] = {"municipality": "steenwijkerland", "role": None, "channel": "web"}
UNUSED = (
    "domain", "timestamp", "latest_event_time", "message_id", "model_id", "assistant_id", "text_tokens", "paused",
    "response_selector", "metadata_id", "followup_action", "version", "start", "end", "extractor", "hide_rule_turn",
    "latest_input_channel", "input_channel", "parse_data", "policy", "action_text",
)  # fmt: skip


def trimmed(value: Any) -> Any:
    """Return JSON without what neither side looks at."""
    if isinstance(value, dict):
        kept = {name: trimmed(item) for name, item in value.items() if name not in UNUSED}
        if "intent_ranking" in kept:
            kept["intent_ranking"] = kept["intent_ranking"][:RANKING]
        return kept
    return [trimmed(item) for item in value] if isinstance(value, list) else value


class Recorder:
    """Stands between Rasa and the app, passes everything on and keeps it."""

    def __init__(self, app_url: str) -> None:
        self._app_url = app_url
        self.seams: dict[str, list[dict[str, Any]]] = {"rasa_naar_acties": [], "rasa_naar_antwoorden": []}

    async def pass_on(self, request: web.Request) -> web.Response:
        """Forward one call of Rasa."""
        call = await request.json()
        async with aiohttp.ClientSession() as client, client.post(self._app_url + request.path, json=call) as answer:
            reply = await answer.json()
        seam = "rasa_naar_acties" if request.path == "/webhook" else "rasa_naar_antwoorden"
        self.seams[seam].append({"request": trimmed(call), "status": answer.status, "reply": trimmed(reply)})
        return web.json_response(reply, status=answer.status)


async def record(rasa_url: str, token: str, app_url: str, port: int) -> dict[str, list[dict[str, Any]]]:
    """Play the talks and return what passed each seam."""
    recorder = Recorder(app_url)
    door = web.Application(client_max_size=2**24)
    door.router.add_post("/{any:webhook|nlg}", recorder.pass_on)
    runner = web.AppRunner(door)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    messages = []
    async with aiohttp.ClientSession() as client:
        for talk, texts in TALKS.items():
            for text in texts:
                body = {"sender": talk, "text": text, "page": PAGES.get(talk, PAGE)}
                headers = {"authorization": f"Bearer {token}"}
                async with client.post(f"{rasa_url}/webhooks/meedoen/turn", json=body, headers=headers) as answer:
                    reply = trimmed(await answer.json())
                    messages.append({"request": body, "status": answer.status, "reply": reply})
    await runner.cleanup()
    return {"gateway_naar_rasa": messages, **recorder.seams}


def main() -> None:
    """Start a house, record, write the files."""
    with tempfile.TemporaryDirectory() as var:
        ports = {name: _free_port() for name in ("public_port", "rasa_port", "internal_port", "console_port")}
        recorder = _free_port()
        os.environ["MEEDOEN_INTERNAL_URLS"] = f"http://127.0.0.1:{recorder}"  # Rasa asks here instead of at the app
        settings = Settings(dev=True, var=Path(var), database_url="", **ports)
        with Running(ROOT, settings, print) as running:
            running.start()
            token = (Path(var) / "rasa-token").read_text(encoding="utf-8").strip()
            app = f"http://127.0.0.1:{settings.internal_port}"
            seams = asyncio.run(record(settings.rasa, token, app, recorder))
    FOLDER.mkdir(exist_ok=True)
    for seam, calls in seams.items():
        file = FOLDER / f"{seam}.json"
        file.write_text(json.dumps(calls, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{len(calls)} calls in {file.relative_to(ROOT)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
