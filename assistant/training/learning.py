"""The training that staff asked for in the console: export, train, measure, and write down what came of it.

`meedoen learn` does it in a process of its own, at low priority, so that a console that restarts leaves it alone and
people who talk to the assistant do not notice. Nothing here changes which model answers people: a person does.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.database import Database, DatabaseUnavailable
from assistant.review.corrections import approved, mark_exported
from assistant.review.model_choice import chosen_model, model_state, write_choice
from assistant.review.trainings import begin, end, tell
from assistant.training.compare import compared
from assistant.training.errors import StartError, TrainingFailed
from assistant.training.manifest import Manifest, fitting_model, learned_folder, promoted_model
from assistant.training.train import QUIET, rasa_command, train_model

ALIVE_EVERY = 15.0
"""Seconds between two signs of life."""


class Learning:
    """One training, told to the database as it goes."""

    def __init__(self, root: Path, var: Path, database: Database, number: int) -> None:
        self._root, self._var, self._database, self._number = root, var, database, number
        self._over = threading.Event()

    def run(self) -> str:
        """Do all of it and return the state that it ended in; whatever goes wrong is written down, not raised."""
        alive = threading.Thread(target=self._live, daemon=True)
        alive.start()
        try:
            return self._steps()
        except (StartError, OSError, subprocess.SubprocessError, ValueError) as error:
            self._end("mislukt", problem=str(error)[:500])
            return "mislukt"
        finally:
            self._over.set()
            alive.join()

    def _steps(self) -> str:
        live = self._live_model()
        if live and not chosen_model(self._var):
            write_choice(self._var, live.name)  # a restart halfway must not take up what nobody has chosen
        exported = self._export()
        self._tell(
            f"{exported['learnt']} zinnen om van te leren, {exported['tests']} om mee te toetsen", *exported["warnings"]
        )
        model = fitting_model(self._root)
        if model and live and model.name == live.name:
            self._end(
                "mislukt", problem="Er zijn geen nieuwe zinnen: het model dat nu antwoordt, is van precies deze zinnen."
            )
            return "mislukt"
        model = model or train_model(self._root, self._tell)
        self._tell("meten op de toetszinnen ...", state="meet", model=model.name, live=live.name if live else None)
        facts = compared(self._root, live, model) | {"warnings": exported["warnings"]}
        state = "geweigerd" if facts["losses"] else "klaar"
        self._vouch(model, facts)
        self._end(state, facts=facts)
        return state

    def _export(self) -> dict[str, Any]:
        """Write the approved sentences, in Rasa's environment, which can compare them with all others."""
        with self._database.session(write=False) as session:
            rows = approved(session)
        folder = learned_folder(self._root)
        folder.mkdir(parents=True, exist_ok=True)
        given = folder / "approved.json"
        given.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        python = str(Path(rasa_command(self._root)).with_name("python"))
        done = subprocess.run(
            [python, "-m", "assistant.training.learned", str(given.resolve()), str(folder.resolve())],
            cwd=self._root, env={**os.environ, **QUIET, "PYTHONPATH": str(self._root)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise TrainingFailed(f"exporting failed: {done.stderr.strip()[-300:]}")
        told: dict[str, Any] = json.loads(done.stdout)
        notes = {int(key): note for key, note in told["notes"].items()}
        with self._database.session() as session:
            mark_exported(session, notes, _now())
            tell(session, self._number, _now(), sentences=told["learnt"])
        return told

    def _live_model(self) -> Path | None:
        """Return the model that answers people: what the supervisor says, what was chosen, else what it would take."""
        state = model_state(self._var)
        named = (self._root / "models" / name for name in (state.running, state.wanted) if name)
        return (
            next((path for path in named if path.exists()), None)
            or fitting_model(self._root)
            or promoted_model(self._root)
        )

    def _vouch(self, model: Path, facts: dict[str, Any]) -> None:
        """Write the scores into the manifest; a refused model is marked, so that no start takes it up by itself."""
        place = self._root / "models" / "manifests" / f"{model.name}.json"
        scores = {name: row[1] for name, row in facts["overall"].items()}
        replace(Manifest.read(place), scores=scores, promoted=False if facts["losses"] else None).write(place.parent)

    def _tell(self, *lines: str, **known: Any) -> None:
        with self._database.session() as session:
            tell(session, self._number, _now(), lines, **known)

    def _end(self, state: str, **known: Any) -> None:
        with self._database.session() as session:
            end(session, self._number, _now(), state, **known)

    def _live(self) -> None:
        while not self._over.wait(ALIVE_EVERY):
            with suppress(DatabaseUnavailable):  # busy for a moment; the next sign of life will do
                self._tell()


def learn(root: Path, var: Path, database: Database, report: Callable[[str], None]) -> str | None:
    """Do the training that waits and return its last state; None when none waits."""
    with database.session() as session:
        number = begin(session, _now())
    if number is None:
        report("no training waits")
        return None
    os.nice(10)
    state = Learning(root, var, database, number).run()
    report(f"training {number}: {state}")
    return state


def _now() -> datetime:
    return datetime.now(UTC)
