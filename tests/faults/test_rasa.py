"""Rasa is killed or frozen, or its model is no good."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from assistant.running.supervise_model import ModelState
from assistant.training.manifest import Manifest
from tests.faults.conftest import Supervised, until
from tests.faults.person import FORM, HOURS, QUESTION, YES
from tests.faults.table import Table

FAULTS = {"Rasa killed (SIGKILL)": signal.SIGKILL, "Rasa frozen (SIGSTOP)": signal.SIGSTOP}
WITHIN = 150.0
"""Seconds to be well again, on a machine that does other things too; the table has what it really took."""


@pytest.mark.rasa
@pytest.mark.parametrize("fault", FAULTS)
def test_rasa_goes_away_in_the_middle_of_a_form(house: Supervised, table: Table, fault: str) -> None:
    """An honest menu with a phone number at once or within the time-out; then the form goes on where it was."""
    jan = house.person()
    assert "vraag/uren" in jan.say_all(*FORM)
    before = house.pid("rasa")
    os.kill(before, FAULTS[fault])
    assert jan.say("hoeveel verdien ik dan") == ["storing/begrijpen"]
    assert jan.seconds < 9.5, "the time-out of Rasa is 8 s"
    assert "Dat ligt aan ons systeem, niet aan u" in jan.seen
    seen = jan.seen
    assert jan.say(QUESTION) == ["loon/hoeveel"], "the buttons of the menu answer without Rasa"
    seconds = until(house.understands, WITHIN)
    assert house.pid("rasa") != before
    assert "vraag/aanmelden_werkzoekende/toestemming" in jan.say(HOURS)
    assert "aanmelden_werkzoekende/gelukt" in jan.say(YES)
    stored = house.rows("registration", jan)
    turns = house.rows("turn", jan)
    table.row(fault, seen, seconds, lost=max(0, 1 - stored) + (len(FORM) + 4 - turns), double=max(0, stored - 1))


def other_model(house: Supervised, name: str) -> Path:
    """Put the running model under another name beside it, with a manifest that vouches for it."""
    models = house.root / "models"
    running = ModelState.read(house.settings.var).running
    manifest = Manifest.read(models / "manifests" / f"{running}.json")
    shutil.copy(models / running, models / name)
    Manifest(**{**vars(manifest), "model": name, "data_checksum": "0" * 64}).write(models / "manifests")
    return models / name


def wish(house: Supervised, name: str) -> None:
    """Choose a model, as the console does."""
    (house.settings.var / "model-choice").write_text(f"{name}\n", encoding="utf-8")


def state(house: Supervised) -> ModelState:
    return ModelState.read(house.settings.var)


@pytest.mark.rasa
def test_another_model_is_chosen_and_runs(house: Supervised) -> None:
    other = other_model(house, "meedoen-andere.tar.gz")
    wish(house, other.name)
    until(lambda: state(house) == ModelState(other.name, other.name, None), WITHIN)
    until(house.understands, WITHIN)


@pytest.mark.rasa
@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("chosen model is not the file of its manifest", "not the file that its manifest describes"),
        ("chosen model is half an archive", "cannot be unpacked"),
        ("chosen model has no manifest", "has no manifest"),
        ("chosen model is outside models/", "not the name of a file"),
    ],
)
def test_a_model_that_nobody_vouches_for_is_refused(house: Supervised, table: Table, fault: str, why: str) -> None:
    """Rasa is not even stopped: the former model goes on answering."""
    before, rasa = state(house).running, house.pid("rasa")
    other = other_model(house, "meedoen-kapot.tar.gz")
    name = other.name
    if "manifest" in fault:
        other.write_bytes(other.read_bytes()[:-100])
    if "half" in fault:
        other.write_bytes(other.read_bytes()[: other.stat().st_size // 2])
        _vouch_again(house, other)
    if "no manifest" in fault:
        (other.parent / "manifests" / f"{name}.json").unlink()
    if "outside" in fault:
        name = f"../models/{name}"
    wish(house, name)
    until(lambda: why in (state(house).problem or ""), 10)
    assert state(house).running == before
    assert house.understands()
    assert house.pid("rasa") == rasa
    table.row(fault, "(merkt niets: het vorige model antwoordt)", 0, 0, 0)


@pytest.mark.rasa
def test_a_model_that_rasa_cannot_work_with_gives_way_to_the_former(house: Supervised, table: Table) -> None:
    """A sound archive with a good manifest that is no model: Rasa starts, says so, and the former one comes back."""
    before = state(house).running
    name = "meedoen-geen-model.tar.gz"
    shutil.make_archive(str(house.root / "models" / name.removesuffix(".tar.gz")), "gztar", house.root / "requirements")
    other = house.root / "models" / name
    manifest = Manifest.read(house.root / "models" / "manifests" / f"{before}.json")
    Manifest(**{**vars(manifest), "model": name, "data_checksum": "0" * 64}).write(other.parent / "manifests")
    _vouch_again(house, other)
    wish(house, name)
    until(lambda: name in (state(house).problem or ""), WITHIN)
    assert state(house).running == before
    jan = house.person()
    jan.say("hoeveel verdien ik dan")
    assert jan.keys == ["storing/begrijpen"], "meanwhile people get the honest menu"
    seconds = until(house.understands, WITHIN)
    assert state(house).running == before
    table.row("chosen model does not work in Rasa", jan.seen, seconds, 0, 0)


def _vouch_again(house: Supervised, model: Path) -> None:
    """Let the manifest describe the broken file, so that only the check of the archive can find it."""
    from assistant.training.manifest import file_sha256

    path = model.parent / "manifests" / f"{model.name}.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps(record | {"sha256": file_sha256(model)}))
