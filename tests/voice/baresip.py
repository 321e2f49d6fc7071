"""baresip, a real SIP telephone in a process of its own: it dials, presses keys, says a file, keeps what it heard."""

from __future__ import annotations

import asyncio
import json
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.conversations.conftest import free_port

RATE_HERTZ = 8_000
CONFIG = """
sip_listen 127.0.0.1:0
net_interface 127.0.0.1
audio_path {folder}
audio_source aufile,{folder}/silence.wav
audio_player aubridge,heard
audio_alert aubridge,ring
call_local_timeout 60
jitter_buffer_type off
audio_buffer 20-160
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{port}
snd_path {folder}
"""
ACCOUNT = "<sip:{number}@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1;dtmfmode=rtpevent\n"
SILENT_SECONDS = 180


class Baresip:
    """A telephone. Everything it tells is kept in `events`."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self._folder, self._process = folder, process
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.events: list[dict[str, Any]] = []

    async def open(self, port: int) -> None:
        """Take hold of its control socket."""
        for _ in range(200):
            assert self._process.returncode is None, "baresip ended"
            try:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
                return
            except OSError:
                await asyncio.sleep(0.05)
        raise AssertionError("baresip does not listen")

    async def listen(self) -> None:
        """Keep what it tells, netstrings of JSON."""
        assert self._reader is not None
        while True:
            try:
                length = await self._reader.readuntil(b":")
                self.events.append(json.loads((await self._reader.readexactly(int(length[:-1]) + 1))[:-1]))
            except (asyncio.IncompleteReadError, ConnectionError):
                return

    def command(self, name: str, params: str = "") -> None:
        """Give an order of its menu."""
        assert self._writer is not None
        body = json.dumps({"command": name, "params": params, "token": "t"})
        self._writer.write(f"{len(body)}:{body},".encode())

    async def dial(self, port: int) -> None:
        """Call whoever is at this UDP port, and wait until it is picked up."""
        self.command("dial", f"sip:meedoen@127.0.0.1:{port}")
        await self.until(lambda: self.has("CALL_ESTABLISHED"))

    async def press(self, keys: str) -> None:
        """Press keys, as fast as a quick finger."""
        for key in keys:
            self.command("sndcode", key)
            await asyncio.sleep(0.25)

    def say(self, pcm: bytes) -> None:
        """Say this (8 kHz), and be silent after it."""
        path = self._folder / f"say{len(list(self._folder.glob('say*.wav')))}.wav"
        _write(path, pcm + b"\0\0" * RATE_HERTZ * SILENT_SECONDS)
        self.command("ausrc", f"aufile,{path}")

    def has(self, kind: str) -> bool:
        """Whether it told of this."""
        return any(event.get("type") == kind for event in self.events)

    async def until(self, true: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait for anything."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def heard(self) -> bytes:
        """Return all that its decoder made of our packets, after the call."""
        (path,) = self._folder.glob("dump-*dec*.wav")
        with wave.open(str(path)) as sound:
            assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (RATE_HERTZ, 2, 1)
            return sound.readframes(sound.getnframes())

    async def end(self) -> None:
        """Stop it."""
        if self._writer is not None:
            self._writer.close()
        if self._process.returncode is None:
            self._process.terminate()
        await asyncio.wait_for(self._process.wait(), 10)


def _write(path: Path, pcm: bytes) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, RATE_HERTZ, 0, "NONE", ""))
        sound.writeframes(pcm)


def _modules() -> Path:
    return next(path.parent for path in Path("/usr/lib").rglob("baresip/modules/g711.so"))


@asynccontextmanager
async def baresip(folder: Path, number: str) -> AsyncIterator[Baresip]:
    """A telephone with a number; what it needs and what it heard is in the folder."""
    port = free_port()
    _write(folder / "silence.wav", b"\0\0" * RATE_HERTZ * SILENT_SECONDS)
    (folder / "config").write_text(CONFIG.format(folder=folder, modules=_modules(), port=port))
    (folder / "accounts").write_text(ACCOUNT.format(number=number))
    (folder / "contacts").write_text("")
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            "baresip", "-4", "-f", str(folder), stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
        )
    telephone = Baresip(folder, process)
    try:
        await telephone.open(port)
        listening = asyncio.create_task(telephone.listen())
        yield telephone
        listening.cancel()
    finally:
        await telephone.end()
