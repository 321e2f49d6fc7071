"""A WAV file that says of itself that a computer made it, and the reader that checks this.

Two marks, because programs look in different places: the standard LIST/INFO chunk (software, comment, source), and a
chunk `aimk` with JSON for machines. The words for the kind of source are those of the IPTC newscodes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
CHUNK = b"aimk"


def write(pcm: bytes, rate_hertz: int, voice: str) -> bytes:
    """Return a mono 16-bit WAV file with both marks before the sound."""
    kind = "trainedAlgorithmicMedia" if voice.startswith("piper") else "algorithmicMedia"
    mark = {"synthetic": True, "digitalSourceType": SOURCES + kind, "voice": voice, "generator": "Meedoen"}
    info = {b"ISFT": "Meedoen", b"ISRC": SOURCES + kind, b"ICMT": f"synthetic=true; voice={voice}"}
    body = b"WAVE" + b"".join((
        _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate_hertz, rate_hertz * 2, 2, 16)),
        _chunk(b"LIST", b"INFO" + b"".join(_chunk(name, text.encode() + b"\0") for name, text in info.items())),
        _chunk(CHUNK, json.dumps(mark).encode()),
        _chunk(b"data", pcm),
    ))  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mark_of(wav: bytes) -> dict[str, Any] | None:
    """Return the mark of a file, None when it has none or is no WAV file."""
    for name, body in _chunks(wav):
        if name == CHUNK:
            raw: dict[str, Any] = json.loads(body)
            return raw
    return None


def seconds_of(wav: bytes) -> float:
    """Return how long a mono 16-bit file of ours sounds, in seconds."""
    chunks = dict(_chunks(wav))
    rate = struct.unpack("<HHI", chunks[b"fmt "][:8])[2]
    return len(chunks[b"data"]) / 2 / float(rate)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _chunks(wav: bytes) -> Iterator[tuple[bytes, bytes]]:
    if wav[:4] != b"RIFF" or wav[8:12] != b"WAVE":
        return
    at = 12
    while at + 8 <= len(wav):
        name, length = wav[at : at + 4], struct.unpack("<I", wav[at + 4 : at + 8])[0]
        yield name, wav[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
