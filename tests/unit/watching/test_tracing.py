"""Traces: gateway → Rasa → actions in one trace, off by default, and without content."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.running.app import House, gateway_app, internal
from assistant.watching.tracing import Traces
from tests.unit.gateway.conftest import FakeRasa

SECRET = "Zonnebloemstraat 12"


class RasaThatCallsBack(FakeRasa):
    """Does what Rasa does with the metadata of a message: sends it along in the tracker to `/nlg`."""

    door: httpx.AsyncClient

    async def think(self, conversation_id: str, text: str, page: dict[str, Any]) -> Any:
        latest = {"text": text, "metadata": page, "intent": {"name": "hulp"}, "intent_ranking": [], "entities": []}
        call = {
            "response": "utter_antwoord",
            "arguments": {},
            "tracker": {"latest_message": latest, "slots": {}, "events": []},
        }
        await self.door.post("/nlg", json=call)
        return await super().think(conversation_id, text, page)


@pytest.fixture
def rasa() -> FakeRasa:
    return RasaThatCallsBack()


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
async def traced(
    house: House, rasa: RasaThatCallsBack, spans: InMemorySpanExporter
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the public app; both apps send their spans to the list."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    on = Traces(provider)
    house.traces.__dict__.update(on.__dict__)
    inside = httpx.ASGITransport(app=internal(house))
    outside = httpx.ASGITransport(app=gateway_app(house))
    async with (
        httpx.AsyncClient(transport=inside, base_url="http://127.0.0.1") as rasa.door,
        httpx.AsyncClient(transport=outside, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def test_one_message_is_one_trace_through_all_three(
    traced: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    started = (await traced.post("/api/v1/conversations", json={})).json()
    spans.clear()
    address = f"/api/v1/conversations/{started['id']}/messages"
    # a traceparent from outside decides nothing
    foreign = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    assert (await traced.post(address, json={"text": SECRET}, headers=foreign)).status_code == 200
    found = {span.name: span for span in spans.get_finished_spans()}
    assert set(found) == {"POST /api/v1/conversations/{conversation_id}/messages", "rasa", "POST /nlg"}
    assert len({span.context.trace_id for span in found.values()}) == 1
    assert f"{found['rasa'].context.trace_id:032x}" != "0af7651916cd43dd8448eb211c80319c"
    assert found["POST /nlg"].parent.span_id == found["rasa"].context.span_id
    for span in found.values():
        assert SECRET not in span.to_json()
        assert started["id"] not in span.to_json()


async def test_without_an_address_nothing_is_traced_and_nothing_is_sent_along(
    house: House, public: httpx.AsyncClient, rasa: RasaThatCallsBack, private: httpx.AsyncClient
) -> None:
    rasa.door = private
    started = (await public.post("/api/v1/conversations", json={})).json()
    await public.post(f"/api/v1/conversations/{started['id']}/messages", json={"text": "hallo"})
    assert not house.traces.on
    assert "traceparent" not in rasa.asked[0][2]


def test_an_address_turns_it_on(tmp_path: Path) -> None:
    traces = Traces.to("http://127.0.0.1:1/v1/traces")
    assert traces.on
    traces.close()
    assert not Traces.to("").on
    assert Traces.to("").outgoing() == {}
