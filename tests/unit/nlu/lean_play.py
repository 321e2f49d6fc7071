"""Plays talks to Rasa's own agent, as it is (`stock`) or with tools/lean_rasa (`lean`), and prints all events as JSON.

    python lean_play.py stock|lean MODEL

The app is played by a small server that answers the same to the same question, so only Rasa's side can differ.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ["LOG_LEVEL"] = "ERROR"
TALKS = {
    "vragen": [
        "wat is beschut werk",
        "/loon/hoeveel",
        '/werkplek_zoeken{"gemeente": "almere"}',
        "krijg ik vakantie",
        "blabla",
    ],
    "formulier": [
        "schrijf mij maar op",
        "Jan de Vries",
        "wat verdien ik dan",
        "0612345678",
        "Tuk",
        "groen",
        "20 uur",
        "/stop",
    ],
    "opnieuw": ["hallo", "/opnieuw", "wat is beschut werk", "/bestaat_niet", "wat is beschut werk"],
    "lang": ["wat is beschut werk", "en wat verdien ik", "is er een wachtlijst", "welke subsidies zijn er"] * 6,
}
SLOTS = ("naam", "contact", "woonplaats", "soort_werk", "uren", "werkplek_nummer", "nodig_op_werk", "toestemming")
DIFFERS = {"timestamp", "model_id", "assistant_id", "message_id", "policy", "confidence"}


async def act(request: Any) -> Any:
    """Fill one slot of a form for each turn, in order; say one thing for anything else."""
    from aiohttp import web

    call = json.loads(await request.read())
    name, slots = call["next_action"], call["tracker"]["slots"]
    events: list[dict[str, Any]] = []
    if name == "validate_aanmelden_werkzoekende_form":
        text = call["tracker"]["latest_message"]["text"]
        empty = [slot for slot in SLOTS if slots.get(slot) is None]
        asked = slots.get("requested_slot")
        events = [{"event": "slot", "name": asked, "value": text}] if asked else []
        left = [slot for slot in empty if slot != asked]
        events.append(
            {"event": "slot", "name": "requested_slot", "value": left[0] if left and text != "/stop" else None}
        )
    if name == "action_opnieuw":
        events = [{"event": "reset_slots"}]
    return web.json_response({"events": events, "responses": [{"text": f"gedaan: {name}", "custom": {"replies": []}}]})


async def word(request: Any) -> Any:
    """Say the name of the response and how many turns the tracker tells of."""
    from aiohttp import web

    call = json.loads(await request.read())
    turns = sum(event["event"] == "user" for event in call["tracker"]["events"])
    reply = {"answer": f"{call['response']}/{turns}", "text": "x", "spoken": "x", "source": ""}
    return web.json_response({"text": f"{call['response']} {turns}", "custom": {"replies": [reply]}})


async def play(model: str) -> list[Any]:
    """Return the events of all talks, read back from the tracker store."""
    from aiohttp import web
    from aiohttp.test_utils import TestServer
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.utils.endpoints import EndpointConfig

    app = web.Application()
    app.router.add_post("/webhook", act)
    app.router.add_post("/nlg", word)
    async with TestServer(app) as server:
        address = str(server.make_url("")).rstrip("/")
        with tempfile.TemporaryDirectory() as folder:
            store = SQLTrackerStore(host=f"sqlite:///{folder}/tracker.db")
            agent = Agent.load(
                model,
                generator=EndpointConfig(f"{address}/nlg"),
                action_endpoint=EndpointConfig(f"{address}/webhook"),
                tracker_store=store,
            )
            played = []
            for sender, lines in TALKS.items():
                for line in lines:
                    said = CollectingOutputChannel()
                    await agent.handle_message(UserMessage(line, said, sender, metadata={"municipality": "almere"}))
                    played.append([line, [message.get("text") for message in said.messages]])
                tracker = await fresh(store).retrieve(sender)
                played.append([_plain(event.as_dict()) for event in tracker.events])
            return played


def fresh(store: Any) -> Any:
    """Return the store as another process would see it: without what this one remembers."""
    store.__dict__.pop("_talks", None)
    return store


def _plain(value: Any) -> Any:
    """Leave out what differs from run to run, and round probabilities."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if name not in DIFFERS}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return round(value, 6) if isinstance(value, float) else value


def main(mode: str, model: str) -> None:
    """Play and print."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    if mode == "lean":
        from tools.lean_rasa import stand_ins

        stand_ins.install()
        from tools.lean_rasa import copying, graph, rules, seams, tracker_rows, whole_turns

        for part in (graph, copying, rules, seams, tracker_rows, whole_turns):
            part.install()
    played = asyncio.run(play(model))
    megabytes = peak_megabytes()
    loaded = "tensorflow.python" in sys.modules
    print("PLAYED" + json.dumps({"played": played, "megabytes": megabytes, "tensorflow": loaded}))


def peak_megabytes() -> float:
    """Return the most memory this process used; `getrusage` would begin with the peak of who started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
