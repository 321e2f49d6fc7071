"""Validate the data and train the model in Rasa's environment, with a line of progress; no silent minutes."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from assistant.training.errors import RasaMissing, TrainingFailed
from assistant.training.gate import promote
from assistant.training.manifest import (
    SOURCES,
    Manifest,
    data_checksum,
    file_sha256,
    fitting_model,
    learned_files,
    promoted_model,
)

QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
"""Rasa reports its use to its maker unless it is told not to; ours never does."""
_STARTED = re.compile(r"Starting to train component '([\w.]+)'")
Report = Callable[[str], None]


def rasa_command(root: Path) -> str:
    """Return the path of the `rasa` command; raises RasaMissing."""
    command = root / ".venv-rasa" / "bin" / "rasa"
    if not command.exists():
        raise RasaMissing("Rasa is not installed: run `make run` or `python3 tools/environments.py rasa`")
    return str(command)


def ensure_model(root: Path, report: Report, *, force: bool = False) -> Path:
    """Return a model for today's data, training one when there is none. Raises TrainingFailed.

    When the gate has refused the model for today's data, the one that it promoted last is returned.
    """
    model = None if force else fitting_model(root)
    if model is not None:
        report(f"model {model.name} fits the data")
        return model
    if not force and _is_refused(root) and (model := promoted_model(root)):
        report(f"the gate refused the model for today's data, so {model.name} stays")
        return model
    report("no model fits the data: training one (one to two minutes)")
    return train_model(root, report)


def train_model(root: Path, report: Report) -> Path:
    """Train a model on today's data, whatever there is already, and write its manifest. Raises TrainingFailed."""
    checksum = data_checksum(root)
    name = f"meedoen-{checksum[:12]}"
    began = time.monotonic()
    command = [
        rasa_command(root), "train", "--domain", "domain", "--data", "data/nlu", "data/rules",
        *(str(file) for file in learned_files(root)),
        "--config", "config.yml", "--out", "models", "--fixed-model-name", name, "--force",
    ]  # fmt: skip
    _run(root, command, report)
    model = root / "models" / f"{name}.tar.gz"
    seconds = time.monotonic() - began
    manifest = Manifest(
        model=model.name,
        data_checksum=checksum,
        sha256=file_sha256(model),
        trained_seconds=round(seconds, 1),
        trained_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        size_bytes=model.stat().st_size,
        commit=_commit(root),
    )
    (root / "models" / "manifests").mkdir(parents=True, exist_ok=True)
    manifest.write(root / "models" / "manifests")
    report(f"trained {model.name} in {seconds:.0f} s, {manifest.size_bytes / 1e6:.1f} MB")
    return model


def gated_model(root: Path, report: Report, *, force: bool = False) -> Path:
    """Train when needed, measure, promote. Raises ModelRefused when the model is worse than the promoted one."""
    model = ensure_model(root, report, force=force)
    manifest = promote(root, model)
    report(f"promoted {model.name}: " + ", ".join(f"{name} {value:.3f}" for name, value in manifest.scores.items()))
    return model


def _is_refused(root: Path) -> bool:
    record = root / "models" / "manifests" / f"meedoen-{data_checksum(root)[:12]}.tar.gz.json"
    return record.exists() and Manifest.read(record).promoted is False


def _commit(root: Path) -> str:
    """Return the commit, with a `+` when files differ from it; empty without git or outside a repository."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return ""
    head, changes = (
        subprocess.run([git, *words], cwd=root, capture_output=True, text=True, check=False).stdout.strip()
        for words in (["rev-parse", "HEAD"], ["status", "--porcelain", "--", *SOURCES])
    )
    return f"{head}+" if changes else head


def _run(root: Path, command: list[str], report: Report) -> None:
    """Run Rasa, tell which component is being trained, and keep everything it says in var/log/train.log."""
    log = root / "var" / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **QUIET, "PYTHONPATH": str(root)}
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            kept.write(line)
            if found := _STARTED.search(line):
                report(f"  training {found[1].rsplit('.', 1)[-1]} ...")
    if process.returncode != 0:
        last = [line for line in log.read_text(encoding="utf-8").splitlines() if "it/s" not in line][-3:]
        raise TrainingFailed(f"training failed, the whole story is in {log}:\n" + "\n".join(last))
