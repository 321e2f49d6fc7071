"""Who talks to us hears and reads at once that it is a computer (AI Act, 2024/1689, article 50 paragraph 1)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers import AnswerBook
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.voice.dutch import sentences
from assistant.voice.read_aloud import ReadAloud
from assistant.voice.speak.silent import SilentVoice
from assistant.voice.speak.speaker import Speaker
from assistant.voice.speak.voice import Chunk

DATA = Path(__file__).resolve().parents[3] / "data"
PLACES = (None, "almere", "steenwijkerland")


@pytest.fixture(scope="module")
def book() -> AnswerBook:
    return AnswerBook.read(DATA)


def beginning(text: str, count: int) -> str:
    """Return the first sentences of a text."""
    found = [text[each.start : each.end] for each in sentences(text)]
    return " ".join(found[:count]).lower()


@pytest.mark.parametrize("level", ["b1", "a2"])
@pytest.mark.parametrize("key", ["welkom", "welkom_werkgever", "telefoon/welkom"])
@pytest.mark.parametrize("place", PLACES)
def test_a_talk_begins_in_writing_with_what_we_are(book: AnswerBook, place: str | None, key: str, level: str) -> None:
    reply = book.word(key, TalkContext(place, None, "web", level=level))  # type: ignore[arg-type]
    assert "computer" in beginning(reply.text, 3), reply.text
    assert "computer" in beginning(reply.spoken or reply.text, 3), reply.spoken


class Listening(SilentVoice):
    """A voice that remembers which sentences it turned into sound, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, sentence: str, rate: float) -> Iterator[Chunk]:
        """As the silent voice."""
        self.said.append(sentence)
        yield from super().say(sentence, rate)


@pytest.mark.parametrize("index", [0, 3])
def test_the_first_sentence_that_sounds_says_it_too_wherever_somebody_starts_to_listen(
    book: AnswerBook, index: int
) -> None:
    voice = Listening()
    aloud = ReadAloud(lambda: Speaker(voice), lambda: book)
    first = asyncio.run(aloud.speak("talk", index, Reply("Er zijn drie plekken in Steenwijk."), 1.0))
    assert "computer" in voice.said[0].lower()
    assert "computer" in first.said_first.lower()
    voice.said.clear()
    asyncio.run(aloud.speak("talk", index + 1, Reply("De eerste is in het groen."), 1.0))
    assert "computer" not in voice.said[0].lower(), "once is enough"
