"""The book of answers: all words in memory, chosen per conversation, read again when an editor saves a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answers import read
from assistant.answers.fill import fill, for_the_ear, without_stale
from assistant.answers.model import Answer, MunicipalityWords, Words
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Reply

NATIONAL = "landelijk"
MAX_NEXT = 3


@dataclass(frozen=True)
class Wording:
    """What a caller may add to an answer: values for the braces, and buttons before its own."""

    values: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()


class AnswerBook:
    """All answers: the standard ones and those of each municipality."""

    def __init__(
        self,
        standard: Mapping[str, Answer],
        local: Mapping[str, Mapping[str, Answer]],
        municipalities: Mapping[str, MunicipalityWords],
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self.standard, self.local, self.municipalities = standard, local, municipalities
        self._today = today
        self.buttons = frozenset(standard)
        """Keys that may come back from a client as a button."""

    @classmethod
    def read(cls, data: Path, today: Callable[[], dt.date] = dt.date.today) -> AnswerBook:
        """Read `data/answers` and `data/municipalities`; any mistake is an `AnswerFileError` with file and line."""
        directory = data / "answers"
        standard = {key: read.standard_answer(key, raw, path) for key, raw, path in read.answers_in(directory)}
        files = sorted((data / "municipalities").glob("*.yml"))
        municipalities = {words.id: words for words in map(read.municipality, files)}
        local = {
            name: {
                key: read.local_answer(key, raw, path, standard.get(key))
                for key, raw, path in read.answers_in(directory / name)
            }
            for name in municipalities
        }
        return cls(standard, local, municipalities, today)

    def find(self, key: str, municipality: str | None) -> Answer | None:
        """Return the answer for this municipality, or the standard one, or None when nobody wrote it."""
        return self.local.get(municipality or "", {}).get(key) or self.standard.get(key)

    def title(self, key: str) -> str:
        """Return the short title of an answer in plain words, empty when it has none."""
        answer = self.standard.get(key)
        return answer.title if answer else ""

    def word(self, key: str, context: TalkContext, wording: Wording | None = None) -> Reply:
        """Return the reply for a key, in the words for this context. An unknown key raises `KeyError`.

        `{values}` come from the caller, then from the municipality, then from the national file.
        """
        answer = self.find(key, context.municipality)
        if answer is None:
            raise KeyError(key)
        wording = wording or Wording()
        values = {**self._values(context.municipality), **wording.values}
        words = answer.employer if context.role == "werkgever" and answer.employer else answer.words
        stale = answer.is_stale(self._today())

        def said(text: str) -> str:
            return fill(without_stale(text, stale=stale, newest=answer.newest), values)

        shown = said(_for_level(words, context))
        heard = said(words.spoken) if words.spoken and context.level == "b1" else for_the_ear(shown)
        return Reply(
            text=heard if context.is_spoken else shown,
            spoken=heard,
            buttons=wording.buttons + self._own_buttons(answer, context),
            answer=key,
            source=_source(answer),
        )

    def _values(self, municipality: str | None) -> dict[str, str]:
        values = dict(self.municipalities[NATIONAL].values) if NATIONAL in self.municipalities else {}
        own = self.municipalities.get(municipality or NATIONAL)
        return values | own.values if own else values

    def _own_buttons(self, answer: Answer, context: TalkContext) -> tuple[Button, ...]:
        fixed = tuple(Button(title, payload) for title, payload in answer.buttons)
        follow = [self.standard[key] for key in answer.next if key in self.standard and self.standard[key].title]
        fitting = [other for other in follow if _fits(other, context)][:MAX_NEXT]
        return fixed + tuple(Button(other.title, f"/{other.key}") for other in fitting)


def _for_level(words: Words, context: TalkContext) -> str:
    return words.simple if context.level == "a2" and words.simple else words.text


def _fits(answer: Answer, context: TalkContext) -> bool:
    return context.role is None or answer.audience in (context.role, "beide", "algemeen")


def _source(answer: Answer) -> str:
    return f"Nagekeken op {dutch_date(answer.checked)}" if answer.facts and answer.checked else ""


_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def dutch_date(day: dt.date) -> str:
    """Return '21 november 2026'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
