"""A question that somebody took over from the messages that were not understood, until the house can answer it.

overgenomen with a name, a description and first sentences (a reviewer) → an answer (an editor) → one file with
everything (a developer) → a training. Without an answer there is no file: the house learns no question that it cannot
answer.
"""

from __future__ import annotations

from enum import StrEnum

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.corrections import LEARN, goes_to
from assistant.review.learning_models import TopicProposal
from assistant.review.proposals import TAKEN

Answer = dict[str, str]
"""title, text and simple."""


class Standing(StrEnum):
    """How far a question is that was taken over, in the words of the page."""

    BARE = "nog geen omschrijving en zinnen"
    NO_ANSWER = "nog geen antwoord"
    TO_ADD = "wacht op een ontwikkelaar"
    KNOWN = "de assistent kent deze vraag"


def standing(row: TopicProposal, *, is_known: bool, has_answer: bool) -> Standing:
    """Return how far it is. is_known: the model has the intent; has_answer: the house has a text under its name."""
    if is_known and has_answer:
        return Standing.KNOWN
    if not (row.description and row.chosen):
        return Standing.BARE
    return Standing.TO_ADD if row.answer or has_answer else Standing.NO_ANSWER


def questions(session: Session, scope: Scope) -> list[TopicProposal]:
    """Return what was taken over, the oldest first."""
    mine = (TopicProposal.state == TAKEN, within(TopicProposal.municipality, scope))
    return list(session.scalars(select(TopicProposal).where(*mine).order_by(TopicProposal.id)))


def question_in(session: Session, proposal_id: int, scope: Scope) -> TopicProposal | None:
    """Return one of them, None out of scope."""
    mine = (TopicProposal.id == proposal_id, TopicProposal.state == TAKEN, within(TopicProposal.municipality, scope))
    return session.scalar(select(TopicProposal).where(*mine))


def as_files(row: TopicProposal, group: str) -> str:
    """Return YAML with what goes into each file of the project, by path: nothing has to be thought of any more.

    One sentence in five is for the tests, chosen by the sentence itself, unless none would be left to learn from.
    """
    sentences = row.chosen or []
    tests = [text for text in sentences if goes_to(text) != LEARN]
    tests = [] if len(tests) == len(sentences) else tests
    learnt = [text for text in sentences if text not in tests]
    parts = {
        f"domain/{group}.yml": {"intents": [row.name]},
        "data/rules/antwoorden.yml": {"intent": row.name, "action": "utter_antwoord"},
        f"data/nlu/{group}.yml": _examples(row.name, learnt),
        f"data/answers/{group}.yml": {row.name: {"audience": "algemeen", **(row.answer or {})}} if row.answer else None,
        f"tests/nlu/{group}.yml": _examples(row.name, tests) if tests else None,
    }
    about = f"# {row.name}: {row.description}\n# Overgenomen door {row.by}, {row.times} keer gevraagd. "
    about += "Per bestand wat erbij komt.\n# Laat iemand anders meer toetszinnen schrijven voor tests/nlu.\n"
    kept = {path: part for path, part in parts.items() if part}
    return about + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)


def _examples(intent: str | None, sentences: list[str]) -> dict[str, object]:
    return {"nlu": [{"intent": intent, "examples": "".join(f"- {text}\n" for text in sentences)}]}
