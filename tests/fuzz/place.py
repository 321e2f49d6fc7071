"""A folder for the files that a target reads."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def own_folder() -> Path:
    """Return a new folder that is gone when this process ends; a fork of it leaves the folder alone."""
    made = Path(tempfile.mkdtemp(prefix="meedoen-fuzz-"))
    atexit.register(_forget, made, os.getpid())
    return made


def _forget(folder: Path, process: int) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
