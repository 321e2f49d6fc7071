"""Several Rasas behind one brain: who gets a message, who takes over, and a municipality that tries another model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from assistant.conversation.errors import BrainUnavailable
from assistant.conversation.workers import ByMunicipality, Workers


class Rasa:
    """A small Rasa that says its own name."""

    def __init__(self, name: str) -> None:
        self.name, self.heard, self.said, self.url = name, 0, 0, ""
        self.slow = asyncio.Event()
        self.slow.set()
        self.breaks_off = self.shut = False

    async def on_turn(self, request: web.Request) -> web.StreamResponse:
        self.heard += 1
        if self.shut:
            return web.Response(status=500)
        await self.slow.wait()
        answer = web.StreamResponse()
        await answer.prepare(request)
        await answer.write(b" ")
        self.said += 1
        if self.breaks_off:
            assert request.transport
            request.transport.close()
            return answer
        reply = {"text": self.name, "spoken": self.name, "answer": "loon/hoeveel"}
        custom = {"replies": [reply], "understood": {"intent": "x", "confidence": 1.0}}
        await answer.write(json.dumps({"said": [{"messages": [{"custom": custom}]}]}).encode())
        return answer


Make = Callable[[str], Awaitable[Rasa]]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """Start Rasas; they are stopped at the end."""
    servers: list[TestServer] = []

    async def start(name: str) -> Rasa:
        rasa, app = Rasa(name), web.Application()
        app.router.add_post("/webhooks/meedoen/turn", rasa.on_turn)
        servers.append(TestServer(app))
        await servers[-1].start_server()
        rasa.url = str(servers[-1].make_url("")).rstrip("/")
        return rasa

    yield start
    for server in servers:
        await server.close()


@pytest.fixture
async def workers() -> AsyncIterator[Callable[..., Workers]]:
    """Make brains; their connections are closed at the end."""
    made: list[Workers] = []

    def of(*urls: str, seconds: float = 4.0) -> Workers:
        made.append(Workers(urls, seconds, lambda: "geheim"))
        return made[-1]

    yield of
    for each in made:
        await each.close()


GONE = "http://127.0.0.1:1"


async def who(
    brain: Workers | ByMunicipality, talk: str = "x", municipality: str = "almere", text: str = "loon?"
) -> str:
    """Return the name of the Rasa that answered."""
    return (await brain.think(talk, text, {"municipality": municipality})).replies[0].text


async def test_a_talk_stays_with_its_worker_and_talks_are_spread(make: Make, workers: Callable[..., Workers]) -> None:
    one, two = await make("one"), await make("two")
    brain = workers(one.url, two.url)
    first = {talk: await who(brain, talk) for talk in map(str, range(40))}
    assert {talk: await who(brain, talk) for talk in first} == first
    assert 8 <= list(first.values()).count("one") <= 32


async def test_a_worker_that_is_gone_is_passed_over(make: Make, workers: Callable[..., Workers]) -> None:
    one = await make("one")
    brain = workers(GONE, one.url)
    for talk in map(str, range(12)):
        assert await who(brain, talk) == "one"
        assert await who(brain, talk, text="/loon/hoeveel") == "one"


async def test_a_worker_that_cannot_hear_is_passed_over(make: Make, workers: Callable[..., Workers]) -> None:
    one, two = await make("one"), await make("two")
    one.shut = True
    brain = workers(one.url, two.url)
    assert {await who(brain, talk) for talk in map(str, range(12))} == {"two"}
    assert one.heard == 3, "after three failures it is left alone for a while"


async def test_a_frozen_worker_costs_half_the_patience_and_no_answer(
    make: Make, workers: Callable[..., Workers]
) -> None:
    one, two = await make("one"), await make("two")
    one.slow.clear()
    brain = workers(one.url, two.url, seconds=1.0)
    assert {await who(brain, talk) for talk in map(str, range(12))} == {"two"}
    one.slow.set()


async def test_a_message_that_got_lost_half_way_is_not_said_twice(make: Make, workers: Callable[..., Workers]) -> None:
    one, two = await make("one"), await make("two")
    one.breaks_off = two.breaks_off = True
    with pytest.raises(BrainUnavailable):
        await who(workers(one.url, two.url))
    assert one.said + two.said == 1


async def test_a_busy_worker_gives_talks_away(make: Make, workers: Callable[..., Workers]) -> None:
    one, two = await make("one"), await make("two")
    brain = workers(one.url, two.url)
    own = {talk: await who(brain, talk) for talk in map(str, range(40))}
    talks = [talk for talk, name in own.items() if name == "one"][:6]
    one.slow.clear()
    waiting = [asyncio.create_task(who(brain, talk)) for talk in talks[:3]]
    await asyncio.sleep(0.1)
    assert await who(brain, talks[3]) == "two"
    one.slow.set()
    assert await asyncio.gather(*waiting) == ["one"] * 3


async def test_nobody_there_is_said_at_once(workers: Callable[..., Workers]) -> None:
    brain = workers(GONE, GONE)
    with pytest.raises(BrainUnavailable):
        await who(brain)
    assert not await brain.is_ready()


async def test_one_municipality_tries_another_model(make: Make, workers: Callable[..., Workers]) -> None:
    usual, trial = await make("usual"), await make("trial")
    brain = ByMunicipality(workers(usual.url), {"almere": workers(trial.url)})
    assert await who(brain, "a", "almere") == "trial"
    assert await who(brain, "b", "steenwijkerland") == "usual"
    assert (await brain.think("c", "loon?", {})).replies[0].text == "usual"
    assert trial.said == 1


async def test_a_trial_that_is_gone_costs_nobody_an_answer(make: Make, workers: Callable[..., Workers]) -> None:
    usual = await make("usual")
    brain = ByMunicipality(workers(usual.url), {"almere": workers(GONE)})
    assert await who(brain, "a", "almere") == "usual"
