"""In doubt, ask. A Rasa policy that steps in before anything starts on a weak or split guess.

It looks at the classifier's ranking of the last message: when the best guess is unlikely, or the second guess is nearly
as likely, or the message may well be about something that we do not know, the next action is `utter_twijfel` ("bedoelt
u ..."), worded from that ranking.
Buttons (probability one), messages inside a form and safety intents never pass through here.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY

DOUBT_ACTION = "utter_twijfel"
SAFETY_PREFIX = "veiligheid_"
STRANGE_PREFIX = "buiten_bereik_"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class DoubtPolicy(Policy):
    """Predicts `utter_twijfel` for an unclear message outside a form, and nothing otherwise."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": 7, "threshold": 0.3, "gap": 0.08, "stranger": 0.25}

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn: the two numbers come from the configuration."""
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DoubtPolicy:
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Return certainty for `utter_twijfel` when the last message is unclear, for listening after it, else zeros."""
        probabilities = self._default_predictions(domain)
        if not tracker.active_loop_name and tracker.latest_action_name == DOUBT_ACTION:
            probabilities[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0  # asked once; now it is their turn
        elif self._should_ask(tracker):
            probabilities[domain.index_for_action(DOUBT_ACTION)] = 1.0
        return self._prediction(probabilities)

    def _should_ask(self, tracker: DialogueStateTracker) -> bool:
        if tracker.active_loop_name or tracker.latest_action_name != ACTION_LISTEN_NAME or not tracker.latest_message:
            return False
        ranking = (tracker.latest_message.parse_data or {}).get(INTENT_RANKING_KEY) or []
        return is_unclear(
            ranking,
            threshold=self.config["threshold"],
            gap=self.config["gap"],
            stranger=self.config["stranger"],
        )


def is_unclear(ranking: list[dict[str, Any]], *, threshold: float, gap: float, stranger: float = 1.0) -> bool:
    """Return whether a ranking of {name, confidence}, best first, is too weak, too close or too strange to act on.

    `stranger` is the probability of all out-of-scope intents together from which we ask, when another one is first.
    """
    if len(ranking) < 2 or ranking[0]["name"].startswith(SAFETY_PREFIX):
        return False
    best, second = ranking[0]["confidence"], ranking[1]["confidence"]
    return bool(best < threshold or best - second < gap or _strange(ranking) >= stranger)


def _strange(ranking: list[dict[str, Any]]) -> float:
    """Return the probability that the message is out of scope, 0 when that is the best guess (that has an answer)."""
    if ranking[0]["name"].startswith(STRANGE_PREFIX):
        return 0.0
    return float(sum(guess["confidence"] for guess in ranking if guess["name"].startswith(STRANGE_PREFIX)))
