"""Random talk: any text, any button, any order. Nothing may break, end nowhere or write without a yes."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import aiohttp

from assistant.simulation.client import Chat, Shown
from assistant.simulation.questions import NEEDS
from assistant.simulation.rows import TABLES, Rows

TURNS_A_TALK = 12
WAY_OUT = ("mens", "medewerker", "bel ", "112", "113", "14 0", "gemeente")
ODD = (
    "?", "...", "ja", "nee", "stop", "terug", "waarom", "overslaan", "meer", "de tweede", "verder", "pauze", "20 uur",
    "0612345678", "jan@voorbeeld.nl", "Steenwijk", "groen", "Ik heet Ali", "/aanmelden_werkzoekende", "/restart",
    "/slot{\"naam\":\"x\"}", "<b>hallo</b>", "'; drop table registration; --", "😀😀", "مرحبا", "Привіт",
    "do you speak english",
    "a" * 900, "haal mijn naam weg", "verander naam", "MD-CCCC-CCCC", "111222333", "AW-2026-00001",
    "iets anders", "herhaal",
    "makkelijker", "ik lach me dood", "{naam}", "null", "morgen om 10 uur", "nee, mijn nummer is 0687654321",
)  # fmt: skip


@dataclass
class RandomResult:
    """How the random talk went."""

    turns: int = 0
    problems: list[str] = field(default_factory=list)


async def talk_at_random(
    http: aiohttp.ClientSession, url: str, rows: Rows, *, turns: int, seed: int, at_once: int
) -> RandomResult:
    """Talk for so many turns and return what went wrong."""
    result, free = RandomResult(), asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        async with free:
            await _talk(http, url, rows, random.Random(f"{seed}-wild-{number}"), result)

    await asyncio.gather(*(one(number) for number in range(turns // TURNS_A_TALK)))
    return result


async def _talk(http: aiohttp.ClientSession, url: str, rows: Rows, chance: random.Random, result: RandomResult) -> None:
    chat = Chat(http, url, chance.choice((None, "almere", "steenwijkerland")), chance.choice((None, None, "werkgever")))
    try:
        shown, agreed = await chat.open(), False
        for _ in range(TURNS_A_TALK):
            said = something(chance, shown)
            agreed = agreed or may_be_yes(said)
            shown = await chat.say(said)
            result.turns += 1
            chat.problems += dead_end(said, shown)
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
        chat.problems.append(f"{type(error).__name__}: {error}")
        agreed = True
    if not agreed and any(rows.of(table, chat.id) for table in TABLES):
        chat.problems.append("a row without a yes")
    result.problems += [f"{problem} | {[text for text, _ in chat.story]}" for problem in chat.problems]


def something(chance: random.Random, shown: Shown) -> str:
    """Return a button, an odd text or a question."""
    if shown.buttons and chance.random() < 0.4:
        return chance.choice(shown.buttons)[1]
    return chance.choice(ODD) if chance.random() < 0.7 else chance.choice(chance.choice(NEEDS).ways)


def may_be_yes(said: str) -> bool:
    """Whether a text could be a consent."""
    return said.lower().startswith(("ja", "ok", "goed", "klopt"))


def dead_end(said: str, shown: Shown) -> list[str]:
    """Return a problem when there is neither a button, nor a question, nor a way to a person."""
    open_end = (
        shown.buttons
        or "?" in shown.text
        or shown.cards
        or shown.has(*WAY_OUT, "graag gedaan", "neem rustig", "voorlezen")
    )
    return [] if open_end or shown.refused else [f"dead end after {said!r}: {shown.text[:120]!r}"]
