"""The book of answers: all words in memory, chosen per conversation, read again when an editor saves a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answers.choose import button_of, dressed, fits, for_level, words_for
from assistant.answers.dates import dutch_date
from assistant.answers.editions import Edition
from assistant.answers.facts import full_sources, shown_sources
from assistant.answers.fill import fill, for_the_ear, without_stale
from assistant.answers.glossary import PREFIX as TERM
from assistant.answers.glossary import Term
from assistant.answers.model import Answer
from assistant.answers.municipality import NATIONAL
from assistant.answers.notices import PREFIX as NOTICE
from assistant.answers.opening_hours import AMSTERDAM
from assistant.answers.presence import presence
from assistant.answers.shelf import Shelf, read_shelf
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Reply

MAX_NEXT = 3
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True)
class Wording:
    """What a caller may add to an answer: values for the braces, and buttons before its own."""

    values: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()


class AnswerBook:
    """All answers: the standard ones and those of each municipality, as they are today."""

    def __init__(self, shelf: Shelf, now: Clock) -> None:
        self.shelf, self._now = shelf, now
        self.municipalities, self.facts, self.glossary = shelf.municipalities, shelf.facts, shelf.glossary
        standard = shelf.editions[0].standard
        self._made = dressed(shelf.glossary, shelf.notices, standard.get("begrip"))
        self.buttons = frozenset(key for edition in shelf.editions for key in edition.standard) | frozenset(self._made)
        """Keys that may come back from a client as a button."""

    @classmethod
    def read(cls, data: Path, today: Callable[[], dt.date] | None = None, now: Clock | None = None) -> AnswerBook:
        """Read everything under `data`; any mistake that would show in a talk is an `AnswerFileError`.

        `now` or `today` take the place of the clock, to see an answer as it will be on another day.
        """
        clock = now or _at_noon(today) if now or today else _amsterdam
        return cls(read_shelf(data), clock)

    def changed(self, editions: tuple[Edition, ...]) -> AnswerBook:
        """Return a book with other answers and everything else the same."""
        return AnswerBook(replace(self.shelf, editions=editions), self._now)

    @property
    def today(self) -> dt.date:
        """The day as this book sees it."""
        return self._now().date()

    @property
    def edition(self) -> Edition:
        """The answers that are in force today."""
        today = self.today
        return next(each for each in reversed(self.shelf.editions) if each.valid_from <= today)

    @property
    def standard(self) -> Mapping[str, Answer]:
        """The standard answers of today."""
        return self.edition.standard

    @property
    def local(self) -> Mapping[str, Mapping[str, Answer]]:
        """What differs today, per municipality."""
        return self.edition.local

    def find(self, key: str, municipality: str | None) -> Answer | None:
        """Return the answer for this municipality, or the standard one, or None when nobody wrote it."""
        edition = self.edition
        return (
            edition.local.get(municipality or NATIONAL, {}).get(key) or edition.standard.get(key) or self._made.get(key)
        )

    def title(self, key: str) -> str:
        """Return the short title of an answer in plain words, empty when it has none."""
        answer = self.find(key, None)
        return answer.title if answer else ""

    def word(self, key: str, context: TalkContext, wording: Wording | None = None) -> Reply:
        """Return the reply for a key, in the words for this context. An unknown key raises `KeyError`.

        `{values}` come from the caller, then from the municipality, then from the national file.
        """
        answer = self.find(key, context.municipality)
        if answer is None:
            raise KeyError(key)
        wording = wording or Wording()
        words, stale = words_for(answer, context), answer.is_stale(self.today)

        def said(text: str) -> str:
            values = {**self.values(context.municipality), **wording.values}
            if "{iemand_nu}" in text:
                values["iemand_nu"] = self._presence(context)
            return fill(without_stale(text, stale=stale, newest=answer.newest), values)

        shown = said(for_level(words, context))
        heard = said(words.spoken) if words.spoken and context.level == "b1" else for_the_ear(shown)
        return Reply(
            text=heard if context.is_spoken else shown,
            spoken=heard,
            buttons=wording.buttons + self._own_buttons(answer, context),
            cards=answer.cards,
            answer=key,
            source=self._source(answer),
            extra={"terms": [term.key for term in self.terms_in(shown)]} if answer.facts else {},
        )

    def values(self, municipality: str | None) -> dict[str, str]:
        """Return the values of a municipality, with the national ones where it has none."""
        values = dict(self.municipalities[NATIONAL].values) if NATIONAL in self.municipalities else {}
        own = self.municipalities.get(municipality or NATIONAL)
        return values | own.values if own else values

    def notices(self, context: TalkContext) -> tuple[Reply, ...]:
        """Return the notices of today for this municipality."""
        on = [each for each in self.shelf.notices if each.is_on(self.today, context.municipality)]
        return tuple(self.word(f"{NOTICE}{each.key}", context) for each in on)

    def was_told(self, notice: str, day: dt.date, municipality: str | None) -> bool:
        """Whether a notice, by the key of its reply, was on for the welcome of that day and municipality."""
        told = [each for each in self.shelf.notices if each.is_on(day, municipality)]
        return any(f"{NOTICE}{each.key}" == notice for each in told)

    def asks_source(self, text: str) -> bool:
        """Whether somebody asks where the last answer comes from."""
        return self.shelf.source_questions.in_sentence(text, "") is not None

    def source_of(self, key: str | None, context: TalkContext) -> Reply:
        """Return the reply that says where an answer comes from, in full; None stands for nothing said yet."""
        answer = self.find(key, context.municipality) if key else None
        if answer is None or not answer.facts or not answer.checked:
            return self.word("bron/niets" if answer is None else "bron/zonder", context)
        sources = full_sources(answer.facts, self.facts)
        values = {"datum": dutch_date(answer.checked), "bronnen": "; ".join(sources)}
        return self.word("bron/vandaan" if sources else "bron/zonder", context, Wording(values))

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """Return the difficult words in a text, each once, in its order."""
        return self.glossary.terms_in(text)

    def term_asked(self, text: str) -> str | None:
        """Return the key of the explanation that a sentence asks for ('wat betekent loonwaarde'), or None."""
        term = self.glossary.asked(text)
        return f"{TERM}{term.key}" if term else None

    def mix_up(self, text: str, answered_by: str) -> str | None:
        """Return the key of what puts right that a sentence takes one scheme for another, or None."""
        key = self.shelf.mix_ups.in_sentence(text, answered_by)
        return key if key and self.find(key, None) else None

    def _presence(self, context: TalkContext) -> str:
        own = self.municipalities.get(context.municipality or NATIONAL)
        key, values = presence(own.hours if own else None, self._now())
        return self.word(key, context, Wording(values=values)).text

    def _own_buttons(self, answer: Answer, context: TalkContext) -> tuple[Button, ...]:
        fixed = tuple(Button(title, payload) for title, payload in answer.buttons)
        others = (self.find(key, None) for key in answer.next)
        follow = [other for other in others if other and other.title and fits(other, context)]
        return fixed + tuple(map(button_of, follow[:MAX_NEXT]))

    def _source(self, answer: Answer) -> str:
        """Return where an answer comes from and when it was checked; empty for small talk and forms.

        A safety text has no such line either: nothing may stand between a person and the number.
        """
        says = answer.facts and answer.checked and not answer.key.startswith("veiligheid_")
        if not says or answer.checked is None or "bron/nagekeken" not in self.standard:
            return ""
        sources = shown_sources(answer.facts, self.facts)
        template = self.standard["bron/met_bron" if sources else "bron/nagekeken"].words.text
        return fill(template, {"datum": dutch_date(answer.checked), "bronnen": ", ".join(sources)})


def _amsterdam() -> dt.datetime:
    return dt.datetime.now(AMSTERDAM)


def _at_noon(today: Callable[[], dt.date] | None) -> Clock:
    assert today is not None
    return lambda: dt.datetime.combine(today(), dt.time(12), AMSTERDAM)
