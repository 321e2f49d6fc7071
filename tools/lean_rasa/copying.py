"""Fewer copies: a tracker is copied as it stands, an action is looked up once, nothing is copied for debug lines.

Rasa copies a tracker before each action by replaying all its events, makes all thirteen default actions to find one by
its name, builds an empty domain to see that ours is not, and deep-copies events and states to hand them to a logger
that is not listening.
"""

from __future__ import annotations

import copy
from collections import deque
from types import SimpleNamespace
from typing import Any

import rasa.core.actions.action as actions
import rasa.core.actions.forms as forms
import rasa.core.channels.rest as rest
import rasa.core.policies.rule_policy as rule_policy
import rasa.core.processor as processor
from rasa.shared.core.domain import Domain
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


def copy_tracker(self: DialogueStateTracker) -> DialogueStateTracker:
    """Return a tracker in the same state that can change without changing this one; events are shared, not copied."""
    made = object.__new__(type(self))
    made.__dict__.update(self.__dict__)
    made.events = deque(self.events, self._max_event_history)
    made.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
    made.active_loop = copy.copy(self.active_loop)
    made.latest_action = dict(self.latest_action) if self.latest_action is not None else None
    made.model_id = made.assistant_id = None  # as Rasa's copy: events get them when they reach the real tracker
    return made


def copy_slot(self: Slot) -> Slot:
    """Return a slot of its own with the same value; Python's way round by `__reduce_ex__` takes five times as long."""
    made = object.__new__(type(self))
    made.__dict__.update(self.__dict__)
    return made


_find_action = actions.action_for_name_or_text


def action_for_name(name: str, domain: Domain, endpoint: Any) -> actions.Action:
    """Return the action of this name; each name is looked up once for a domain and endpoint."""
    known: dict[tuple[str, int], actions.Action] = domain.__dict__.setdefault("_actions_by_name", {})
    if (name, id(endpoint)) not in known:
        known[name, id(endpoint)] = _find_action(name, domain, endpoint)
    return known[name, id(endpoint)]


_is_empty = Domain.is_empty


def is_empty(self: Domain) -> bool:
    """As Rasa, that makes an empty domain and two dictionaries for it at each message; asked once for a domain."""
    if "_empty" not in self.__dict__:
        self._empty = _is_empty(self)
    return bool(self._empty)


def _same(value: Any) -> Any:
    return value


def install() -> None:
    """Replace the functions, and `copy.deepcopy` in the modules that use it for debug lines only."""
    DialogueStateTracker.copy = copy_tracker
    Slot.__copy__ = copy_slot
    actions.action_for_name_or_text = action_for_name
    Domain.is_empty = is_empty
    for module in (processor, rule_policy, rest, forms):
        module.copy = SimpleNamespace(copy=copy.copy, deepcopy=_same)
