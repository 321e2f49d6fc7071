"""Clips to measure with: a folder with manifest.tsv (file, transcript, ...), or sentences spoken by our own voice."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import io
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.voice.errors import ModelInvalid
from assistant.voice.listen.engine import RATE_HERTZ
from assistant.voice.speak import Speaker


@dataclass(frozen=True)
class Clip:
    """Sound at 16 kHz and what is said in it."""

    pcm: bytes
    transcript: str
    speaker: str

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.pcm) / 2 / RATE_HERTZ


def clips_in(folder: Path, most: int = 80) -> Iterator[Clip]:
    """Yield the clips of a folder. WAV is read here; FLAC needs the package soundfile."""
    manifest = folder / "manifest.tsv"
    if not manifest.exists():
        raise ModelInvalid(f"{folder} has no manifest.tsv")
    with manifest.open(encoding="utf-8", newline="") as file:
        for row in list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:most]:
            yield Clip(sound_of(folder / row["file"]), row["transcript"], row.get("group") or row.get("speaker") or "")


def spoken_clips(speaker: Speaker) -> Iterator[Clip]:
    """Yield test sentences in our own voice: they show that an engine works, and nothing about people."""
    sentences = yaml.safe_load(Path(__file__).with_name("test_sentences.yml").read_text(encoding="utf-8"))
    for sentence in sentences:
        yield Clip(_read(io.BytesIO(speaker.speak(sentence).wav)), sentence, speaker.voice.name)


def sound_of(path: Path) -> bytes:
    """Return a clip at 16 kHz. WAV is read here; FLAC needs the package soundfile. Raises ModelInvalid."""
    if not path.exists():
        raise ModelInvalid(f"{path.name} is not there")
    if path.suffix == ".wav":
        with path.open("rb") as file:
            return _read(io.BytesIO(file.read()))
    if importlib.util.find_spec("soundfile") is None:
        raise ModelInvalid(f"{path.name} needs the package soundfile; WAV files need nothing")
    samples, rate = importlib.import_module("soundfile").read(str(path), dtype="int16")
    return resampled(array("h", samples.tolist()), int(rate))


def _read(file: io.BytesIO) -> bytes:
    with wave.open(file) as sound:
        if (sound.getsampwidth(), sound.getnchannels()) != (2, 1):
            raise ModelInvalid("clips are mono with 16 bits a sample")
        return resampled(array("h", sound.readframes(sound.getnframes())), sound.getframerate())


def resampled(samples: array[int], rate_hertz: int, to_hertz: int = RATE_HERTZ) -> bytes:
    """Return samples at another rate, by straight lines between them: enough for speech."""
    if rate_hertz == to_hertz or not samples:
        return samples.tobytes()
    step, last = rate_hertz / to_hertz, len(samples) - 1
    made = array("h")
    for at in range(int(len(samples) / step)):
        place = at * step
        left = int(place)
        share = place - left
        made.append(round(samples[left] * (1 - share) + samples[min(last, left + 1)] * share))
    return made.tobytes()
