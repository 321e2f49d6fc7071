"""The plain-language gate: every text within the limits of its level, and `simple` really simpler than `text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.errors import AnswerFileError
from assistant.answers.fill import fill
from assistant.answers.findings import Finding, line_of
from assistant.answers.glossary import PREFIX, Glossary, Term
from assistant.answers.language import Measure, measure, words_of
from assistant.answers.model import Answer
from assistant.answers.read import entries_in

HARD = 14
"""Letters from which a word must be in the glossary, or among the ordinary words of uitzonderingen.yml."""
_ABBREVIATION = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True)
class Limits:
    """What a text of one level may have at most, and what it must have at least."""

    words_in_sentence: int
    mean_words: float
    long_share: float
    figures_in_sentence: int
    passives: int
    flesch_douma: float


LIMITS = {
    "text": Limits(18, 13.0, 0.17, 4, 1, 55.0),
    "simple": Limits(10, 9.0, 0.12, 2, 0, 70.0),
}


@dataclass(frozen=True)
class Exceptions:
    """Rules that a text may break, with the reason on paper, and long words that everybody knows."""

    rules: Mapping[str, frozenset[str]]
    ordinary: frozenset[str]
    file: str = ""

    @classmethod
    def read(cls, path: Path) -> Exceptions:
        """Read uitzonderingen.yml; an entry without `rules` and `reason` is refused."""
        rules, ordinary = {}, set()
        for key, raw in entries_in(path) if path.exists() else ():
            if len(str(raw.get("reason") or "")) < 10:
                raise AnswerFileError(path.as_posix(), raw["__line__"], f"{key}: schrijf bij reason waarom dit mag")
            rules[key] = frozenset(raw.get("rules") or ())
            ordinary |= {str(word).casefold() for word in raw.get("words") or ()}
        return cls(rules, frozenset(ordinary), path.as_posix())

    def allow(self, key: str, rule: str) -> bool:
        """Whether this answer may break this rule; `formulier/*` counts for every key that begins so."""
        stars = ("/".join(key.split("/")[:count]) + "/*" for count in range(1, key.count("/") + 1))
        return any(rule in self.rules.get(name, ()) for name in (key, *stars))


@dataclass(frozen=True)
class Gate:
    """The gate with everything that it needs to judge a text."""

    glossary: Glossary
    exceptions: Exceptions
    names: frozenset[str] = frozenset()
    """Names of municipalities, in lower case; they need no explanation."""

    def judge(self, answer: Answer, values: Mapping[str, str]) -> Iterator[Finding]:
        """Yield what is too hard in an answer, as a person of one municipality reads it."""
        for place, words in answer.variants() if not answer.key.startswith(PREFIX) else ():
            measured: dict[str, Measure] = {}
            for level, limits in LIMITS.items():
                if text := getattr(words, level):
                    read = fill(text, _Anything(values))
                    measured[level] = measure(read)
                    for rule, message in [*_over(measured[level], limits), *self._jargon(read, values)]:
                        if not self.exceptions.allow(answer.key, rule):
                            yield _finding(answer, place, level, f"{message} ({rule})", measured[level])
            if "simple" not in measured and (answer.private or not answer.facts):
                yield from self._easy_enough(answer, place, measured["text"])
            elif answer.facts and not self.exceptions.allow(answer.key, "makkelijker"):
                yield from _not_simpler(answer, place, measured)

        yield from self._beside(answer, values)

    def judge_term(self, term: Term) -> Iterator[Finding]:
        """Yield what is too hard in the explanation of a difficult word; the word itself may be as hard as it is."""
        for name, text, most in (("explanation", term.explanation, 10), ("example", term.example, 14)):
            found = measure(text)
            line = line_of(term.file, term.line, f"{name}:")
            if found.longest_words > most and not self.exceptions.allow(f"begrip/{term.key}", "zinslengte"):
                message = (
                    f"{term.key}, {name}: een zin van {found.longest_words} woorden, hoogstens {most} (zinslengte)"
                )
                yield Finding(term.file, line, "fout", message)

    def _beside(self, answer: Answer, values: Mapping[str, str]) -> Iterator[Finding]:
        """Yield what is too hard beside the text: lines of cards are easy, the way to new figures is as a text."""
        beside = [(f"kaart {card.title}", "simple", text) for card in answer.cards for _, text in card.lines]
        beside += [("newest", "text", answer.newest)] * bool(answer.newest)
        for place, level, text in beside:
            read = fill(text, _Anything(values))
            found = measure(read)
            over = [*_over(found, LIMITS[level]), *self._jargon(read, values)]
            for rule, message in over:
                # An address of a website makes a short sentence hard by the numbers; its length still counts.
                if (place != "newest" or rule == "zinslengte") and not self.exceptions.allow(answer.key, rule):
                    yield _finding(answer, "", place, f"{message} ({rule})", found)

    def _easy_enough(self, answer: Answer, place: str, text: Measure) -> Iterator[Finding]:
        """A text without an easier variant is itself within the limits of that variant."""
        for rule, message in _over(text, LIMITS["simple"]):
            if not (self.exceptions.allow(answer.key, rule) or self.exceptions.allow(answer.key, "makkelijker")):
                yield _finding(answer, place, "text", f"simple ontbreekt, en text heeft {message} ({rule})", text)

    def _jargon(self, text: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        known = {form.casefold() for term in self.glossary.terms_in(text) for form in (term.term, *term.forms)}
        known |= {part for form in known for part in form.split()} | self.names
        known |= {word.casefold() for value in values.values() for word in words_of(value)}
        for word in dict.fromkeys(words_of(text)):
            hard = len(word) >= HARD or _ABBREVIATION.fullmatch(word)
            if hard and word.casefold() not in known | self.exceptions.ordinary:
                yield "jargon", f'"{word}" staat niet in begrippen.yml en wordt niet uitgelegd'


class _Anything(dict[str, str]):
    """Values of a municipality, and one word for whatever the program fills in."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return "naam"


def _over(found: Measure, limits: Limits) -> Iterator[tuple[str, str]]:
    if found.longest_words > limits.words_in_sentence:
        yield "zinslengte", f"een zin van {found.longest_words} woorden, hoogstens {limits.words_in_sentence}"
    if found.mean_words > limits.mean_words:
        yield "gemiddelde", f"gemiddeld {found.mean_words:.1f} woorden per zin, hoogstens {limits.mean_words:.0f}"
    if found.long_share > limits.long_share and found.words > 25:
        yield "lange_woorden", f"{found.long_share:.0%} lange woorden, hoogstens {limits.long_share:.0%}"
    if found.most_figures > limits.figures_in_sentence:
        yield "cijfers", f"{found.most_figures} getallen in een zin, hoogstens {limits.figures_in_sentence}"
    if len(found.passives) > limits.passives:
        yield "lijdend", f'lijdende vorm: "{found.passives[-1]}"'
    if found.flesch_douma < limits.flesch_douma and found.words > 10:
        yield "leesbaarheid", f"Flesch-Douma {found.flesch_douma:.0f}, minstens {limits.flesch_douma:.0f}"


def _not_simpler(answer: Answer, place: str, measured: Mapping[str, Measure]) -> Iterator[Finding]:
    text, simple = measured["text"], measured.get("simple")
    if simple is None:
        yield _finding(answer, place, "text", "simple ontbreekt (makkelijker)", text)
    elif simple.mean_words >= text.mean_words or simple.flesch_douma < text.flesch_douma:
        message = (
            f"simple is niet makkelijker dan text: {simple.mean_words:.1f} tegen {text.mean_words:.1f} woorden per zin"
            f", leesbaarheid {simple.flesch_douma:.0f} tegen {text.flesch_douma:.0f} (makkelijker)"
        )
        yield _finding(answer, place, "simple", message, simple)


def _finding(answer: Answer, place: str, level: str, message: str, found: Measure) -> Finding:
    where = " ".join(part for part in (place, level) if part)
    start = line_of(answer.file, answer.line, f"{place}:") if place else answer.line
    line = line_of(answer.file, start, f"{level}:")
    shown = f': "{found.longest_sentence}"' if "zinslengte" in message else ""
    return Finding(answer.file, line, "fout", f"{answer.key}, {where}: {message}{shown}")
