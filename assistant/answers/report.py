"""Measure the texts and the wording: `python -m assistant.answers.report` writes models/reports/answers.md."""

from __future__ import annotations

import datetime as dt
import platform
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from assistant.answers.book import AnswerBook, Wording
from assistant.answers.check import findings
from assistant.answers.completeness import contexts
from assistant.answers.fill import fill
from assistant.answers.gate import LIMITS
from assistant.answers.intents import intent_ids
from assistant.answers.language import Measure, measure
from assistant.answers.read import VALUES, read_yaml
from assistant.answers.structure import texts_of

DATA, OUT = Path("data"), Path("models/reports/answers.md")
ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One text of one answer, as it was measured."""

    place: str
    level: str
    measured: Measure


def main() -> None:
    """Measure and write the report."""
    book = AnswerBook.read(DATA)
    given = dict.fromkeys(read_yaml(DATA / "answers" / VALUES), "naam")
    rows = list(_rows(book, given))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    parts = [_head(), _coverage(book), _speed(book, given), _levels(rows), _table(rows)]
    OUT.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _head() -> str:
    return (
        "# Answers: coverage, speed, readability\n\n"
        f"Measured on {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC with Python {platform.python_version()} by "
        "`python -m assistant.answers.report`. Scores are Flesch-Douma (higher is easier); a colon ends a sentence."
    )


def _coverage(book: AnswerBook) -> str:
    questions = [key for key in intent_ids(DATA) if key in book.standard]
    said = sum(bool(book.word(key, context).text) for key in questions for context in contexts(book))
    texts = [text for answer in book.standard.values() for text in texts_of(answer)]
    found = findings(DATA)
    lines = [
        ("Questions with words of their own", len(questions)),
        ("... × municipality × role × level × channel, said", f"{said} of {len(questions) * len(contexts(book))}"),
        ("Texts in the standard files", len(texts)),
        ("Texts of one municipality", sum(len(local) for local in book.local.values())),
        ("Facts in the register", len(book.facts)),
        ("Difficult words explained", len(book.glossary.terms)),
        ("`meedoen check`: mistakes", sum(finding.level == "fout" for finding in found)),
        ("`meedoen check`: to look at", sum(finding.level != "fout" for finding in found)),
    ]
    return "## Coverage\n\n" + _markdown(("what", "number"), lines)


def _speed(book: AnswerBook, given: dict[str, str]) -> str:
    times = []
    for _ in range(ROUNDS):
        for key in sorted(book.buttons):
            for context in contexts(book):
                began = time.perf_counter()
                book.word(key, context, Wording(given))
                times.append((time.perf_counter() - began) * 1000)
    times.sort()
    began = time.perf_counter()
    AnswerBook.read(DATA)
    loaded = (time.perf_counter() - began) * 1000
    lines = [
        ("Wording one reply, median (ms)", f"{median(times):.2f}"),
        ("Wording one reply, p95 (ms)", f"{times[int(len(times) * 0.95)]:.2f}"),
        ("Wording one reply, slowest (ms)", f"{times[-1]:.2f}"),
        ("Replies worded", len(times)),
        ("Reading all texts again after a change (ms)", f"{loaded:.0f}"),
    ]
    return "## Speed\n\n" + _markdown(("what", "number"), lines)


def _rows(book: AnswerBook, given: dict[str, str]) -> Iterable[Row]:
    for name, answers in (("", book.standard), *book.local.items()):
        values = book.values(name or None) | given
        for key, answer in sorted(answers.items()):
            for place, words in answer.variants() if answer.facts else ():
                for level in LIMITS:
                    if text := getattr(words, level):
                        yield Row(" ".join(filter(None, (name, key, place))), level, measure(fill(text, values)))


def _levels(rows: list[Row]) -> str:
    lines = []
    for level, limits in LIMITS.items():
        found = [row.measured for row in rows if row.level == level]
        lines.append(
            (
                level,
                len(found),
                f"{mean(each.mean_words for each in found):.1f}",
                f"{max(each.longest_words for each in found)} (at most {limits.words_in_sentence})",
                f"{mean(each.long_share for each in found):.0%}",
                f"{mean(each.flesch_douma for each in found):.0f}",
                f"{min(each.flesch_douma for each in found):.0f} (at least {limits.flesch_douma:.0f})",
            )
        )
    heads = ("level", "texts", "words per sentence", "longest sentence", "long words", "score, mean", "score, lowest")
    return "## Readability per level\n\n" + _markdown(heads, lines)


def _table(rows: list[Row]) -> str:
    by_place: dict[str, dict[str, Measure]] = {}
    for row in rows:
        by_place.setdefault(row.place, {})[row.level] = row.measured
    lines = []
    for place, levels in by_place.items():
        text, simple = levels["text"], levels.get("simple")
        easy = (
            (f"{simple.mean_words:.1f}", simple.longest_words, f"{simple.flesch_douma:.0f}") if simple else ("-",) * 3
        )
        lines.append((place, f"{text.mean_words:.1f}", text.longest_words, f"{text.flesch_douma:.0f}", *easy))
    heads = ("answer", "text: words per sentence", "longest", "score", "simple: words per sentence", "longest", "score")
    return "## Every answer with facts\n\n" + _markdown(heads, lines)


def _markdown(heads: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> str:
    rows = [heads, ("---",) * len(heads), *lines]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)


if __name__ == "__main__":
    main()
