"""Which model is run, with models of a few bytes that are archives."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from assistant.running.supervise_model import CHOICE, ModelChoice, ModelState, checked_model
from assistant.training.errors import ModelUnknown, StartError
from assistant.training.manifest import Manifest, file_sha256


def make(root: Path, name: str, trained_at: str = "2026-11-01", promoted: bool | None = None) -> Path:
    folder = root / "models" / "manifests"
    folder.mkdir(parents=True, exist_ok=True)
    model = root / "models" / name
    (root / "inside").write_text(name)
    with tarfile.open(model, "w:gz") as archive:
        archive.add(root / "inside")
    Manifest(name, "0" * 64, file_sha256(model), 1.0, trained_at, model.stat().st_size, promoted=promoted).write(folder)
    return model


@pytest.fixture
def var(tmp_path: Path) -> Path:
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


class Choice(ModelChoice):
    """A choice in a folder, where model `a` fits the data."""

    def __init__(self, root: Path) -> None:
        self.told: list[str] = []
        super().__init__(root, root / "var", lambda: checked_model(root, "a"), self.told.append)


def wish(var: Path, name: str) -> None:
    (var / CHOICE).write_text(name + "\n")


def test_without_a_wish_the_model_that_fits_runs(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "a")
    choice = Choice(tmp_path)
    choice.works()
    assert choice.current.name == "a"
    assert ModelState.read(var) == ModelState("a", "", None)


def test_a_wish_at_the_start_is_followed(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "a")
    make(tmp_path, "b")
    wish(var, "b")
    assert Choice(tmp_path).current.name == "b"


def test_a_broken_wish_at_the_start_gives_what_ran_last(tmp_path: Path, var: Path) -> None:
    for name in "abc":
        make(tmp_path, name, trained_at=f"2026-11-0{ord(name) - 96}")
    ModelState("b", "b", None).write(var)
    wish(var, "c")
    (tmp_path / "models" / "c").write_bytes(b"other")
    choice = Choice(tmp_path)
    assert choice.current.name == "b"
    assert "models/c" in str(ModelState.read(var).problem)
    assert choice.told


def test_without_a_last_one_the_newest_sound_and_not_refused_model_runs(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "old", "2026-10-01")
    make(tmp_path, "new", "2026-11-01")
    make(tmp_path, "refused", "2026-11-20", promoted=False)
    make(tmp_path, "torn", "2026-11-21").write_bytes(b"x")
    wish(var, "torn")
    assert Choice(tmp_path).current.name == "new"


def test_with_nothing_sound_at_all_the_start_says_why(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "torn").write_bytes(b"x")
    wish(var, "torn")
    with pytest.raises(ModelUnknown, match="models/torn"):
        Choice(tmp_path)


def test_a_wish_while_running_is_seen_once(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "a")
    make(tmp_path, "b")
    choice = Choice(tmp_path)
    wish(var, "b")
    assert choice.look()
    assert not choice.look()
    assert choice.current.name == "b"


def test_one_that_does_not_work_gives_way_to_the_former(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "a")
    make(tmp_path, "b")
    choice = Choice(tmp_path)
    choice.works()
    wish(var, "b")
    choice.look()
    assert choice.failed("did not get ready")
    assert choice.current.name == "a"
    assert "a runs again" in str(ModelState.read(var).problem)
    assert not choice.failed("died"), "the former one has nothing to go back to"


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "..", "a/../a"])
def test_a_wish_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    make(tmp_path, "a")
    with pytest.raises(ModelUnknown):
        checked_model(tmp_path, name)


def test_half_an_archive_is_refused_even_when_its_manifest_describes_it(tmp_path: Path) -> None:
    model = make(tmp_path, "a")
    model.write_bytes(model.read_bytes()[:-20])
    record = tmp_path / "models" / "manifests" / "a.json"
    Manifest(**{**vars(Manifest.read(record)), "sha256": file_sha256(model)}).write(record.parent)
    with pytest.raises(StartError, match="cannot be unpacked"):
        checked_model(tmp_path, "a")


def test_a_model_that_broke_while_it_lay_there_is_not_loaded_again(tmp_path: Path, var: Path) -> None:
    make(tmp_path, "a")
    make(tmp_path, "b")
    choice = Choice(tmp_path)
    choice.works()
    (tmp_path / "models" / "a").write_bytes(b"rot")
    assert choice.to_load().name == "b"
    assert "models/a" in str(ModelState.read(var).problem)
