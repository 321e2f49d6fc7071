"""The menu of models, and which of them are installed under `var/voice`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.voice.errors import ModelInvalid


@dataclass(frozen=True)
class Model:
    """One entry of `menu.yml`."""

    id: str
    task: str
    engine: str
    size: str
    licence: str
    url: str
    sha256: str
    where: str
    package: str
    note: str
    also: str = ""
    """Address of a small second file that stands beside the first."""


@lru_cache(maxsize=1)
def menu() -> tuple[Model, ...]:
    """Return every model that can be installed."""
    raw = yaml.safe_load(Path(__file__).with_name("menu.yml").read_text(encoding="utf-8"))
    return tuple(Model(id=name, **entry) for name, entry in raw.items())


def find(name: str) -> Model:
    """Return a model by its name. Raises ModelInvalid."""
    for model in menu():
        if model.id == name:
            return model
    raise ModelInvalid(f"no model is called {name}; there are: {', '.join(model.id for model in menu())}")


class Installed:
    """What is there, and what was chosen to listen."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._choice = root / "choice.json"

    def folder(self, model: Model) -> Path:
        """Return where a model lives."""
        return self._root / model.id

    def has(self, model: Model) -> bool:
        """Whether a model was installed whole."""
        return (self.folder(model) / ".complete").exists()

    def works(self, model: Model) -> bool:
        """Whether its self-test ran to the end on this computer: an engine can take its whole process down."""
        return self.has(model) and (self.folder(model) / ".works").exists()

    def worked(self, model: Model) -> None:
        """Note that the self-test ran to the end."""
        (self.folder(model) / ".works").touch()

    @property
    def address(self) -> str:
        """The Wyoming server that was chosen, or empty."""
        chosen = self._chosen()
        return chosen if chosen.startswith("wyoming://") else ""

    @property
    def listening(self) -> Model | None:
        """The model that listens: the chosen one, else the first of the menu that works here."""
        there = [model for model in menu() if model.task == "listen" and self.works(model)]
        chosen = [model for model in there if model.id == self._chosen()]
        return next(iter([*chosen, *there]), None)

    @property
    def all_listening(self) -> list[Model]:
        """Every installed model that listens and works here."""
        return [model for model in menu() if model.task == "listen" and self.works(model)]

    def in_use(self, model: Model) -> bool:
        """Whether this model listens or speaks now."""
        return self.has(model) if model.task == "speak" else not self.address and model == self.listening

    def use(self, name: str) -> None:
        """Choose what listens. Raises ModelInvalid for what is not there."""
        if name.startswith("wyoming://"):
            from assistant.voice.listen.wyoming import WyomingRecogniser

            WyomingRecogniser(name)
        elif not self.works(find(name)):
            raise ModelInvalid(
                f"{name} is not installed, or did not end its self-test: meedoen voice test --model {name}"
            )
        self._root.mkdir(parents=True, exist_ok=True)
        self._choice.write_text(json.dumps({"listen": name}), encoding="utf-8")

    def _chosen(self) -> str:
        try:
            raw: dict[str, str] = json.loads(self._choice.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        return str(raw.get("listen", ""))
