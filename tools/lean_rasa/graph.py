"""The model's components called one after the other, as `DaskGraphRunner` does, without dask and without its checks.

Which components a target needs is worked out once for each target instead of at each call; a node still gets exactly
the inputs that the graph names. A message that is a button (`/intent{...}`) skips the components: the last of them,
Rasa's RegexMessageHandler, throws their work away for such a message and starts from the text again.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

Order = list[tuple[str, tuple[str, ...]]]


def run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Run the components that the targets need, each once. Raises GraphRunError as Rasa's own runner."""
    wanted = tuple(targets or self._graph_schema.target_names)
    done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in _order(self, wanted):
            done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
        return dict(done[target] for target in wanted)
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error


def _order(runner: DaskGraphRunner, targets: tuple[str, ...]) -> Order:
    """Return the nodes that the targets need with their inputs, each after those that it needs."""
    known: dict[tuple[str, ...], Order] = runner.__dict__.setdefault("_orders", {})
    if targets not in known:
        nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
        order: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> None:
            if name in nodes and name not in order:
                for need in nodes[name].needs.values():
                    visit(need)
                order[name] = tuple(nodes[name].needs.values())

        for name in nodes:
            visit(name)
        known[targets] = list(order.items())
    return known[targets]


_parse_with_graph = MessageProcessor._parse_message_with_graph


def parse(
    self: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
) -> dict[str, Any]:
    """Return what a message says; a button that names an intent of the domain is read from its text alone."""
    text = message.text or ""
    if text.startswith(INTENT_MESSAGE_PREFIX) and only_output_properties:
        plain = Message({TEXT: text})
        read = YAMLStoryReader.unpack_regex_message(plain, self.domain, RegexMessageHandler.__name__)
        if read is not plain:
            empty = {TEXT: "", INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, ENTITIES: []}
            return empty | read.as_dict(only_output_properties=True)
    return _parse_with_graph(self, message, tracker, only_output_properties)


def install() -> None:
    """Replace the two functions."""
    DaskGraphRunner.run = run
    MessageProcessor._parse_message_with_graph = parse
