"""What telephone exchanges and callers send."""

from __future__ import annotations

import asyncio
from typing import Any

from assistant.voice.dutch.numbers import cardinal
from assistant.voice.talk.ear import Final
from assistant.voice.telephone.audiosocket import AudioSocket
from assistant.voice.telephone.by_ear import by_ear
from assistant.voice.telephone.checks import checked
from assistant.voice.telephone.g711 import from_mulaw, to_8k, to_16k, to_mulaw
from assistant.voice.telephone.questions import Question
from assistant.voice.telephone.spelled import (
    figures_in,
    letters_in,
    only_figures,
    postcode_in,
    read_figures,
    spelling,
)
from assistant.voice.telephone.web_wires import AsteriskSocket, MediaStream
from assistant.voice.telephone.wire import Sound
from tests.security.test_fuzz import _Line, heard


def frames(data: bytes) -> None:
    """AudioSocket: whatever comes in ends the call at most."""

    async def play() -> None:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        for event in await heard(AudioSocket(reader, None)):  # type: ignore[arg-type]
            if isinstance(event, Sound):
                wide = to_16k(event.pcm, event.rate_hertz)
                assert len(to_8k(wide, 16_000)) in (len(wide) // 4 * 2, len(wide) // 2)

    asyncio.run(play())


def messages(data: bytes) -> None:
    """Both WebSockets, a message a line; a line with a `~` before it is sound."""
    lines: list[str | bytes] = [
        line[1:] if line.startswith(b"~") else line.decode("utf-8", "replace") for line in data.split(b"\n")
    ]
    for wire in (MediaStream, AsteriskSocket):
        asyncio.run(heard(wire(_Line(list(lines)))))  # type: ignore[arg-type]
    assert from_mulaw(to_mulaw(from_mulaw(data))) == from_mulaw(data), "sound changes on its way"


def said(data: bytes) -> None:
    """What somebody says when a name, a number or a postcode is asked for."""
    text = data.decode("utf-8", "replace").strip()
    if not text:  # the line itself asks again when nothing was understood
        return
    figures = figures_in(text)
    assert figures.isdecimal() or not figures
    assert figures or not only_figures(text) or not any(one.isdecimal() for one in text)
    postcode = postcode_in(text)
    assert not postcode or (postcode[:4].isascii() and postcode[:4].isdigit() and postcode[5:].isalpha()), postcode
    assert not any(one.isdecimal() for one in read_figures(figures) + letters_in(text) + spelling(text))
    for question in (None, *Question):
        for sure in (None, 0.1, 1.0):
            check = checked(question, Final(text, sure))
            assert check is None or _asked(check), "nothing is read back"
    assert by_ear(text, listens=False).strip() or not text.strip()


def _asked(check: Any) -> str:
    """Return the question that reads a value back, with its values instead of words around them."""
    asked: str = check.asked(lambda key, **values: key + " ".join(values.values()))
    return asked


def number(data: bytes) -> None:
    """A number that is said is heard as the same number."""
    value = int.from_bytes(data[:2], "big") % 100
    assert figures_in(cardinal(value)) == str(value)
