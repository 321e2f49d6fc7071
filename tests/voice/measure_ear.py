"""False alarms, onsets, ends of turns and interruptions on clips: `python -m tests.voice.measure_ear DIR`.

DIR is what `clips_in` reads. Each clip gets a second of pause before and two after, and white noise over all of it that
is so much softer than the clip. The sound goes through the ear of the house, frame by frame, on its own clock.
"""

from __future__ import annotations

import argparse
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.voice.listen.scripted import ScriptedRecogniser
from assistant.voice.models.clips import Clip, clips_in
from assistant.voice.talk import Ear
from assistant.voice.talk.ear import EarEvent
from assistant.voice.turns import Pace, SpeechBegan, StopPlaying, TurnEnded, TurnTaker, VoiceActivity
from assistant.voice.turns.turn_taker import SPEECH
from assistant.voice.turns.voice_activity import FRAME_BYTES, FRAME_SECONDS
from tests.voice.test_turns import noisy

BEFORE, AFTER = 1.0, 2.0
SURROUND = 0.3
"""Seconds after a clip that belong to it: its last sound dies away."""
SOFT = 0.03
"""Of the loudest frame: below it a clip does not sound yet, or no more (30 dB)."""

COLUMNS = (
    "white noise", "false alarms in pauses", "clips missed", "onset", "end of turn, median / 95 %", "ended too early",
    "interrupted after, median / 95 %", "interrupted by nothing", "never interrupted",
)  # fmt: skip


@dataclass
class Found:
    """What all clips at one noise showed; times in seconds."""

    pauses: int = 0
    alarms: int = 0
    missed: int = 0
    early: int = 0
    stopped_for_nothing: int = 0
    never_stopped: int = 0
    onsets: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)


def listen(clip: Clip, decibel: float | None, found: Found, pace: Pace) -> None:
    """Let the house hear one clip: the bare network, then a turn, then an interruption."""
    first, last = (BEFORE + at for at in span(clip.pcm))
    pcm = b"\0\0" * round(BEFORE * 16000) + clip.pcm + b"\0\0" * round(AFTER * 16000)
    if decibel is not None:
        pcm = noisy(pcm, decibel, of=clip.pcm)
    for at, chance in VoiceActivity().hear(pcm):
        if at < BEFORE or at - FRAME_SECONDS > BEFORE + clip.seconds + SURROUND:
            found.pauses += 1
            found.alarms += chance > SPEECH
    turn = list(heard(pcm, pace, plays=False))
    begins = [event.at for event in turn if isinstance(event, SpeechBegan)]
    finals = [event.at for event in turn if isinstance(event, TurnEnded)]
    found.missed += not begins
    found.onsets += [at - first for at in begins[:1]]
    found.ends += [at - last for at in finals[-1:]]
    found.early += len(finals) > 1
    stops = [event.at for event in heard(pcm, pace, plays=True) if isinstance(event, StopPlaying)]
    found.stopped_for_nothing += bool(stops) and stops[0] < first
    found.never_stopped += not stops
    found.stops += [at - first for at in stops if at >= first]


def heard(pcm: bytes, pace: Pace, *, plays: bool) -> Iterator[EarEvent]:
    """Yield what follows from sound while the person has the turn, or while the assistant speaks."""
    ear = Ear(TurnTaker(pace), ScriptedRecogniser())
    ear.turn.plays(0.0)
    if not plays:
        ear.turn.played(0.0)
    for at in range(0, len(pcm), FRAME_BYTES):
        yield from ear.hear(pcm[at : at + FRAME_BYTES])


def span(pcm: bytes) -> tuple[float, float]:
    """Return the seconds at which a clip without noise begins and ends to sound."""
    frames = [array("h", pcm[at : at + 640]) for at in range(0, len(pcm) - 640, 640)]
    loud = [sum(one * one for one in frame) ** 0.5 for frame in frames]
    sounding = [at for at, one in enumerate(loud) if one > SOFT * max(loud)]
    return sounding[0] * 0.02, (sounding[-1] + 1) * 0.02


def _row(name: str, clips: int, found: Found) -> str:
    def at(values: list[float], share: float) -> float:
        return sorted(values)[min(len(values) - 1, int(len(values) * share))]

    cells = [
        name,
        f"{found.alarms} of {found.pauses}",
        f"{found.missed} of {clips}",
        f"{at(found.onsets, 0.5):.2f} s",
        f"{at(found.ends, 0.5):.2f} / {at(found.ends, 0.95):.2f} s",
        str(found.early),
        f"{at(found.stops, 0.5):.2f} / {at(found.stops, 0.95):.2f} s",
        str(found.stopped_for_nothing),
        str(found.never_stopped),
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure and print a table for models/reports/voice.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clips", type=Path)
    parser.add_argument("--barge-in", type=float, default=Pace().barge_in, help="seconds of speech that interrupt")
    wish = parser.parse_args()
    clips, pace = list(clips_in(wish.clips)), Pace(hands_free=True, barge_in=wish.barge_in)
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    for decibel in (None, 10.0, 5.0):
        found = Found()
        for clip in clips:
            listen(clip, decibel, found, pace)
        print(_row("none" if decibel is None else f"{decibel:.0f} dB", len(clips), found))
    seconds = sum(clip.seconds + BEFORE + AFTER for clip in clips)
    print(f"{len(clips)} clips, {seconds:.0f} s, each heard nine times; processor {time.process_time():.0f} s")


if __name__ == "__main__":
    main()
