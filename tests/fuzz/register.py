"""The list of targets: `seeds.yml`. Without atheris, so that what was found can be played again anywhere."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
Target = Callable[[bytes], None]


@cache
def seeds() -> dict[str, list[Any]]:
    """Return target → what it starts from: text, or JSON for a target that reads that."""
    raw: dict[str, list[Any]] = yaml.safe_load((HERE / "seeds.yml").read_text(encoding="utf-8"))
    return raw


def seed_bytes(name: str) -> list[bytes]:
    """Return the seeds of a target as it takes them. Letters below 256 of a `telephone.frames` seed are bytes."""
    coding = "latin-1" if name == "telephone.frames" else "utf-8"
    return [_text(one).encode(coding) for one in seeds()[name]]


def is_tree(name: str) -> bool:
    """Whether a target reads JSON: then the tree is changed and not the letters."""
    return not all(isinstance(one, str) for one in seeds()[name])


def load(name: str) -> Target:
    """Return a target by its name, `module.function`."""
    module, function = name.split(".")
    found: Target = getattr(importlib.import_module(f"tests.fuzz.targets.{module}"), function)
    return found


def written() -> set[str]:
    """Return the names of all targets that were written, whether they are in the list or not."""
    names = [path.stem for path in (HERE / "targets").glob("[a-z]*.py")]
    modules = {name: importlib.import_module(f"tests.fuzz.targets.{name}") for name in names}
    return {
        f"{name}.{function}"
        for name, module in modules.items()
        for function, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not function.startswith("_")
    }


def _text(seed: Any) -> str:
    return seed if isinstance(seed, str) else json.dumps(seed, ensure_ascii=False)
