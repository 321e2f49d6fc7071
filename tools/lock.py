"""Resolve the dependency groups of pyproject.toml and write the hashed requirement files.

uv's own lock file names the address of the package index on every line, so it is not kept (.gitignore); the exported
files hold versions and hashes only. Standard library only.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from environments import ROOT, _uv

FILES = {"app.txt": ["app"], "dev.txt": ["app", "dev"], "rasa.txt": ["rasa", "rasa-dev"]}


def main() -> None:
    """Lock, then export one file per environment."""
    uv = _uv()
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run([*uv, "lock", "--python", "3.11"], cwd=ROOT, env=environment, check=True)
    for name, groups in FILES.items():
        _export(uv, ROOT / "requirements" / name, groups, environment)


def _export(uv: list[str], file: Path, groups: list[str], environment: dict[str, str]) -> None:
    chosen = [part for group in groups for part in ("--group", group)]
    command = [*uv, "export", "--locked", "--quiet", "--no-header", "--python", "3.11", *chosen, "-o", str(file)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    if "://" in file.read_text(encoding="utf-8"):
        raise SystemExit(f"{file.name} names an address; it should hold versions and hashes only")


if __name__ == "__main__":
    main()
