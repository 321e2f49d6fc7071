"""Which model Rasa runs: the one that `var/model-choice` names, as long as its manifest vouches for it and it works.

Staff choose by writing one line, a file name in models/. What came of it stands in `var/model-state.json`.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.running.errors import ModelBroken
from assistant.training.errors import ModelUnknown, StartError
from assistant.training.manifest import Manifest, fitting_model, promoted_model, vouched_model

CHOICE, STATE = "model-choice", "model-state.json"
Report = Callable[[str], None]


@dataclass(frozen=True)
class ModelState:
    """What the console and the metrics read."""

    running: str = ""
    """File name of the model that answers, or answered last."""
    wanted: str = ""
    """File name that was asked for; empty = the one that fits the data."""
    problem: str | None = None
    """Why `running` is not `wanted`."""

    @classmethod
    def read(cls, var: Path) -> ModelState:
        """Read the state; a file that is not there or cannot be read is an empty state."""
        try:
            return cls(**json.loads((var / STATE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()

    def write(self, var: Path) -> None:
        """Write the state so that nobody ever reads half of it."""
        fresh = var / f"{STATE}.new"
        fresh.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        fresh.replace(var / STATE)


def checked_model(root: Path, name: str) -> Path:
    """Return a model that may be loaded. Raises ModelUnknown (no manifest, other contents) or ModelBroken."""
    if Path(name).name != name:
        raise ModelUnknown(f"{name!r} is not the name of a file in models/")
    model = vouched_model(root, name)
    try:
        with gzip.open(model) as packed, tarfile.open(fileobj=packed) as archive:
            archive.getmembers()
            while packed.read(1 << 20):  # to the very end, where gzip keeps its own checksum
                pass
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise ModelBroken(f"models/{name} cannot be unpacked ({type(error).__name__})") from error
    return model


class ModelChoice:
    """The wish in the file, the model that it leads to, and the one to go back to."""

    def __init__(self, root: Path, var: Path, usual: Callable[[], Path], report: Report) -> None:
        self._root, self._var, self._usual, self._report = root, var, usual, report
        self._former: Path | None = None
        self._seen, self._written = self._read()
        self.state = ModelState.read(var)
        self.current = self._first()

    def look(self) -> bool:
        """Read the wish again. True when Rasa has to be started with another model: `current`.

        Writing the same wish once more is a wish too: perhaps the file is sound now.
        """
        wanted, written = self._read()
        if (wanted, written) == (self._seen, self._written):
            return False
        self._seen, self._written = wanted, written
        try:
            chosen = checked_model(self._root, wanted) if wanted else self._fitting()
        except StartError as error:
            self._keep(problem=str(error))
            return False
        changed = chosen != self.current
        self._former = self.current if changed else None
        self.current = chosen
        self._keep(problem=None)
        return changed

    def to_load(self) -> Path:
        """Return the model for a start of Rasa, looked at once more: files can break while they lie there."""
        try:
            return checked_model(self._root, self.current.name)
        except StartError as error:
            self.current = self._another(self.current.name, error)
            self._former = None
            self._keep(problem=f"{error}; {self.current.name} runs in its place")
            return self.current

    def works(self) -> None:
        """Rasa is ready with the current model."""
        self._former = None
        self._keep(running=self.current.name)

    def failed(self, why: str) -> bool:
        """Rasa did not get ready with the current model. True when there is a former one, which is current again."""
        if self._former is None:
            return False
        refused, self.current, self._former = self.current, self._former, None
        self._keep(problem=f"Rasa {why} with {refused.name}; {self.current.name} runs again")
        return True

    def _first(self) -> Path:
        """Return the model to begin with: the wish, else what ran last, else what fits the data."""
        try:
            chosen, problem = (checked_model(self._root, self._seen) if self._seen else self._usual()), None
        except (ModelUnknown, ModelBroken) as error:
            chosen = self._another(self._seen, error)
            problem = f"{error}; {chosen.name} runs in its place"
        self._keep(wanted=self._seen, problem=problem)
        return chosen

    def _another(self, refused: str, error: StartError) -> Path:
        """Return a model that may take the place of a refused one: what ran last, then the newest that is sound."""
        manifests = [Manifest.read(path) for path in (self._root / "models" / "manifests").glob("*.json")]
        newest = sorted((m for m in manifests if m.promoted is not False), key=lambda m: m.trained_at, reverse=True)
        for name in (self.state.running, *(manifest.model for manifest in newest)):
            try:
                if name and name != refused:
                    return checked_model(self._root, name)
            except StartError:
                continue
        raise error

    def _fitting(self) -> Path:
        return fitting_model(self._root) or promoted_model(self._root) or self.current

    def _read(self) -> tuple[str, int]:
        """Return the wish and when it was written; a file that is not there means: the model that fits the data."""
        path = self._var / CHOICE
        try:
            return path.read_text(encoding="utf-8").strip(), path.stat().st_mtime_ns
        except (OSError, UnicodeDecodeError):
            return "", 0

    def _keep(self, **changes: str | None) -> None:
        self.state = ModelState(**{**asdict(self.state), "wanted": self._seen, **changes})
        self.state.write(self._var)
        if changes.get("problem"):
            self._report(str(changes["problem"]))
