"""The training process, with its slow parts replaced: what it writes down, pins, and refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.database import Database, upgrade
from assistant.review.learning_models import Training
from assistant.review.model_choice import chosen_model
from assistant.review.trainings import ask_training
from assistant.training import learning
from assistant.training.errors import TrainingFailed
from assistant.training.manifest import Manifest, data_checksum, file_sha256, fitting_model

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    upgrade(f"sqlite:///{tmp_path / 'meedoen.db'}")
    opened = Database(f"sqlite:///{tmp_path / 'meedoen.db'}")
    yield opened
    opened.dispose()


def model(root: Path, name: str, checksum: str) -> Path:
    place = root / "models" / name
    (root / "models" / "manifests").mkdir(parents=True, exist_ok=True)
    place.write_text(name)
    Manifest(name, checksum, file_sha256(place), 1.0, "2026-11-21", 1).write(root / "models" / "manifests")
    return place


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house whose live model fits the data of the repository; one sentence is approved."""
    monkeypatch.delenv("MEEDOEN_VAR", raising=False)
    (tmp_path / "config.yml").write_text("recipe: x\n")
    model(tmp_path, "oud.tar.gz", data_checksum(tmp_path))
    told: dict[str, Any] = {"learnt": 1, "tests": 0, "notes": {}, "warnings": ["let op"]}

    def export(self: learning.Learning) -> dict[str, Any]:
        folder = tmp_path / "var" / "learned" / "nlu"
        folder.mkdir(parents=True)
        (folder / "loon.yml").write_text("nlu: []\n")
        return told

    monkeypatch.setattr(learning.Learning, "_export", export)
    monkeypatch.setattr(learning, "train_model", lambda root, report: model(root, "nieuw.tar.gz", data_checksum(root)))
    monkeypatch.setattr(learning.os, "nice", lambda by: 0)
    return tmp_path


def measures(monkeypatch: pytest.MonkeyPatch, *losses: str) -> None:
    facts = {"overall": {"top-3": [0.9, 0.95, None]}, "groups": {}, "losses": list(losses)}
    monkeypatch.setattr(learning, "compared", lambda root, live, new: dict(facts))


def run(root: Path, database: Database) -> Training:
    with database.session() as session:
        ask_training(session, "Anna", NOW)
    learning.learn(root, root / "var", database, print)
    with database.session(write=False) as session:
        return session.query(Training).order_by(Training.id.desc()).first()  # type: ignore[return-value]


def test_a_good_model_waits_for_a_person(root: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    measures(monkeypatch)
    done = run(root, database)
    assert (done.state, done.model, done.live, done.active) == ("klaar", "nieuw.tar.gz", "oud.tar.gz", None)
    assert done.facts is not None and done.facts["warnings"] == ["let op"]
    assert chosen_model(root / "var") == "oud.tar.gz"  # a restart of the house goes on with what people had


def test_a_worse_model_is_marked_and_never_fits(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    measures(monkeypatch, "loon: 38 right became 25 of 40")
    assert run(root, database).state == "geweigerd"
    record = json.loads((root / "models/manifests/nieuw.tar.gz.json").read_text())
    assert (record["promoted"], record["scores"]) == (False, {"top-3": 0.95})
    assert fitting_model(root) is None


def test_a_failure_is_written_down_and_makes_place(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(root: Path, report: Any) -> Path:
        raise TrainingFailed("no room on the disk")

    monkeypatch.setattr(learning, "train_model", fail)
    done = run(root, database)
    assert (done.state, done.problem, done.active) == ("mislukt", "no room on the disk", None)


def test_without_anything_new_nothing_is_trained(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning.Learning, "_export", lambda self: {"learnt": 0, "tests": 0, "warnings": []})
    done = run(root, database)
    assert done.state == "mislukt"
    assert "geen nieuwe zinnen" in str(done.problem)


def test_nothing_happens_when_nothing_waits(root: Path, database: Database) -> None:
    assert learning.learn(root, root / "var", database, print) is None
