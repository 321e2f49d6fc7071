"""The tests' own measure of 'this sentence was heard': it must know the same from another, also with holes in it."""

from __future__ import annotations

import random

import pytest

from tests.voice.compare import ALIKE, likeness, on_the_line

SAID = [
    "Goedendag. U spreekt met een computer, niet met een mens.",
    "Hoeveel uur per week wilt u werken? Ongeveer is goed.",
    "Deze toets doet nu niets.",
    "Dank u voor het bellen. Tot ziens.",
]
FRAME_BYTES = 320


@pytest.mark.parametrize("holes", [0, 6])
def test_a_sentence_is_found_where_it_is_and_another_is_not(real, holes):
    said = [on_the_line(real, text) for text in SAID]
    sound = b"".join(one + bytes(-len(one) % FRAME_BYTES) for one in said)  # each begins on a frame, as on the line
    frames = [sound[at : at + FRAME_BYTES] for at in range(0, len(sound), FRAME_BYTES)]
    chance = random.Random(7)
    for _ in range(holes):
        frames.insert(chance.randrange(len(frames)), bytes(FRAME_BYTES * chance.randrange(1, 40)))
    heard = b"".join(frames)
    found = [likeness(on_the_line(real, text), heard) for text in SAID]
    assert all(alike > ALIKE for alike, _ in found)
    assert [at for _, at in found] == sorted(at for _, at in found)
    for other in (
        "Ik verbind u door met een medewerker. Blijf aan de lijn.",
        "Het aantal cijfers klopt niet.",
        "K van Karel.",
    ):
        assert likeness(on_the_line(real, other), heard)[0] < ALIKE, other
