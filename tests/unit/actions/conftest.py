"""A desk with the first data, and a form that can be talked to without Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from actions.desk import Desk, open_desk
from actions.forms.step import CONSENT, Form, State, Step
from actions.forms.turn import take_turn
from actions.forms.validate import FormTurn
from actions.message import Message
from actions.registry import ACTIONS
from assistant.answers import AnswerBook
from assistant.database import Database, upgrade
from assistant.placement import seed

ROOT = Path(__file__).resolve().parents[3]
FORMS: dict[str, Form] = {action.form.name: action.form for action in ACTIONS if issubclass(action, FormTurn)}


@pytest.fixture(scope="session", autouse=True)
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The desk that the forms look openings up at."""
    url = f"sqlite:///{tmp_path_factory.mktemp('desk')}/meedoen.db"
    upgrade(url)
    database = Database(url)
    with database.session() as session:
        seed(session)
    open_desk(Desk(database))
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def book() -> AnswerBook:
    return AnswerBook.read(ROOT / "data")


def message(text: str = "", intent: str = "", confidence: float = 0.9, **entities: Any) -> Message:
    """Return a message as Rasa understood it."""
    found = tuple({"entity": name, "value": value} for name, value in entities.items())
    return Message(text, intent, confidence, found, {}, "test")


@dataclass
class Talk:
    """One form in progress: keeps the slots as Rasa does between turns."""

    form: Form
    values: dict[str, Any] = field(default_factory=dict)
    requested: str | None = None
    misses: int = 0
    remarked: tuple[str, ...] = ()
    municipality: str | None = None
    pausing: bool = False
    last: Step = field(default_factory=Step)

    def say(self, text: str, intent: str = "", confidence: float = 0.9, **entities: Any) -> list[str]:
        """Say something and return the first key of every part that comes back."""
        return self.hear(message(text, intent, confidence, **entities))

    def hear(self, said: Message) -> list[str]:
        """Take one turn and return the first key of every part that comes back."""
        state = State(
            dict(self.values), self.requested, self.misses, self.remarked, self.municipality, pausing=self.pausing
        )
        step = take_turn(self.form, said, state)
        self.values.pop(CONSENT, None)
        self.values |= step.changes
        self.requested, self.misses, self.remarked = step.requested, step.misses, step.remarked
        self.pausing, self.last = step.pausing, step
        return [part["keys"][0] for part in step.parts]

    def known(self) -> dict[str, Any]:
        """Return the slots that are filled."""
        return {slot: value for slot, value in self.values.items() if value is not None}


def talk(name: str, *said: str, municipality: str | None = None) -> Talk:
    """Start a form and say these things."""
    started = Talk(FORMS[name], municipality=municipality)
    started.say("", intent=name)
    for text in said:
        started.say(text)
    return started
