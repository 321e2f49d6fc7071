"""Text that becomes speech, and speech that becomes text."""

from __future__ import annotations

import io
import json

from assistant.voice.browser.messages import read, read_start
from assistant.voice.dutch import sentences, spoken
from assistant.voice.errors import MessageNotUnderstood
from assistant.voice.listen.repair import repaired
from assistant.voice.listen.wyoming import _receive
from assistant.voice.speak import wav

LONGEST_SENTENCE = 300
MOST_PER_SIGN = 40
"""Letters that one sign may become: '¾', '€', a figure."""


def normalised(data: bytes) -> None:
    text = data.decode("utf-8", "replace")[:LONGEST_SENTENCE]
    for by_rule in (False, True):
        made = spoken(text, by_rule=by_rule)
        assert not any(one.isdecimal() for one in made.text), "a figure is left to the voice"
        assert len(made.text) <= MOST_PER_SIGN * (len(text) + 1)
        at = -1
        for place, start, end in made.stretches:
            assert at <= place <= len(made.text) and 0 <= start < end <= len(text)
            at = place
        for place in range(0, len(made.text), 7):
            start, end = made.source(place)
            assert 0 <= start <= end <= len(text)


def cut(data: bytes) -> None:
    """Sentences follow each other, none is too long, and no letter is lost."""
    text = data.decode("utf-8", "replace")
    at = 0
    kept = ""
    for one in sentences(text):
        assert at <= one.start < one.end <= len(text), "sentences overlap"
        assert one.end - one.start <= LONGEST_SENTENCE + 2, "too long for a voice"
        kept, at = kept + text[one.start : one.end], one.end
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]


def repair(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    made = repaired(text)
    assert len(made) <= 4 * len(text) + 4
    assert bool(text.strip()) == bool(made.strip())


def page(data: bytes) -> None:
    """What the page says over its socket."""
    text = data.decode("utf-8", "replace")
    for reader in (read, read_start):
        try:
            said = reader(text)
        except MessageNotUnderstood:
            continue
        assert said.type == json.loads(text)["type"]


def server(data: bytes) -> None:
    """What a speech server says: an event, or what is taken for a line that broke (`WyomingRecogniser._talk`)."""
    try:
        kind, values = _receive(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type,type-var]
    except (OSError, ValueError):
        return
    assert isinstance(kind, str) and isinstance(values, dict)


def sound_file(data: bytes) -> None:
    mark = wav.mark_of(data) if data[:4] != b"RIFF" else None
    assert mark is None
    made = wav.write(data[: len(data) // 2 * 2], 22_050, data[:8].decode("utf-8", "replace"))
    found = wav.mark_of(made)
    assert found is not None and found["synthetic"] is True
    assert round(wav.seconds_of(made) * 22_050) == len(data) // 2
