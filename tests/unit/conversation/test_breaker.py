"""After a row of failures nobody waits for a brain that does not come."""

from __future__ import annotations

import asyncio

import pytest

from assistant.conversation.brain import Breaker, Thought
from assistant.conversation.errors import BrainUnavailable
from tests.unit.conversation.conftest import FakeBrain


class Clock:
    """Time that moves when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def silent(text: str) -> Thought:
    raise BrainUnavailable("TimeoutError")


def made(brain: FakeBrain, clock: Clock) -> Breaker:
    return Breaker(brain, failures=3, rest_seconds=10.0, clock=clock)


async def fails(breaker: Breaker) -> str:
    with pytest.raises(BrainUnavailable) as caught:
        await breaker.think("a", "hoi", {})
    return str(caught.value)


async def test_a_working_brain_is_asked_every_time(brain: FakeBrain) -> None:
    breaker = made(brain, Clock())
    for _ in range(5):
        await breaker.think("a", "hoi", {"channel": "web"})
    assert brain.asked == [("a", "hoi", {"channel": "web"})] * 5


async def test_after_three_failures_in_a_row_it_rests(brain: FakeBrain) -> None:
    brain.answer, breaker = silent, made(brain, Clock())
    assert [await fails(breaker) for _ in range(5)] == ["TimeoutError"] * 3 + ["resting"] * 2
    assert len(brain.asked) == 3


async def test_a_success_in_between_starts_the_count_again(brain: FakeBrain) -> None:
    works, breaker = brain.answer, made(brain, Clock())
    for _ in range(3):
        brain.answer = silent
        await fails(breaker)
        await fails(breaker)
        brain.answer = works
        await breaker.think("a", "hoi", {})
    assert len(brain.asked) == 9


async def test_after_the_rest_one_call_tries_and_opens_the_way(brain: FakeBrain) -> None:
    works, clock = brain.answer, Clock()
    brain.answer, breaker = silent, made(brain, clock)
    for _ in range(3):
        await fails(breaker)
    clock.now += 9.9
    assert await fails(breaker) == "resting"
    clock.now += 0.2
    brain.answer = works
    assert (await breaker.think("a", "hoi", {})).intent == "hulp"
    assert (await breaker.think("a", "hoi", {})).intent == "hulp"


async def test_a_try_that_fails_makes_it_rest_again(brain: FakeBrain) -> None:
    clock = Clock()
    brain.answer, breaker = silent, made(brain, clock)
    for _ in range(3):
        await fails(breaker)
    clock.now += 11
    assert await fails(breaker) == "TimeoutError"
    assert await fails(breaker) == "resting"
    assert len(brain.asked) == 4


async def test_while_one_tries_the_others_do_not_wait(brain: FakeBrain) -> None:
    clock, hold = Clock(), asyncio.Event()
    brain.answer, breaker = silent, made(brain, clock)
    for _ in range(3):
        await fails(breaker)
    clock.now += 11

    async def slowly(conversation_id: str, text: str, page: dict[str, object]) -> Thought:
        await hold.wait()
        return Thought(())

    brain.think = slowly  # type: ignore[method-assign]
    trying = asyncio.create_task(breaker.think("a", "hoi", {}))
    await asyncio.sleep(0)
    assert await fails(breaker) == "resting"
    hold.set()
    assert await trying == Thought(())


async def test_another_error_is_no_reason_to_rest(brain: FakeBrain) -> None:
    def broken(text: str) -> Thought:
        raise RuntimeError("a mistake of ours")

    brain.answer, breaker = broken, made(brain, Clock())
    for _ in range(5):
        with pytest.raises(RuntimeError):
            await breaker.think("a", "hoi", {})
    assert len(brain.asked) == 5


async def test_it_is_as_ready_as_the_brain_behind_it(brain: FakeBrain) -> None:
    assert await made(brain, Clock()).is_ready()
