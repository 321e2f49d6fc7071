"""A turn that cannot be finished leaves nothing behind, so the same message can simply be sent again.

Rasa goes on after an action or an answer that failed, as if it had done nothing, and saves the turn. A yes whose
registration was never written, because the app died just then, would be forgotten: the form was already closed. Here
such a turn ends with an error and is not saved. What an action did write before it was lost is not written twice:
assistant/placement does a wish once for each talk.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import Event
from rasa.shared.exceptions import RasaException


class TurnNotFinished(RasaException):
    """Something that the turn needed did not answer; the talk is as it was before the message."""


class _Watched(Action):
    """An action that remembers why it failed, for Rasa only logs it."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self.failure: Exception | None = None

    def name(self) -> str:
        return self._action.name()

    def event_for_successful_execution(self, prediction: Any) -> Event:
        return self._action.event_for_successful_execution(prediction)

    async def run(self, *given: Any, **named: Any) -> list[Event]:
        try:
            return await self._action.run(*given, **named)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            self.failure = error
            raise


_run_action = MessageProcessor._run_action


async def run_action(self: MessageProcessor, action: Action, *given: Any, **named: Any) -> bool:
    """As Rasa, but a failure ends the turn. Raises TurnNotFinished."""
    watched = _Watched(action)
    go_on = await _run_action(self, watched, *given, **named)
    if watched.failure is not None:
        raise TurnNotFinished(f"{action.name()}: {type(watched.failure).__name__}") from watched.failure
    return bool(go_on)


def install() -> None:
    """Replace the method."""
    MessageProcessor._run_action = run_action
