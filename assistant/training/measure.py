"""Let a trained model guess the test sentences. Runs in Rasa's environment; loads the model file itself.

Rasa and the components inside it carry no types, so they are imported by name.
"""

from __future__ import annotations

import asyncio
import logging
import statistics
import tarfile
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.training.scores import Guess
from assistant.training.sentences import Sentence

CLASSIFIER = "DutchIntentClassifier"


def load_intent_model(model: Path) -> Any:
    """Return the IntentModel inside a Rasa model file."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as archive:
        archive.extractall(folder)  # noqa: S202  # a model of ours, whose sha256 is in its manifest
        place = next(path for path in Path(folder).rglob("intents.json") if CLASSIFIER in path.parent.name)
        return import_module("assistant.nlu.intent_model").IntentModel.load(place.parent)


def fit_intent_model(sentences: list[Sentence], root: Path) -> Any:
    """Return an IntentModel trained on these sentences with the settings of config.yml."""
    module = import_module("assistant.nlu.intent_model")
    pipeline = import_module("yaml").safe_load((root / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    settings = next(part for part in pipeline if part["name"].endswith(CLASSIFIER))
    texts, labels = [row.text for row in sentences], [row.intent for row in sentences]
    return module.IntentModel.fit(texts, labels, module.config_from(settings))


def guesses(model: Any, sentences: list[Sentence], texts: list[str] | None = None) -> list[Guess]:
    """Return a guess per sentence; `texts` (as many) are guessed in place of the sentences' own words."""
    found = []
    for start in range(0, len(sentences), 200):
        rows = sentences[start : start + 200]
        chances = model.probabilities((texts or [row.text for row in sentences])[start : start + 200])
        for row, chance in zip(rows, chances.tolist(), strict=True):
            ranked = sorted(zip(model.labels, chance, strict=True), key=lambda pair: -pair[1])
            found.append(Guess(row, tuple(ranked)))
    return found


def inside_rasa(model: Path, texts: list[str]) -> tuple[list[dict[str, Any]], list[float]]:
    """Return what Rasa's own agent makes of each text, and the milliseconds that took (`parse_message`)."""
    agent = load_agent(model)

    async def parse() -> tuple[list[dict[str, Any]], list[float]]:
        answers, times = [], []
        for text in texts:
            began = time.perf_counter()
            answers.append(await agent.parse_message(text))
            times.append(1000 * (time.perf_counter() - began))
        return answers, times

    return asyncio.run(parse())


def load_agent(model: Path) -> Any:
    """Return Rasa's agent for a model file, with its log turned down to errors."""
    import_module("rasa.utils.log_utils").configure_structlog(logging.ERROR)
    return import_module("rasa.core.agent").Agent.load(str(model))


def spans(answer: dict[str, Any]) -> frozenset[tuple[int, int, str]]:
    """Return (start, end, entity) of what Rasa found in a message."""
    return frozenset((found["start"], found["end"], found["entity"]) for found in answer["entities"])


def percentiles(times: list[float]) -> tuple[float, float]:
    """Return p50 and p95."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]
