"""Make the two environments of this project, with nothing but a Python 3 and a package index.

    python3 tools/environments.py app rasa        what `make run` needs
    python3 tools/environments.py app dev rasa    what `make test` and `make check` need

It finds or brings uv, finds a Python 3.11 (this one, pyenv's, the system's, or uv's own), and installs the hashed
requirement files. A second run sees by a stamp that nothing changed and takes no time. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".uv"
WANTED = (3, 11)
CERTIFICATES = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
"""Trust what this machine trusts: a mirror of one's own has a certificate of its own (two names: new uv, old uv)."""
ENVIRONMENTS = {  # name on the command line: (folder, requirement file)
    "app": (ROOT / ".venv", "app.txt"),
    "dev": (ROOT / ".venv", "dev.txt"),
    "rasa": (ROOT / ".venv-rasa", "rasa.txt"),
}


def main(names: list[str]) -> None:
    """Make the environments with these names; `dev` holds all of `app` and takes its place."""
    wanted = [name for name in names if not (name == "app" and "dev" in names)]
    for name in wanted:
        folder, file = ENVIRONMENTS[name]
        requirements = ROOT / "requirements" / file
        if _is_current(folder, requirements, name):
            continue
        _install(name, folder, requirements)


def _is_current(folder: Path, requirements: Path, name: str) -> bool:
    """Whether the stamp fits; an environment with the test tools in it is good enough for the app."""
    if name == "app" and (folder / "meedoen-dev.stamp").exists():
        return _is_current(folder, ROOT / "requirements" / "dev.txt", "dev")
    stamp = folder / f"meedoen-{name}.stamp"
    return stamp.exists() and stamp.read_text() == _checksum(requirements)


def _install(name: str, folder: Path, requirements: Path) -> None:
    uv = _uv()
    size = {"app": "about 0.2 GB", "dev": "about 0.5 GB", "rasa": "about 2.5 GB, most of it TensorFlow"}[name]
    print(f"Installing the {name} environment into {folder.name} ({size}) ...", flush=True)
    began = time.monotonic()
    if not (folder / "bin" / "python").exists():
        _run([*uv, "venv", "--quiet", "--python", _python(uv), str(folder)], f"cannot make {folder.name}")
    python = str(folder / "bin" / "python")
    sync = [*uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", str(requirements)]
    _run(sync, f"a download failed or a hash did not fit while installing {requirements.name}; check the connection to "
         "your package index and run the same command again, what was fetched is kept")  # fmt: skip
    for stamp in folder.glob("meedoen-*.stamp"):
        stamp.unlink()
    (folder / f"meedoen-{name}.stamp").write_text(_checksum(requirements))
    print(f"  done in {time.monotonic() - began:.0f} s", flush=True)


def _uv() -> list[str]:
    """Return the command for uv: the one on the path, or one of our own in .uv."""
    found = shutil.which("uv")
    if found and not _is_broken_shim(found):
        return [found]
    own = TOOLS / "bin" / "python"
    if not (TOOLS / "bin" / "uv").exists():
        print("Bringing uv (the installer) into .uv ...", flush=True)
        _run([sys.executable, "-m", "venv", str(TOOLS)], "cannot make a virtual environment: on Debian and Ubuntu, "
             "install the package python3-venv")  # fmt: skip
        _run([str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv>=0.9"],
             "cannot download uv from the package index")  # fmt: skip
    return [str(TOOLS / "bin" / "uv")]


def _is_broken_shim(command: str) -> bool:
    """Whether a command on the path only answers that it is not there (as pyenv's shims do)."""
    return subprocess.run([command, "--version"], capture_output=True, check=False).returncode != 0


def _python(uv: list[str]) -> str:
    """Return a Python 3.11: this one, one that uv finds, one of pyenv's, or one that uv brings."""
    if sys.version_info[:2] == WANTED:
        return sys.executable
    version = ".".join(map(str, WANTED))
    found = subprocess.run(
        [*uv, "python", "find", "--no-project", version], capture_output=True, text=True, check=False
    )
    if found.returncode == 0 and found.stdout.strip():
        return found.stdout.strip()
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for candidate in sorted(pyenv.glob(f"{version}.*/bin/python")):
        return str(candidate)
    print(f"No Python {version} found; asking uv to bring one ...", flush=True)
    _run([*uv, "python", "install", version], f"there is no Python {version} here and uv could not bring one; "
         f"install python{version} and run the same command again")  # fmt: skip
    return version


def _run(command: list[str], trouble: str) -> None:
    """Run a command; when it fails, show the end of what it said and one line that says what to do."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **CERTIFICATES})
    if done.returncode != 0:
        sys.stderr.write("\n".join((done.stdout + done.stderr).strip().splitlines()[-5:]) + "\n")
        sys.exit(f"meedoen: {trouble}")


def _checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
