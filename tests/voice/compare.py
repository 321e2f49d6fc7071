"""Whether one sound is in another, by its loudness from moment to moment: no voice says it twice the same."""

from __future__ import annotations

import math
from array import array
from statistics import fmean

from assistant.voice.speak import Speaker
from assistant.voice.telephone.g711 import to_8k

FRAME = 160
"""Samples of 8 kHz in twenty milliseconds."""
ALIKE = 0.9
"""Correlation from which it is the same sentence: 0.94 and more for the same, up to 0.86 for short other ones."""
SILENCE = 2
"""Of 32768; baresip writes the zero of mu-law as a 2."""


def on_the_line(speaker: Speaker, text: str) -> bytes:
    """Return a text as a telephone would get it, 8 kHz."""
    return b"".join(to_8k(piece.pcm, speaker.voice.rate_hertz) for piece in speaker.stream(text))


def sounding(pcm: bytes) -> list[tuple[int, float]]:
    """Return how loud every twenty milliseconds that sound are, a mean over a tenth of a second, with their number.

    Silence is left out: how long it lasts is the pace of whoever listens, also when a machine hiccups.
    """
    samples = array("h", pcm[: len(pcm) // 2 * 2])
    frames = (samples[at : at + FRAME] for at in range(0, len(samples) - FRAME + 1, FRAME))
    roots = enumerate(math.sqrt(sum(one * one for one in frame) / FRAME) for frame in frames)
    loud = [(at, root) for at, root in roots if root > SILENCE]
    levels = [root for _, root in loud]
    return [(at, fmean(levels[max(0, place - 2) : place + 3])) for place, (at, _) in enumerate(loud)]


def likeness(said: bytes, heard: bytes, first_seconds: float = 0.0, last_seconds: float = 1e6) -> tuple[float, float]:
    """Return how much the place where it sounds most alike is alike (-1 to 1), and where that is in seconds."""
    wanted = [level for _, level in sounding(said)]
    there = [(at, level) for at, level in sounding(heard) if at >= first_seconds * 50]
    levels = [level for _, level in there]
    places = [place for place in range(len(levels) - len(wanted) + 1) if there[place][0] <= last_seconds * 50]
    assert places, "too little was heard"
    best = max(places, key=lambda place: _correlation(wanted, levels[place : place + len(wanted)]))
    return _correlation(wanted, levels[best : best + len(wanted)]), there[best][0] / 50


def _correlation(one: list[float], other: list[float]) -> float:
    mean, also = sum(one) / len(one), sum(other) / len(other)
    both = sum((a - mean) * (b - also) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(sum((a - mean) ** 2 for a in one) * sum((b - also) ** 2 for b in other))
    return both / spread if spread else 0.0
