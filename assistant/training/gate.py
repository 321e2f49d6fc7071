"""train → measure → promote: a model that is worse on any subject by more than noise does not get in.

The candidate is measured in Rasa's environment on tests/nlu, and compared sentence by sentence with the model that was
promoted last (its hits stand in models/reports/promoted.json). Worse means: McNemar's exact test on the sentences of
one subject, or on all, says so at one in a hundred.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.training.errors import ModelRefused
from assistant.training.manifest import Manifest
from assistant.training.scores import mcnemar

CERTAIN = 0.01
"""Probability under which a loss is not noise."""
RECORD = Path("models/reports/promoted.json")
KEPT = (
    "top-1 in scope",
    "top-3",
    "ECE (all)",
    "out of scope found, 95 % of in scope kept",
    "safety recognised as safety",
)
"""Measures that the manifest holds."""


def promote(root: Path, model: Path) -> Manifest:
    """Measure a model and make it the promoted one; raises ModelRefused when it is worse than that somewhere."""
    facts = measured(root, model)
    record = root / RECORD
    former = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {"hits": {}}
    losses = worse(former["hits"], facts["hits"])
    place = root / "models" / "manifests" / f"{model.name}.json"
    scores = {name: number(facts["overall"][name]) for name in KEPT}
    manifest = replace(Manifest.read(place), scores=scores, promoted=not losses)
    manifest.write(place.parent)
    if losses:
        raise ModelRefused(f"{model.name} is not promoted, it is worse by more than noise on " + "; ".join(losses))
    record.parent.mkdir(parents=True, exist_ok=True)
    kept = {"model": model.name, "scores": scores, "hits": facts["hits"]}
    record.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def measured(root: Path, model: Path) -> dict[str, Any]:
    """Return the facts of the quick evaluation of a model, made in Rasa's environment."""
    out = root / "var" / "gate"
    command = [
        str(root / ".venv-rasa" / "bin" / "python"), "-m", "assistant.training.evaluate",
        "--quick", "--model", str(model), "--out", str(out),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    facts: dict[str, Any] = json.loads((out / "understanding.json").read_text(encoding="utf-8"))
    return facts


def worse(former: dict[str, bool], now: dict[str, bool]) -> list[str]:
    """Return what got worse by more than noise, a line per subject, over the sentences that both sides know."""
    shared = sorted(former.keys() & now.keys())
    subjects: dict[str, list[str]] = {"all sentences": shared}
    for key in shared:
        subjects.setdefault(key.split(":")[0], []).append(key)
    lines = []
    for subject, keys in subjects.items():
        before, after = [former[key] for key in keys], [now[key] for key in keys]
        if sum(after) < sum(before) and mcnemar(before, after) < CERTAIN:
            lines.append(f"{subject}: {sum(before)} right became {sum(after)} of {len(keys)}")
    return lines


def number(value: Any) -> float:
    """Return a share [hits, of] as a number from 0 to 1, and a number as it is."""
    return round(value[0] / max(1, value[1]), 4) if isinstance(value, list) else round(float(value), 4)
