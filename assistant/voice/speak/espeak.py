"""The embedded voice: espeak-ng, in a process of its own that is started again when it dies."""

from __future__ import annotations

import importlib.util
import json
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from assistant.voice.errors import VoiceUnavailable
from assistant.voice.speak.voice import Chunk

WORKER = Path(__file__).with_name("espeak_worker.py")
WORDS_PER_MINUTE = 150
"""At rate 1.0. espeak-ng's own 175 is too fast for who is not used to it."""
PATIENCE_SECONDS = 10.0
Frame = tuple[bytes, bytes]


def is_installed() -> bool:
    """Whether the package with the library is there."""
    return importlib.util.find_spec("espeakng_loader") is not None


class EspeakVoice:
    """espeak-ng. One sentence at a time; a sentence costs milliseconds, so who waits hardly waits."""

    reads_by_rule = True

    def __init__(self, voice: str = "nl") -> None:
        self._voice, self._lock = voice, threading.Lock()
        self._worker: _Worker | None = None
        self.rate_hertz, self.name = 22050, "espeak-ng"
        with self._lock:
            self._ready()

    def say(self, sentence: str, rate: float) -> Iterator[Chunk]:
        """Yield the sound of a sentence. It is made whole first, so a slow listener keeps nobody waiting."""
        wish = {"text": sentence, "rate": round(WORDS_PER_MINUTE * rate), "voice": self._voice}
        with self._lock:
            try:
                chunks = list(self._ready().say(wish))
            except VoiceUnavailable:
                self._drop()
                chunks = self._once_more(wish)
        yield from chunks

    def _once_more(self, wish: dict[str, object]) -> list[Chunk]:
        """Say it with a new worker, the old one died."""
        try:
            return list(self._ready().say(wish))
        except VoiceUnavailable:
            self._drop()
            raise

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._drop()

    def _ready(self) -> _Worker:
        if self._worker is None:
            self._worker = _Worker()
            self.rate_hertz = int(self._worker.hello["rate_hertz"])
            self.name = f"espeak-ng {self._worker.hello['version']}"
        return self._worker

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker:
    """The process and its pipes."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", str(WORKER)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        try:
            kind, body = self._frame()
            if kind != b"R":
                raise VoiceUnavailable(body.decode(errors="replace"))
        except VoiceUnavailable:
            self.end()
            raise
        self.hello: dict[str, str] = json.loads(body)

    def say(self, wish: dict[str, object]) -> Iterator[Chunk]:
        """Send a sentence and yield what comes back."""
        try:
            self._in.write(json.dumps(wish).encode() + b"\n")
        except OSError as error:
            raise VoiceUnavailable("espeak-ng worker is gone") from error
        words: list[tuple[int, float]] = []
        while (frame := self._frame())[0] != b"D":
            kind, body = frame
            if kind == b"X":
                raise VoiceUnavailable("espeak-ng refused a sentence")
            if kind == b"W":
                place, milliseconds = json.loads(body)
                words.append((int(place), milliseconds / 1000))
            else:
                yield Chunk(body, tuple(words))
                words.clear()

    def _frame(self) -> Frame:
        kind, length = struct.unpack("<cI", self._exactly(5))
        return kind, self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        """Read that many bytes, or raise VoiceUnavailable when the worker is silent or gone."""
        parts: list[bytes] = []
        until = time.monotonic() + PATIENCE_SECONDS
        while count:
            if not select.select([self._out], [], [], max(0.0, until - time.monotonic()))[0]:
                raise VoiceUnavailable("espeak-ng worker is silent")
            part = self._out.read(count)
            if not part:
                raise VoiceUnavailable("espeak-ng worker has ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """Stop the process and close its pipes."""
        self._process.kill()
        self._in.close()
        self._out.close()
        self._process.wait()
