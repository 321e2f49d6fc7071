"""How a question of a form is answered on a telephone: by keys, and with what care by voice."""

from __future__ import annotations

import re
from enum import StrEnum

NAMELESS = "Beller"
"""The name that goes with a registration by keys alone: a member of staff asks for the real one."""
SPELL = "/spellen"
"""The choice to spell the name with the keys; it stays inside the telephone."""
SKIP = "overslaan"


class Question(StrEnum):
    """What is asked, as far as the telephone treats it in a way of its own."""

    NAME = "naam"
    CONTACT = "contact"
    POSTCODE = "woonplaats"
    NUMBER = "registratienummer"
    """Number of a registration: a year and five figures."""
    OTHER = "anders"
    """A question without choices: only a voice can answer it."""


_ASKED = re.compile(
    r"^(?:vraag|fout|nodig)/(?:[a-z_]+/)??(?P<slot>naam|contact|woonplaats|registratienummer)(?:/anders)?$"
)
LENGTH = {Question.CONTACT: range(10, 14), Question.POSTCODE: range(4, 5), Question.NUMBER: range(5, 10)}
"""How many figures an answer has."""


def question_of(answers: list[str | None]) -> Question | None:
    """Return what the last of these answers asks; None when nothing is asked."""
    last = next((key for key in reversed(answers) if key), "") or ""
    if match := _ASKED.match(last):
        return Question(match["slot"])
    return Question.OTHER if last.startswith("vraag/") else None


def as_message(question: Question, figures: str) -> str:
    """Return figures as somebody would have typed the answer."""
    if question is Question.NUMBER and len(figures) == 9:
        return f"AW-{figures[:4]}-{figures[4:]}"
    return figures
