"""What stands around the words of an answer: title, words for an employer, buttons, cards and where new figures are.

As plain values that fit into JSON, because a version of an answer keeps them so:
`{"title": str, "employer": {"text", "simple", "spoken"} | None, "newest": str, "buttons": [title, ...],
"cards": [{"title", "subtitle", "lines": [[label, text], ...]}, ...]}`. Where a button leads to is no word and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from assistant.answers.findings import Finding
from assistant.answers.model import Answer, Words
from assistant.core.reply import Card

Around = dict[str, Any]
LONGEST_TITLE = 45
"""Characters on a button of the widget."""


def around_of(answer: Answer) -> Around:
    """Return what stands around the words of an answer."""
    return {
        "title": answer.title,
        "employer": asdict(answer.employer) if answer.employer else None,
        "newest": answer.newest,
        "buttons": [title for title, _ in answer.buttons],
        "cards": [
            {"title": card.title, "subtitle": card.subtitle, "lines": [list(line) for line in card.lines]}
            for card in answer.cards
        ],
    }


def own_part(around: Mapping[str, Any], standard: Answer) -> Around:
    """Return only what is not as the standard answer has it: a municipality follows the standard in the rest."""
    usual = around_of(standard)
    return {name: value for name, value in {**usual, **around}.items() if value != usual[name]}


def put_around(answer: Answer, around: Mapping[str, Any]) -> Answer:
    """Return the answer with this around it; what is not named stays. Titles of buttons only when all have one."""
    titles = around.get("buttons", [])
    if len(titles) != len(answer.buttons):
        titles = [title for title, _ in answer.buttons]
    found = {**around_of(answer), **around}
    employer = found["employer"]
    return replace(
        answer,
        title=found["title"].strip(),
        employer=Words(**{name: text.strip() for name, text in employer.items()}) if employer else None,
        newest=found["newest"].strip(),
        buttons=tuple((title.strip(), way) for title, (_, way) in zip(titles, answer.buttons, strict=True)),
        cards=tuple(
            Card(card["title"].strip(), card["subtitle"].strip(), tuple((at, text) for at, text in card["lines"]))
            for card in found["cards"]
        ),
    )


def misfits(answer: Answer) -> Iterator[Finding]:
    """Yield what cannot be shown as it is: too long for a button, empty, or with a value that nobody fills in there."""
    shown = [("title", answer.title)] * bool(answer.title) + [("knop", title) for title, _ in answer.buttons]
    for where, title in shown:
        if not title or len(title) > LONGEST_TITLE:
            size = f"heeft {len(title)} tekens, het moeten er 1 tot {LONGEST_TITLE} zijn"
            yield _finding(answer, f'{where}: "{title}" {size}')
    for number, card in enumerate(answer.cards, start=1):
        if not (card.title and all(label and text for label, text in card.lines)):
            yield _finding(answer, f"kaart {number}: een titel of een regel is leeg")
        texts = (card.title, card.subtitle, *(text for line in card.lines for text in line))
        shown += [("kaart", text) for text in texts]
    for where, text in shown:
        if set("{}[]") & set(text):
            yield _finding(answer, f'{where}: in "{text}" vult de assistent niets in; haal de haakjes weg')


def _finding(answer: Answer, message: str) -> Finding:
    return Finding(answer.file, answer.line, "fout", f"{answer.key}, {message}")
