"""All talks, some at the same time; the same seed gives the same people saying the same things."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from dataclasses import dataclass, field

import aiohttp

from assistant.simulation.client import Chat, Shown
from assistant.simulation.goals import GOALS
from assistant.simulation.person import PLACES, Person
from assistant.simulation.random_talk import RandomResult, talk_at_random
from assistant.simulation.rows import Rows
from assistant.simulation.typing_style import STYLES


@dataclass
class TalkResult:
    """How one talk went."""

    number: int
    goal: str
    profile: str
    reached: bool
    lost: bool
    """Not reached, and no way to a person either."""
    turns: int
    misses: int
    asked_back: int
    loops: int
    seconds: float
    slowest: float
    problems: list[str]
    story: list[tuple[str, str]]


@dataclass
class Result:
    """All talks of one run."""

    talks: list[TalkResult]
    random: RandomResult
    seconds: float
    seed: int
    without_consent: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether the run is as good as we want to be: 95 % reached, 1 % lost, nothing broken."""
        count = len(self.talks)
        reached, lost = sum(talk.reached for talk in self.talks), sum(talk.lost for talk in self.talks)
        whole = not self.without_consent and not self.random.problems and not any(talk.loops for talk in self.talks)
        return reached >= 0.95 * count and lost <= 0.01 * count and whole


def play_all(url: str, database: str, *, talks: int, seed: int, at_once: int, random_turns: int) -> Result:
    """Play the talks against the house at `url` and look at the rows in its database."""
    return asyncio.run(_play_all(url, database, talks, seed, at_once, random_turns))


async def _play_all(url: str, database: str, talks: int, seed: int, at_once: int, random_turns: int) -> Result:
    began, rows, free = time.perf_counter(), Rows(database), asyncio.Semaphore(at_once)
    async with aiohttp.ClientSession() as http:

        async def one(number: int) -> TalkResult:
            async with free:
                return await _play(http, url, rows, number, seed)

        played = await asyncio.gather(*(one(number) for number in range(talks)))
        wild = await talk_at_random(http, url, rows, turns=random_turns, seed=seed, at_once=at_once)
    result = Result(list(played), wild, time.perf_counter() - began, seed, rows.without_consent())
    rows.close()
    return result


async def _play(http: aiohttp.ClientSession, url: str, rows: Rows, number: int, seed: int) -> TalkResult:
    chance = random.Random(f"{seed}-{number}")
    weights = [weight for _, weight, _ in GOALS.values()]
    goal = chance.choices(list(GOALS), weights)[0]
    play, _, role = GOALS[goal]
    chat = Chat(http, url, chance.choice((None, *PLACES)), role)
    person = Person(chance.randrange(10**9), chance.choice(tuple(STYLES)), chance.choice((2, 3, 4)), chat)
    began, lost = time.perf_counter(), False
    try:
        await chat.open()
        reached = await play(person, rows)
        lost = not reached and not await person.human()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
        reached, lost = False, True
        chat.problems.append(f"{type(error).__name__}: {error}")
    said = [(text, shown.text) for text, shown in chat.story]
    return TalkResult(
        number, goal, person.profile, reached, lost, len(chat.story) - 1, person.misses, person.asked_back,
        _loops(chat.story), time.perf_counter() - began, max(shown.seconds for _, shown in chat.story),
        chat.problems, said,
    )  # fmt: skip


def _loops(story: list[tuple[str, Shown]]) -> int:
    """How many times the same words came twice in a row for different messages."""
    pairs = itertools.pairwise(story[1:])
    return sum(one.text == other.text and said != again for (said, one), (again, other) in pairs)
