"""The internal door takes calls of Rasa; whatever else comes is refused with a problem, and breaks nothing.

What looks like a call gets words, whatever is in it: without them the person would hear nothing at all.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import httpx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.running.app import internal
from tests.security.hostile import JSON, breaks
from tests.unit.gateway.conftest import MakeHouse

CASES = int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "120"))
NOTHING_TO_SAY = json.dumps({"tracker": {}, "response": "utter_reply", "arguments": {"parts": []}}).encode()
NAMES = ("utter_antwoord", "utter_twijfel", "utter_herhaal", "utter_reply", "utter_bestaat_niet")
PART = st.fixed_dictionaries({"keys": JSON, "values": JSON}) | JSON
TRACKER = st.fixed_dictionaries(
    {},
    optional={
        "sender_id": JSON, "slots": JSON, "events": JSON, "latest_message": JSON, "active_loop": JSON,
        "latest_action_name": JSON, "paused": JSON, "latest_input_channel": JSON,
    },
)  # fmt: skip
CALL = st.fixed_dictionaries(
    {"tracker": TRACKER | JSON},
    optional={
        "response": st.sampled_from(NAMES) | JSON,
        "arguments": st.fixed_dictionaries({"parts": st.lists(PART, max_size=2)}) | JSON,
        "next_action": st.sampled_from(["action_zoek_werkplek", "action_session_start", "validate_aanmelden"]) | JSON,
        "domain": JSON,
        "sender_id": JSON,
    },
)
BODIES = CALL.map(lambda call: json.dumps(call).encode()) | JSON.map(lambda one: json.dumps(one).encode()) | st.binary()


async def test_whatever_is_sent_to_the_door_of_rasa_gets_words_or_a_problem(make: MakeHouse) -> None:
    app = internal(make())
    seen: dict[int, int] = {}

    async def ask(path: str, body: bytes) -> None:
        # one client for each call: Hypothesis runs them in a loop of their own
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://127.0.0.1"
        ) as client:
            answer = await client.post(path, content=body)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        said: Any = answer.json()
        if path == "/webhook" and "action_name" in said:  # the protocol of Rasa's own action server
            return
        assert breaks(answer) is None, (path, body, breaks(answer))
        assert path == "/webhook" or answer.status_code == 400 or said["text"].strip()

    @settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["/webhook", "/nlg"]), BODIES)
    @example("/nlg", NOTHING_TO_SAY)
    def try_it(path: str, body: bytes) -> None:
        asyncio.run(ask(path, body))

    await asyncio.to_thread(try_it)
    print("answers by status:", seen)
    assert seen[200] > 10 and seen[400] > 10


async def test_other_addresses_and_methods_of_the_door_are_refused(make: MakeHouse) -> None:
    transport = httpx.ASGITransport(app=internal(make()), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for method, path in (
            ("GET", "/webhook"),
            ("PUT", "/nlg"),
            ("GET", "/niets"),
            ("POST", "/metrics"),
            ("GET", "/docs"),
        ):
            answer = await client.request(method, path)
            assert answer.status_code in (404, 405), (method, path)
            assert breaks(answer) is None, (method, path, breaks(answer))
