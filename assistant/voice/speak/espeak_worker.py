"""espeak-ng in a process of its own, started by `espeak.py`; a program by itself that imports nothing of this house.

espeak-ng is GPL-3.0-or-later and comes from the package espeakng-loader. It is global state and may end its process,
so it lives here. Standard input: one JSON line per sentence, {"text", "rate", "voice"}. Standard output: frames of a
letter, a length (unsigned 32 bit, little-endian) and that many bytes: R = ready (JSON), A = sound (PCM 16 bit),
W = word (JSON [place, milliseconds]), D = done, X = failed. It ends when its input ends.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import shutil
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

SYNCHRONOUS, DONT_EXIT, UTF8, ENDPAUSE = 2, 0x8000, 1, 0x1000
BUFFER_MILLISECONDS = 240
"""Of a piece of sound. A sentence is made whole before it is passed on: smaller comes no sooner and costs more."""
EVENT_END, EVENT_WORD = 0, 1
RATE_PARAMETER = 1
LONGEST_DATA_PATH = 140
"""espeak-ng gives up on data paths of about 150 characters."""


class Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h, version 1.52."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


def main() -> None:
    """Speak every line that comes in."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    library, rate = start()
    if rate <= 0:
        frame(out, b"X", b"espeak-ng did not start")
        return
    speaking = Callback(lambda sound, count, events: hear(out, sound, count, events))
    library.espeak_SetSynthCallback(speaking)
    library.espeak_Info.restype = ctypes.c_char_p
    version = (library.espeak_Info(None) or b"").decode().split(" ")[0]
    frame(out, b"R", json.dumps({"rate_hertz": rate, "version": version}).encode())
    for line in sys.stdin.buffer:
        speak(library, out, json.loads(line))


def start() -> tuple[ctypes.CDLL, int]:
    """Load the library and return it with its sample rate; a rate of 0 or less means that it did not start."""
    espeakng_loader: Any = importlib.import_module("espeakng_loader")
    library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    data = short_path(Path(espeakng_loader.get_data_path()))
    rate = library.espeak_Initialize(SYNCHRONOUS, BUFFER_MILLISECONDS, os.fsencode(data), DONT_EXIT)
    return library, rate


def short_path(data: Path) -> Path:
    """Return a path to the data that espeak-ng can bear: a link in the folder for temporary files when it is long."""
    if len(os.fsencode(data)) <= LONGEST_DATA_PATH:
        return data
    folder = Path(tempfile.mkdtemp(prefix="espeak"))
    link = folder / data.name
    try:
        link.symlink_to(data, target_is_directory=True)
    except OSError:
        shutil.copytree(data, link)
    return link


def speak(library: ctypes.CDLL, out: BinaryIO, wish: dict[str, object]) -> None:
    """Say one sentence."""
    text = str(wish["text"]).encode()
    library.espeak_SetVoiceByName(str(wish["voice"]).encode())
    library.espeak_SetParameter(RATE_PARAMETER, int(str(wish["rate"])), 0)
    failed = library.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8 | ENDPAUSE, None, None)
    frame(out, b"X" if failed else b"D", b"")


def hear(out: BinaryIO, sound: Any, count: int, events: Any) -> int:
    """Pass on what espeak-ng made; the words of a piece go before its sound."""
    at = 0
    while events[at].type != EVENT_END:
        if events[at].type == EVENT_WORD:
            place = [events[at].text_position - 1, events[at].audio_position]
            frame(out, b"W", json.dumps(place).encode())
        at += 1
    if sound and count > 0:
        frame(out, b"A", ctypes.string_at(sound, count * 2))
    return 0


def frame(out: BinaryIO, kind: bytes, body: bytes) -> None:
    """Write one frame whole."""
    out.write(struct.pack("<cI", kind, len(body)) + body)


if __name__ == "__main__":
    main()
