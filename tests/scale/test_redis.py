"""What gateways share through Redis, and that each goes on by itself while Redis is gone."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable

import pytest

from assistant.conversation.errors import TooManyMessages
from assistant.core.reply import Reply
from assistant.gateway import limits
from assistant.gateway.limits import Limits
from assistant.running import redis_shared
from assistant.running.redis_said import SharedSaid
from assistant.running.redis_shared import Client
from assistant.running.redis_signals import SharedSignals
from assistant.running.redis_turns import SharedTurns
from assistant.settings import Settings
from tests.scale.conftest import Redis

MakeLimits = Callable[[str], Limits]
Connect = Callable[[str], Client]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Clients that are closed at the end."""
    made: list[Client] = []

    def client(url: str) -> Client:
        made.append(redis_shared.connect(url))
        return made[-1]

    yield client
    for each in made:
        await each.aclose()


@pytest.fixture
async def gateway() -> AsyncIterator[MakeLimits]:
    """Limits of gateways, closed at the end."""
    made: list[Limits] = []

    def limits_of(url: str) -> Limits:
        made.append(Limits(Settings(dev=False, redis_url=url, messages_per_minute=5)))
        return made[-1]

    yield limits_of
    for each in made:
        await each._limiter._shared.storage.bridge.storage.aclose()  # type: ignore[union-attr]


async def test_two_gateways_count_together(redis_server: Redis, gateway: MakeLimits) -> None:
    one, other = gateway(redis_server.url), gateway(redis_server.url)
    for each in (one, other, one, other, one):
        await each.message("talk")
    for each in (one, other):
        with pytest.raises(TooManyMessages):
            await each.message("talk")
    await other.message("another talk")


async def test_limits_go_on_without_redis_and_come_back_to_it(
    redis_server: Redis, monkeypatch: pytest.MonkeyPatch, gateway: MakeLimits
) -> None:
    monkeypatch.setattr(limits, "WITHOUT_REDIS", 0.2)
    one, other = gateway(redis_server.url), gateway(redis_server.url)
    await one.message("talk")
    redis_server.kill()
    for _ in range(5):
        await one.message("talk")
    with pytest.raises(TooManyMessages):
        await one.message("talk")
    redis_server.start()
    await asyncio.sleep(0.3)
    for each in (one, other, one, other, one):  # Redis counts from nothing
        await each.message("talk")
    with pytest.raises(TooManyMessages):
        await other.message("talk")


async def test_turns_of_two_gateways_do_not_overlap(redis_server: Redis, connect: Connect) -> None:
    gateways = [SharedTurns(connect(redis_server.url)) for _ in range(2)]
    inside, most, order = 0, 0, []

    async def turn(number: int) -> None:
        nonlocal inside, most
        async with gateways[number % 2].of("talk"):
            inside += 1
            most = max(most, inside)
            order.append(number)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(turn(number) for number in range(12)))
    assert (most, sorted(order)) == (1, list(range(12)))


async def test_other_talks_do_not_wait(redis_server: Redis, connect: Connect) -> None:
    turns = SharedTurns(connect(redis_server.url))
    async with turns.of("one"), asyncio.timeout(1), turns.of("other"):
        pass


async def test_a_turn_is_free_again_when_its_gateway_died(
    redis_server: Redis, monkeypatch: pytest.MonkeyPatch, connect: Connect
) -> None:
    monkeypatch.setattr("assistant.running.redis_turns.HELD_SECONDS", 0.3)
    died = connect(redis_server.url)
    await died.set("meedoen:turn:talk", "of a gateway that died", px=300)
    began = time.monotonic()
    async with SharedTurns(connect(redis_server.url)).of("talk"):
        assert 0.1 < time.monotonic() - began < 3


async def test_turns_go_on_without_redis(redis_server: Redis, connect: Connect) -> None:
    turns, done = SharedTurns(connect(redis_server.url)), []
    redis_server.kill()

    async def turn(number: int) -> None:
        async with turns.of("talk"):
            done.append(number)

    await asyncio.wait_for(asyncio.gather(*(turn(number) for number in range(3))), 15)
    assert sorted(done) == [0, 1, 2]


async def test_what_one_gateway_said_the_other_can_read_aloud(redis_server: Redis, connect: Connect) -> None:
    one, other = SharedSaid(connect(redis_server.url)), SharedSaid(connect(redis_server.url))
    await one.begin("talk", [Reply("Hallo.", "Hallo.")])
    await other.add("talk", [Reply("U krijgt loon.", "U krijgt loon.", answer="loon/hoeveel")])
    found = await one.find("talk", 1)
    assert found is not None
    assert (found.text, found.answer) == ("U krijgt loon.", "loon/hoeveel")
    assert await other.find("talk", 0) == Reply("Hallo.", "Hallo.")
    assert await one.find("talk", 2) is None
    assert await one.find("talk", -1) is None


async def test_a_talk_whose_beginning_is_gone_is_not_followed(redis_server: Redis, connect: Connect) -> None:
    said = SharedSaid(connect(redis_server.url))
    await said.add("talk", [Reply("Zonder begin.")])
    assert await said.find("talk", 0) is None


async def test_nothing_is_said_aloud_without_redis(redis_server: Redis, connect: Connect) -> None:
    said = SharedSaid(connect(redis_server.url))
    redis_server.kill()
    await said.begin("talk", [Reply("Hallo.")])
    assert await said.find("talk", 0) is None


async def test_a_change_is_heard_at_the_other_gateway_also_from_a_thread(redis_server: Redis) -> None:
    here, there = SharedSignals(redis_server.url), SharedSignals(redis_server.url)
    heard: list[str] = []
    there.listen(heard.append)
    here.listen(lambda _: None)
    await asyncio.sleep(0.5)
    thread = threading.Thread(target=here.changed, args=("talk-1",))
    thread.start()
    await asyncio.to_thread(thread.join)
    async with asyncio.timeout(5):
        while "talk-1" not in heard:  # noqa: ASYNC110  the signal comes from another thread
            await asyncio.sleep(0.02)
    redis_server.kill()
    there.changed("talk-2")  # here it is heard without Redis
    await asyncio.sleep(0.1)
    assert "talk-2" in heard
    redis_server.start()
    async with asyncio.timeout(15):
        while "talk-3" not in heard:
            here.changed("talk-3")
            await asyncio.sleep(0.3)
    for signals in (here, there):
        await signals.close()


async def test_a_window_in_memory_moves_and_forgets() -> None:
    now = 1000.0
    count = limits.OwnCount(lambda: now)
    limit = limits.RateLimitItemPerMinute(3)
    assert [await count.hit(limit, "message", "talk") for _ in range(5)] == [True, True, True, False, False]
    assert await count.hit(limit, "message", "another talk")
    now += 59
    assert not await count.hit(limit, "message", "talk")
    now += 2
    assert await count.hit(limit, "message", "talk")
    now += 5000
    await count.hit(limit, "message", "new talk")
    assert set(count._hits) == {("message", "new talk")}
