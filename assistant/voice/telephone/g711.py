"""Sound of telephone lines: mu-law (ITU-T G.711) and changes of rate, without a library.

Python's own audioop is gone from 3.13; numpy is no dependency of the app.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import accumulate, pairwise

BIAS, CLIP = 0x84, 32635


@lru_cache(maxsize=1)
def _decoded() -> list[int]:
    return [_decode(byte) for byte in range(256)]


def _decode(byte: int) -> int:
    byte = ~byte & 0xFF
    sample = (((byte & 0x0F) << 3) + BIAS << ((byte & 0x70) >> 4)) - BIAS
    return -sample if byte & 0x80 else sample


@lru_cache(maxsize=1)
def _encoded() -> bytes:
    """Return the byte of every sample, by its unsigned 16-bit value."""
    return bytes(_encode(sample if sample < 32768 else sample - 65536) for sample in range(65536))


def _encode(sample: int) -> int:
    sign = 0x80 if sample < 0 else 0
    magnitude = min(CLIP, abs(sample)) + BIAS
    exponent = max(0, magnitude.bit_length() - 8)
    return ~(sign | exponent << 4 | (magnitude >> exponent + 3) & 0x0F) & 0xFF


def from_mulaw(data: bytes) -> bytes:
    """Return mu-law bytes as signed 16-bit samples."""
    table = _decoded()
    return array("h", [table[byte] for byte in data]).tobytes()


def to_mulaw(pcm: bytes) -> bytes:
    """Return signed 16-bit samples as mu-law bytes."""
    table = _encoded()
    return bytes([table[sample] for sample in array("H", pcm)])


def to_16k(pcm: bytes, rate_hertz: int) -> bytes:
    """Return sound of 8 or 16 kHz as 16 kHz, with a straight line between samples."""
    if rate_hertz == 16_000:
        return pcm
    low = array("h", pcm)
    high = array("h", bytes(len(pcm) * 2))
    high[0::2] = low
    high[1::2] = array("h", [(one + other) >> 1 for one, other in zip(low, [*low[1:], *low[-1:]], strict=True)])
    return high.tobytes()


def to_8k(pcm: bytes, rate_hertz: int) -> bytes:
    """Return sound of a voice at 8 kHz: each sample is the mean of those it stands for, so that little folds back."""
    if rate_hertz == 8_000:
        return pcm
    samples = array("h", pcm)
    sums = [0, *accumulate(samples)]
    step = rate_hertz / 8_000
    edges = [int(at * step) for at in range(int(len(samples) / step) + 1)]
    return array("h", [
        (sums[end] - sums[start]) // (end - start) for start, end in pairwise(edges)
    ]).tobytes()  # fmt: skip
