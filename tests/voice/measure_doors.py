"""How fast, and how many at once: `python -m tests.voice.measure_doors --talks 20 [--url http://127.0.0.1:8000]`.

Each talk is hands-free at the pace of life: a sentence of our own voice in frames of 20 ms, the answer as sound, then
the same sentence through the answer. Without --url a house without Rasa (it repeats) runs in a process of its own; with
it, a running house (MEEDOEN_DEV=1 MEEDOEN_LISTEN=scripted, a script of many lines).

The one who measures sits on the same cores: what it uses itself, and how late its own frames left, is printed beside.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import resource
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import connect

from assistant.voice.speak import Speaker
from assistant.voice.speak.espeak import EspeakVoice
from tests.voice.doors import doors
from tests.voice.test_talk import spoken_sound

SENTENCE = "Ik zoek werk in het groen."
FRAME = 640
SILENCE = b"".join(n.to_bytes(2, "little", signed=True) for n in random.Random(1).choices(range(-30, 31), k=320))
"""A quiet room is not nothing: the ear must work for it."""


@dataclass
class Seen:
    """What one talk showed, in seconds."""

    to_first_sound: list[float] = field(default_factory=list)
    to_silence: list[float] = field(default_factory=list)
    stutters: int = 0
    late: float = 0.0
    frames_late: float = 0.0
    seconds: float = 0.0
    failed: str = ""


async def talk(url: str, started: tuple[str, str], sentence: bytes, turns: int) -> Seen:
    """Talk a few turns and look at the clock."""
    seen, (conversation, token), began = Seen(), started, time.monotonic()
    address = f"{url.replace('http', 'ws')}/api/v1/conversations/{conversation}/voice"
    async with connect(address, origin=url, max_size=None, open_timeout=60) as line:
        await line.send(json.dumps({"type": "start", "token": token, "manner": {"hands_free": True, "barge_in": True}}))
        inbox: asyncio.Queue[tuple[float, Any]] = asyncio.Queue()
        speech = bytearray()
        last_speech = [0.0]
        tasks = [
            asyncio.create_task(_read(line, inbox)),
            asyncio.create_task(_breathe(line, speech, last_speech, seen)),
        ]
        try:
            await _until(inbox, "ready")
            for _ in range(turns):
                await asyncio.sleep(0.6)
                speech += sentence
                await asyncio.sleep(len(sentence) / 32000)
                await _answer(line, inbox, seen, speech, sentence, last_speech)
        except (TimeoutError, OSError) as error:
            seen.failed = type(error).__name__
        finally:
            for task in tasks:
                task.cancel()
            seen.seconds = time.monotonic() - began
    return seen


async def _answer(
    line: Any, inbox: Any, seen: Seen, speech: bytearray, sentence: bytes, last_speech: list[float]
) -> None:
    """Hear the answer; a second into it, speak through it."""
    heard, onset = _Playing(seen), 0.0
    while True:
        if heard.first and not onset and time.monotonic() - heard.first > 1.0:
            onset = time.monotonic()
            speech += sentence
        at, message = await _next(inbox, 0.1 if heard.first and not onset else 30)
        if isinstance(message, bytes):
            if not heard.first:
                seen.to_first_sound.append(at - last_speech[0])
            heard.take(at, message)
        elif message["type"] == "speaking":
            heard.rate = message["rate_hertz"]
        elif message["type"] == "clear" and onset:
            seen.to_silence.append(at - onset)
            await line.send(json.dumps({"type": "stopped", "seconds": max(0.0, at - heard.first)}))
            await _until(inbox, "spoken")
            await line.send('{"type": "played"}')
            return


async def _next(inbox: Any, seconds: float) -> tuple[float, Any]:
    """Return what came in; nothing for a moment is nothing (all of a short answer is here, and still sounds)."""
    try:
        return await asyncio.wait_for(inbox.get(), seconds)  # type: ignore[no-any-return]
    except TimeoutError:
        if seconds > 1:
            raise
        return time.monotonic(), {"type": ""}


@dataclass
class _Playing:
    """What a page would hear: sound that comes after the sound before it ended is a stutter."""

    seen: Seen
    rate: int = 22050
    first: float = 0.0
    played: float = 0.0

    def take(self, at: float, sound: bytes) -> None:
        self.first = self.first or at
        behind = (at - self.first) - self.played
        if behind > 0.03:
            self.seen.stutters, self.seen.late = self.seen.stutters + 1, max(self.seen.late, behind)
            self.played += behind
        self.played += len(sound) / 2 / self.rate


async def _until(inbox: Any, kind: str) -> None:
    while True:
        _, message = await asyncio.wait_for(inbox.get(), 60)
        if isinstance(message, dict) and message["type"] == kind:
            return


async def _read(line: Any, inbox: Any) -> None:
    async for raw in line:
        await inbox.put((time.monotonic(), raw if isinstance(raw, bytes) else json.loads(raw)))


async def _breathe(line: Any, speech: bytearray, last_speech: list[float], seen: Seen) -> None:
    due = time.monotonic()
    while True:
        frame = bytes(speech[:FRAME])
        del speech[:FRAME]
        if any(frame):
            last_speech[0] = time.monotonic()
        await line.send((frame or SILENCE).ljust(FRAME, b"\0"))
        due += 0.02
        seen.frames_late = max(seen.frames_late, time.monotonic() - due)
        await asyncio.sleep(max(0.0, due - time.monotonic()))


def _serve(port: Any, stop: Any, talks: int, turns: int) -> None:
    """A house that hears lines and repeats them, with the real voice."""
    lines: list[tuple[str, float | None]] = [("ik zoek werk in het groen", 0.9)] * (talks * turns * 3 + 10)
    with doors(lines, EspeakVoice()) as house:
        house.house.most_talks = talks
        started = [asyncio.run(house.start()) for _ in range(talks)]
        port.send((house.url, [(one.id, one.token) for one in started]))
        before = time.process_time()
        stop.wait()
        work = time.process_time() - before
        house.voice.close()
        of_voice = resource.getrusage(resource.RUSAGE_CHILDREN)
        port.send((work, of_voice.ru_utime + of_voice.ru_stime))


@contextmanager
def own_house(talks: int, turns: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Run the house in another process, as it would be."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    stop = spawn.Event()
    process = spawn.Process(target=_serve, args=(there, stop, talks, turns))
    process.start()
    yield here.recv()
    stop.set()
    work, of_voice = here.recv()
    print(f"processor: house {work:.1f} s, process of the voice {of_voice:.1f} s")
    process.join(20)


def start(url: str) -> tuple[str, str]:
    """Begin a conversation in a running house."""
    body = json.dumps({"municipality": "almere"}).encode()
    request = urllib.request.Request(f"{url}/api/v1/conversations", body, {"content-type": "application/json"})
    raw = json.load(urllib.request.urlopen(request, timeout=30))
    return raw["id"], raw["token"]


async def _all(url: str, started: list[tuple[str, str]], sentence: bytes, turns: int) -> list[Seen]:
    async def one(at: int, who: tuple[str, str]) -> Seen:
        await asyncio.sleep(at * 0.15)  # people do not begin in the same instant
        return await talk(url, who, sentence, turns)

    return await asyncio.gather(*(one(at, who) for at, who in enumerate(started)))


def _line(name: str, values: list[float]) -> str:
    values = sorted(values)
    at = [values[min(len(values) - 1, int(len(values) * share))] for share in (0.5, 0.95)] if values else [0.0, 0.0]
    worst = values[-1] if values else 0.0
    return (
        f"{name}: p50 {at[0] * 1000:.0f} ms, p95 {at[1] * 1000:.0f} ms, worst {worst * 1000:.0f} ms (n={len(values)})"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--talks", type=int, default=20)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--url", default="")
    wish = parser.parse_args()
    voice = EspeakVoice()
    sentence = spoken_sound(Speaker(voice), SENTENCE)
    while not any(sentence[-FRAME:]):
        sentence = sentence[:-FRAME]
    voice.close()
    before = time.process_time()
    if wish.url:
        seen = asyncio.run(_all(wish.url, [start(wish.url) for _ in range(wish.talks)], sentence, wish.turns))
    else:
        with own_house(wish.talks, wish.turns) as (url, started):
            seen = asyncio.run(_all(url, started, sentence, wish.turns))
    own = time.process_time() - before
    print(f"{wish.talks} talks, {sum(bool(one.failed) for one in seen)} failed, load {os.getloadavg()[0]:.1f}")
    print(f"{sum(one.seconds for one in seen):.0f} s of talk in all; processor of this client {own:.1f} s")
    print(
        _line(
            "last speech frame to first sound (500 of it is silence)", [x for one in seen for x in one.to_first_sound]
        )
    )
    print(_line("onset of speech to the word to be silent", [x for one in seen for x in one.to_silence]))
    print(f"stutters {sum(one.stutters for one in seen)}, longest {max(one.late for one in seen) * 1000:.0f} ms; "
          f"own frames late at most {max(one.frames_late for one in seen) * 1000:.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
