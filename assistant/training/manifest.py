"""What a model was made from. A model without a fitting manifest is never loaded."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.training.errors import ModelUnknown

SOURCES = ("config.yml", "domain", "data/nlu", "data/rules", "assistant/nlu", "requirements/rasa.txt")
"""Files and folders that decide what a model becomes."""


@dataclass(frozen=True)
class Manifest:
    """The record of one trained model."""

    model: str
    """File name in models/."""
    data_checksum: str
    """SHA-256 over everything in SOURCES, and the sentences that staff approved."""
    sha256: str
    """SHA-256 of the model file: only this file may be loaded."""
    trained_seconds: float
    trained_at: str
    size_bytes: int
    spacy: str = "blank:nl"
    commit: str = ""
    """Commit of the working tree, with a `+` when files differed from it; empty outside a repository."""
    scores: dict[str, float] = field(default_factory=dict)
    """What the gate measured; empty when the model never went through it."""
    promoted: bool | None = None
    """False: the gate refused it, and it is not loaded unless named. None: it never went through the gate."""

    def write(self, folder: Path) -> Path:
        """Write `<model>.json` into the folder and return its path."""
        path = folder / f"{self.model}.json"
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Read a manifest."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def data_checksum(root: Path) -> str:
    """Return the SHA-256 over names and contents of everything that a model is made from.

    Sentences that staff approved count too; while there are none, the checksum is that of the repository alone.
    """
    named = [(file.relative_to(root).as_posix(), file) for file in sorted(_files(root))]
    named += [(f"learned/nlu/{file.name}", file) for file in learned_files(root)]
    digest = hashlib.sha256()
    for name, file in named:
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def learned_folder(root: Path) -> Path:
    """Return the folder with nlu/ and test/, written from corrections that were approved in the console.

    In MEEDOEN_VAR; read from the environment itself, because Rasa's environment has no settings.
    """
    return root / os.environ.get("MEEDOEN_VAR", "var") / "learned"


def learned_files(root: Path) -> list[Path]:
    """Return the files with learnt sentences, in order of name."""
    return sorted((learned_folder(root) / "nlu").glob("*.yml"))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fitting_model(root: Path) -> Path | None:
    """Return the model that fits today's data and whose contents are those of its manifest, or None."""
    wanted = data_checksum(root)
    for path in sorted((root / "models" / "manifests").glob("*.json"), reverse=True):
        manifest = Manifest.read(path)
        model = root / "models" / manifest.model
        if manifest.promoted is False:
            continue
        if manifest.data_checksum == wanted and model.exists() and file_sha256(model) == manifest.sha256:
            return model
    return None


def promoted_model(root: Path) -> Path | None:
    """Return the model that the gate promoted last, when its file is still here and unchanged."""
    for path in (root / "models" / "manifests").glob("*.json"):
        manifest = Manifest.read(path)
        model = root / "models" / manifest.model
        if (
            manifest.promoted
            and _is_latest(root, manifest)
            and model.exists()
            and file_sha256(model) == manifest.sha256
        ):
            return model
    return None


def _is_latest(root: Path, manifest: Manifest) -> bool:
    record = root / "models" / "reports" / "promoted.json"
    return record.exists() and json.loads(record.read_text(encoding="utf-8"))["model"] == manifest.model


def vouched_model(root: Path, name: str) -> Path:
    """Return a model by name; raises ModelUnknown unless its manifest is there and has the sha256 of the file."""
    model, record = root / "models" / name, root / "models" / "manifests" / f"{name}.json"
    if not model.exists() or not record.exists() or Manifest.read(record).sha256 != file_sha256(model):
        raise ModelUnknown(
            f"models/{name} is not there, has no manifest or is not the file that its manifest describes"
        )
    return model


def _files(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        found = [path] if path.is_file() else path.rglob("*")
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)
