"""RulePolicy without looking at what cannot matter.

Rasa describes every earlier turn of the talk for each prediction, twice, and holds all rules against each of them. A
rule is only as long as its steps, so here no more turns are described than the longest rule has; rules are first
picked by the last action and intent that they ask for; rules on literal text are only looked for when there are any.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

Wanted = tuple[str | None, str | None]
Index = dict[Wanted, list[str]]


def prediction_states(
    self: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """Return the newest states of the talk, as many as the longest rule has and one more."""
    steps = sum(isinstance(event, ActionExecuted) for event in tracker.applied_events()) + 1
    skipped = max(0, steps - _longest(self) - 1)
    states = [
        domain._clean_state(domain.get_active_state(earlier))
        for number, (earlier, _) in enumerate(tracker.generate_all_prior_trackers())
        if number >= skipped
    ]
    self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


def possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Return the rules that fit, as Rasa does, from those that ask for the last action and intent of the talk."""
    if not states:
        return set(lookup)
    action, intent = _last(states[-1])
    index = _index(self, lookup)
    wanted = {(action, intent), (action, None), (None, intent), (None, None)}
    keys = [key for each in wanted for key in index.get(each, ())]
    return {
        key for key in keys if all(self._is_rule_applicable(key, i, state) for i, state in enumerate(reversed(states)))
    }


_find_from_rules = RulePolicy._find_action_from_rules


def find_from_rules(
    self: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    """As Rasa; nothing is looked for by text when every rule after a message asks for an intent."""
    if use_text_for_last_user_input and not _any_by_text(self):
        return None, None, False
    return _find_from_rules(self, tracker, domain, use_text_for_last_user_input)


def _last(state: State) -> Wanted:
    """Return the action and the intent that a state or the last step of a rule names; None for either is none."""
    action = state.get(PREVIOUS_ACTION, {}).get("action_name")
    intent = state.get(USER, {}).get("intent")
    return (action if action != SHOULD_NOT_BE_SET else None), (intent if intent != SHOULD_NOT_BE_SET else None)


def _index(policy: RulePolicy, lookup: dict[str, str]) -> Index:
    """Return the rules by what their last step asks for; made once for each table of rules."""
    made: dict[int, Index] = policy.__dict__.setdefault("_indexes", {})
    if id(lookup) not in made:
        index: Index = {}
        for key in lookup:
            index.setdefault(_last(policy._rule_key_to_state(key)[-1]), []).append(key)
        made[id(lookup)] = index
    return made[id(lookup)]


def _longest(policy: RulePolicy) -> int:
    if "_longest_rule" not in policy.__dict__:
        keys = [*policy.lookup[RULES], *policy.lookup[RULES_FOR_LOOP_UNHAPPY_PATH]]
        policy._longest_rule = max((len(policy._rule_key_to_state(key)) for key in keys), default=0)
    return int(policy._longest_rule)


def _any_by_text(policy: RulePolicy) -> bool:
    """Whether a rule could fit right after a message without looking at its intent."""
    if "_by_text" not in policy.__dict__:
        last = (_last(policy._rule_key_to_state(key)[-1]) for key in policy.lookup[RULES])
        policy._by_text = any(intent is None and action in (None, ACTION_LISTEN_NAME) for action, intent in last)
    return bool(policy._by_text)


def install() -> None:
    """Replace the three functions."""
    RulePolicy._prediction_states = prediction_states
    RulePolicy._get_possible_keys = possible_keys
    RulePolicy._find_action_from_rules = find_from_rules
