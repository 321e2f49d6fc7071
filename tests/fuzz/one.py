"""Fuzz the targets of one module: `python -m tests.fuzz.one FOLDER NAME ...`, with FOLDER/NAME/options for each.

The module is imported once, with instruments in all that is ours; each target then gets a process of its own (a fork),
because atheris ends the process. What runs inside Rasa (assistant/nlu) is never imported here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

from tests.fuzz.register import is_tree, load, seeds
from tests.fuzz.tree import changed

OURS = ["assistant", "actions", "tests.fuzz.targets"]
NOT_HERE = ("rasa", "tensorflow", "assistant.nlu")


def main(folder: Path, names: list[str]) -> None:
    """Import the targets and fuzz one after the other; what each says goes to `said` in its own folder."""
    with atheris.instrument_imports(include=OURS):
        targets = {name: load(name) for name in names}
    if found := [module for module in NOT_HERE if module in sys.modules]:
        raise SystemExit(f"{names} import {found[0]}, which is not of the app's environment")
    for name, target in targets.items():
        if not (child := os.fork()):
            with (folder / name / "said").open("wb") as said:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
            options = (folder / name / "options").read_text(encoding="utf-8").split("\n")
            changes = {"custom_mutator": _mutate} if name in seeds() and is_tree(name) else {}
            atheris.Setup([sys.argv[0], *options], target, **changes)
            atheris.Fuzz()
        os.waitpid(child, 0)


def _mutate(data: bytes, max_size: int, seed: int) -> bytes:
    made = changed(data, max_size, seed)
    return atheris.Mutate(data, max_size) if made is None else made  # type: ignore[no-any-return]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
