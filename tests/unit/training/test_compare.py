"""Two models side by side: shares of both, by subject, and what got worse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.training import compare
from assistant.training.gate import KEPT


def facts(right: int) -> dict[str, Any]:
    hits = {f"loon:{number}": number < right for number in range(40)}
    return {
        "overall": {name: [right, 40] for name in KEPT},
        "groups": {"loon": [[right, 40], [40, 40], 1, 0]},
        "hits": hits,
    }


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"oud": facts(38), "slecht": facts(20), "goed": facts(39)}
    monkeypatch.setattr(compare, "measured", lambda root, model: found[model.name])


@pytest.mark.usefixtures("measured")
def test_both_stand_beside_each_other() -> None:
    found = compare.compared(Path(), Path("oud"), Path("goed"))
    assert found["overall"]["top-3"] == [0.95, 0.975, None]
    assert found["groups"] == {"loon": [0.95, 0.975, 40]}
    assert found["losses"] == []


@pytest.mark.usefixtures("measured")
def test_a_loss_is_named_and_without_a_former_model_there_is_none() -> None:
    assert "loon: 38 right became 20 of 40" in compare.compared(Path(), Path("oud"), Path("slecht"))["losses"]
    alone = compare.compared(Path(), None, Path("slecht"))
    assert (alone["losses"], alone["groups"]["loon"][0]) == ([], None)
