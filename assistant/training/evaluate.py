"""`make evaluate`: measure a model on tests/nlu and write the report. Runs in Rasa's environment.

    python -m assistant.training.evaluate [--model models/x.tar.gz] [--out models/reports] [--curve] [--quick]

`--curve` trains on an eighth, a quarter and half of the data too (minutes); without it the last curve is kept.
`--quick` leaves out the distortions and Rasa itself (entities, time): what the gate needs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.training import report, scores
from assistant.training.manifest import fitting_model, learned_folder
from assistant.training.measure import fit_intent_model, guesses, inside_rasa, load_intent_model, percentiles, spans
from assistant.training.noise import DISTORTIONS, distorted
from assistant.training.scores import Guess, Share
from assistant.training.sentences import Sentence, grouped, read_folder

DERIVED = {"gemeente", "rol"}
"""Entities that follow from another one; nobody annotates them."""
FIRST_WORDS = 40
"""Confusion pairs shown."""


def facts_of(root: Path, model: Path, *, quick: bool = False, with_curve: bool = False) -> dict[str, Any]:
    """Return every number of the report for a model file."""
    learned = learned_folder(root)  # sentences that staff approved: four in five to learn from, one to test with
    tests = read_folder(root / "tests" / "nlu") + read_folder(learned / "test")
    training = read_folder(root / "data" / "nlu") + read_folder(learned / "nlu")
    intents = load_intent_model(model)
    found = guesses(intents, tests)
    times: list[float] = []
    if not quick:
        answers, times = inside_rasa(model, [row.text for row in tests])
        found = [Guess(one.sentence, one.ranking, spans(answer)) for one, answer in zip(found, answers, strict=True)]
    kinds = sorted({span[2] for row in tests for span in row.entities} - DERIVED)
    return {
        "about": {"model": model.name, "training": len(training), "tests": len(tests)},
        "overall": overall(found, training) | asked_back(found, root) | _speed(times),
        "slices": _by(found, lambda row: row.slice),
        "groups": _by(found, lambda row: row.group),
        "pens": _by(found, lambda row: row.pen),
        "reliability": [list(each) for each in scores.reliability(found)],
        "confusions": [list(pair) for pair in scores.confusions(found)[:FIRST_WORDS]],
        "robustness": [] if quick else _robustness(intents, tests),
        "entities": []
        if quick
        else [[k, s.f1, s.right, s.found, s.true] for k, s in scores.entity_scores(found, kinds).items()],
        "curve": curve(root, training, tests, found) if with_curve else [],
        "hits": {_key(one.sentence): one.is_right for one in found} if quick else {},
    }


def overall(found: Sequence[Guess], training: Iterable[Sentence]) -> dict[str, Any]:
    """Return the measures over all sentences."""
    inside = [guess for guess in found if not guess.is_strange]
    strangers, threshold = scores.strangers_found(found)
    known = {row.text.lower().strip(" ?!.") for row in training}
    new = [guess for guess in inside if guess.sentence.text.lower().strip(" ?!.") not in known]
    return {
        "top-1 in scope": _pair(scores.top(inside, 1)),
        "top-1, sentences that do not stand in the training data": _pair(scores.top(new, 1)),
        "top-2": _pair(scores.top(inside, 2)),
        "top-3": _pair(scores.top(inside, 3)),
        "macro-F1 (all intents)": scores.macro_f1(found),
        "ECE (all)": scores.calibration_error(found),
        "out of scope found, 95 % of in scope kept": _pair(strangers),
        "threshold of strangeness for that": threshold,
        "out of scope as best guess": _pair(
            scores.share(g.best.startswith(scores.STRANGE) for g in found if g.is_strange)
        ),
        "in scope taken for out of scope": _pair(scores.share(g.best.startswith(scores.STRANGE) for g in inside)),
        "safety recognised as safety": _pair(scores.safety_found(found)),
        "other messages taken for safety": _pair(
            scores.share(
                g.best.startswith(scores.SAFETY) for g in found if not g.sentence.intent.startswith(scores.SAFETY)
            )
        ),
    }


def asked_back(found: Sequence[Guess], root: Path) -> dict[str, Any]:
    """Return what the doubt policy makes of the guesses with the numbers of config.yml: answered, asked, wrong."""
    policies = import_module("yaml").safe_load((root / "config.yml").read_text(encoding="utf-8"))["policies"]
    settings = next(each for each in policies if each["name"].endswith("DoubtPolicy"))
    limits = {name: settings[name] for name in ("threshold", "gap", "stranger")}
    is_unclear = import_module("assistant.nlu.doubt_policy").is_unclear

    def asks(guess: Guess) -> bool:
        ranking = [{"name": name, "confidence": chance} for name, chance in guess.ranking[:10]]
        return bool(is_unclear(ranking, **limits))

    inside = [(guess, asks(guess)) for guess in found if not guess.is_strange]
    strange = [(guess, asks(guess)) for guess in found if guess.is_strange]
    return {
        "in scope: answered at once and right": _pair(
            scores.share(not asked and one.is_right for one, asked in inside)
        ),
        "in scope: asked back": _pair(scores.share(asked for _, asked in inside)),
        "in scope: answered at once and wrong": _pair(
            scores.share(not asked and not one.is_right for one, asked in inside)
        ),
        "out of scope: recognised or asked back": _pair(
            scores.share(asked or one.best.startswith(scores.STRANGE) for one, asked in strange)
        ),
    }


def curve(root: Path, training: list[Sentence], tests: list[Sentence], whole: Sequence[Guess]) -> list[list[Any]]:
    """Return [training sentences, top-1, top-3, out of scope found] for growing parts of each intent's sentences."""
    rng, points = random.Random(11), []
    mixed = {intent: rng.sample(rows, k=len(rows)) for intent, rows in grouped(training).items()}
    for part in (0.125, 0.25, 0.5, 1.0):
        rows = [row for held in mixed.values() for row in held[: max(4, round(part * len(held)))]]
        found = whole if part == 1 else guesses(fit_intent_model(rows, root), tests)
        inside = [guess for guess in found if not guess.is_strange]
        measures = (scores.top(inside, 1), scores.top(inside, 3), scores.strangers_found(found)[0])
        points.append([len(rows), *(_pair(measure) for measure in measures)])
    return points


def _robustness(intents: Any, tests: list[Sentence]) -> list[list[Any]]:
    inside = [row for row in tests if not row.intent.startswith(scores.STRANGE)]
    words = {"clean": [row.text for row in inside]}
    words |= {kind: distorted(words["clean"], kind) for kind in DISTORTIONS}
    found = {kind: guesses(intents, inside, texts) for kind, texts in words.items()}
    return [[kind, _pair(scores.top(held, 1)), _pair(scores.top(held, 3))] for kind, held in found.items()]


def _by(found: Sequence[Guess], key: Callable[[Sentence], str]) -> dict[str, list[Any]]:
    parts: dict[str, list[Guess]] = {}
    for guess in found:
        parts.setdefault(key(guess.sentence), []).append(guess)
    return {name: _row(part) for name, part in sorted(parts.items())}


def _row(part: Sequence[Guess]) -> list[Any]:
    """Return top-1 and top-3 (in scope; of a group that has nothing in scope, of all), macro-F1 and ECE."""
    inside = [guess for guess in part if not guess.is_strange] or part
    ranked = (scores.top(inside, 1), scores.top(inside, 3))
    return [*(_pair(share) for share in ranked), scores.macro_f1(part), scores.calibration_error(part)]


def _speed(times: list[float]) -> dict[str, Any]:
    if not times:
        return {}
    middle, slow = percentiles(times)
    return {"understanding a message inside Rasa, p50 / p95 (ms)": f"{middle:.1f} / {slow:.1f}"}


def _key(row: Sentence) -> str:
    """Return a name for a test sentence that does not give it away: its subject and a short hash."""
    return f"{row.group}:{hashlib.sha256(f'{row.intent} {row.text}'.encode()).hexdigest()[:12]}"


def _pair(share: Share) -> list[int]:
    return [share.hits, share.of]


def main() -> None:
    """Read the options, measure, write, and print the Markdown."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--model", type=Path)
    reader.add_argument("--out", type=Path, default=Path("models/reports"))
    reader.add_argument("--curve", action="store_true")
    reader.add_argument("--quick", action="store_true")
    options = reader.parse_args()
    model = options.model or fitting_model(Path.cwd())
    if model is None:
        raise SystemExit("no model fits the data: run `make train` first")
    facts = facts_of(Path.cwd(), model, quick=options.quick, with_curve=options.curve)
    former = options.out / f"{report.NAME}.json"
    if not facts["curve"] and former.exists():
        facts["curve"] = json.loads(former.read_text(encoding="utf-8")).get("curve", [])
    page = report.write(facts, options.out)
    print(report.markdown(facts))
    print(f"{page} has the pictures")


if __name__ == "__main__":
    main()
