"""A form whose yes met a database that is away waits at that yes."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.again import asks_again
from actions.forms.step import Form
from actions.forms.validate import FormTurn
from actions.registry import ACTIONS, executor
from assistant.database import DatabaseUnavailable

FORMS = [action.form for action in ACTIONS if issubclass(action, FormTurn) and action.form.consent]
TRACKER = Tracker("a" * 32, {}, {}, [], False, None, {}, None)


async def away(*_: object) -> Any:
    raise DatabaseUnavailable("locked")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
async def test_the_form_is_open_again_at_its_yes(form: Form) -> None:
    dispatcher = CollectingDispatcher()
    events = await asks_again(form, away)(dispatcher, TRACKER, {})
    assert events == [
        {"event": "active_loop", "timestamp": None, "name": f"{form.name}_form"},
        {"event": "slot", "timestamp": None, "name": "toestemming", "value": None},
        {"event": "slot", "timestamp": None, "name": "requested_slot", "value": "toestemming"},
        {"event": "followup", "timestamp": None, "name": "action_listen"},
    ]
    assert "storing/database" in str(dispatcher.messages)


async def test_what_went_well_and_other_errors_are_left_alone() -> None:
    async def well(*_: object) -> Any:
        return ["done"]

    async def wrong(*_: object) -> Any:
        raise ValueError("other")

    assert await asks_again(FORMS[0], well)(CollectingDispatcher(), TRACKER, {}) == ["done"]
    with pytest.raises(ValueError, match="other"):
        await asks_again(FORMS[0], wrong)(CollectingDispatcher(), TRACKER, {})


def test_every_form_with_a_yes_is_guarded() -> None:
    made = executor().actions
    assert len(FORMS) >= 5
    for form in FORMS:
        assert made[f"action_{form.name}"].__qualname__.startswith("asks_again")
