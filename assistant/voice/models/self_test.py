"""Try what was installed: does it load, how many words are wrong, how fast is it, how much memory, and what follows."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.voice.listen.choose import open_recogniser
from assistant.voice.listen.engine import RATE_HERTZ, Recogniser, listen
from assistant.voice.models.clips import Clip, clips_in, spoken_clips
from assistant.voice.models.error_rate import error_rate
from assistant.voice.models.menu import Installed, Model
from assistant.voice.speak import Speaker, open_voice, speaker

FRAME_BYTES = RATE_HERTZ // 50 * 2
USABLE_ERROR, GOOD_ERROR = 0.35, 0.15
PATIENT_SECONDS = 1.0


@dataclass(frozen=True)
class Result:
    """What a recogniser made of clips."""

    pairs: tuple[tuple[str, str], ...]
    sound_seconds: float
    work_seconds: float
    slowest_final_seconds: float
    """The longest wait between the last frame and the final text."""
    is_streaming: bool

    @property
    def error(self) -> float:
        """Wrong words per word."""
        return error_rate(self.pairs)

    @property
    def factor(self) -> float:
        """Seconds of work per second of sound."""
        return self.work_seconds / self.sound_seconds if self.sound_seconds else 0.0

    @property
    def advice(self) -> str:
        """What this computer can offer with it."""
        if self.error > USABLE_ERROR:
            return "not good enough to offer: leave the microphone off"
        slow = self.factor > 0.5 or self.slowest_final_seconds > PATIENT_SECONDS
        if not self.is_streaming or slow:
            return "push-to-talk only" + (" (slow on this computer)" if slow else "")
        return "hands-free and telephone" if self.error <= GOOD_ERROR else "hands-free with read-back of what was heard"


def measure(engine: Recogniser, clips: Iterable[Clip]) -> Result:
    """Let an engine hear clips, frame by frame."""
    pairs, sound, work, slowest = [], 0.0, 0.0, 0.0
    for clip in clips:
        frames = [clip.pcm[at : at + FRAME_BYTES] for at in range(0, len(clip.pcm), FRAME_BYTES)]
        gone = [0.0]
        began = time.perf_counter()
        text = [heard.text for heard in listen(_counted(frames, gone), engine)][-1]
        ended = time.perf_counter()
        pairs.append((clip.transcript, text))
        sound, work, slowest = sound + clip.seconds, work + ended - began, max(slowest, ended - gone[0])
    return Result(tuple(pairs), sound, work, slowest, engine.kind == "streaming")


def _counted(frames: list[bytes], gone: list[float]) -> Iterator[bytes]:
    """Yield frames and note when the last one had gone in."""
    yield from frames
    gone[0] = time.perf_counter()


def self_test(models: Path, model: Model | None, folder: Path | None) -> Iterator[str]:
    """Yield the lines of a report. Raises ListenUnavailable, ModelInvalid or VoiceUnavailable."""
    if model is not None and model.task == "speak":
        voice = open_voice(models)
        first, factor = Speaker(voice).measure("Goedemiddag. Waar kan ik u mee helpen?")
        voice.close()
        yield f"{voice.name}: first sound after {first * 1000:.0f} ms, {factor:.3f} s of work per second of sound"
        return
    before = _memory()
    engine = open_recogniser(models, model)
    result = measure(engine, clips_in(folder) if folder else spoken_clips(speaker(models)))
    engine.close()
    if model is not None:
        Installed(models).worked(model)
    yield f"{engine.name}, {len(result.pairs)} clips of {result.sound_seconds:.0f} s in all"
    if not folder:
        yield "clips spoken by a computer: this shows that the engine works, not how well it understands people"
    yield f"word error rate {result.error:.1%}, {result.factor:.3f} s of work per second of sound"
    more = _memory() - before
    yield f"longest wait after the last sound {result.slowest_final_seconds:.2f} s, memory {more:.0f} MB more"
    yield f"advice: {result.advice}"


def _memory() -> float:
    """Return the most memory that this process has used, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
