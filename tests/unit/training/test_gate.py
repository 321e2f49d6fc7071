import json
from pathlib import Path
from typing import Any

import pytest

from assistant.training import gate
from assistant.training.errors import ModelRefused
from assistant.training.manifest import Manifest, file_sha256, fitting_model, promoted_model

OVERALL = {key: [9, 10] for key in gate.KEPT}


def hits(right: int, of: int = 40) -> dict[str, bool]:
    return {f"loon:{number}": number < right for number in range(of)}


def test_a_few_lost_sentences_are_noise() -> None:
    assert gate.worse(hits(38), hits(36)) == []


def test_a_real_loss_names_the_subject() -> None:
    assert "loon: 38 right became 25 of 40" in gate.worse(hits(38), hits(25))


def test_sentences_that_only_one_side_knows_do_not_count() -> None:
    assert gate.worse({"loon:weg": True}, {"loon:nieuw": False}) == []


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root with two models for today's (empty) data; the second one measures worse."""
    monkeypatch.setattr("assistant.training.manifest.data_checksum", lambda root: "abc")
    (tmp_path / "models" / "manifests").mkdir(parents=True)
    for name in ("a.tar.gz", "b.tar.gz"):
        model = tmp_path / "models" / name
        model.write_text(name)
        Manifest(name, "abc", file_sha256(model), 1.0, "2026-11-21", 1).write(tmp_path / "models" / "manifests")

    def measured(root: Path, model: Path) -> dict[str, Any]:
        return {"overall": OVERALL, "hits": hits(38 if model.name == "a.tar.gz" else 20)}

    monkeypatch.setattr(gate, "measured", measured)
    return tmp_path


def test_the_first_model_is_promoted_with_its_scores(house: Path) -> None:
    manifest = gate.promote(house, house / "models" / "a.tar.gz")
    assert manifest.promoted
    assert manifest.scores["top-3"] == 0.9
    assert json.loads((house / gate.RECORD).read_text())["model"] == "a.tar.gz"
    assert promoted_model(house) == house / "models" / "a.tar.gz"


def test_a_worse_model_is_refused_and_not_loaded(house: Path) -> None:
    gate.promote(house, house / "models" / "a.tar.gz")
    with pytest.raises(ModelRefused, match="loon: 38 right became 20"):
        gate.promote(house, house / "models" / "b.tar.gz")
    assert fitting_model(house) == house / "models" / "a.tar.gz"
    assert promoted_model(house) == house / "models" / "a.tar.gz"
