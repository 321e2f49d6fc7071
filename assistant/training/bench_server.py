"""Two whole Rasa servers in one run: ours and a stock default project, same rules, same sentences, over REST.

Both get one rule and one fixed sentence per intent, so that only understanding and deciding are compared. What a
message costs does not depend on how long the networks were trained: the stock project trains for SHORT epochs only.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from assistant.training.bench_peers import Rows, flat, pipeline_of, write_nlu, write_yaml
from assistant.training.measure import percentiles

SHORT = 5
"""Epochs of each network of the stock project (its own default is 100)."""
STOCK_POLICIES = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": SHORT},
    {"name": "TEDPolicy", "max_history": 5, "epochs": SHORT, "constrain_similarities": True},
]
"""What `rasa init` of version 3.6 writes, but for the epochs."""
OUR_POLICIES = [
    {"name": "assistant.nlu.doubt_policy.DoubtPolicy", "priority": 7, "threshold": 0.3, "gap": 0.08, "stranger": 0.25},
    {"name": "RulePolicy"},
]
START_LIMIT = 600
"""Seconds after which a server that does not answer is given up."""


def write_project(folder: Path, rows: Rows, peer: str, action: str = "") -> None:
    """Write a Rasa project: one rule per intent, with one response each or the same custom action for all."""
    folder.mkdir(parents=True, exist_ok=True)
    intents = sorted({flat(intent) for intent, _ in rows})
    policies = OUR_POLICIES if peer == "ours" else STOCK_POLICIES
    config = {
        "recipe": "default.v1",
        "assistant_id": peer,
        "language": "nl",
        "pipeline": [part | ({"epochs": SHORT} if "epochs" in part else {}) for part in pipeline_of(peer)],
        "policies": policies,
    }
    responses = {f"utter_{name}": [{"text": name}] for name in [*intents, "twijfel"]}
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": action or f"utter_{name}"}]} for name in intents]
    stories = [{"story": name, "steps": rule["steps"]} for name, rule in zip(intents[:20], rules[:20], strict=True)]
    write_yaml(folder / "config.yml", config)
    domain = {"version": "3.1", "intents": intents, "responses": responses, "actions": [action] if action else []}
    write_yaml(folder / "domain.yml", domain)
    (folder / "data").mkdir(exist_ok=True)
    write_yaml(
        folder / "data" / "rules.yml",
        {"version": "3.1", "rules": rules} | ({} if peer == "ours" else {"stories": stories}),
    )
    write_yaml(folder / "credentials.yml", {"rest": {}})
    write_yaml(folder / "endpoints.yml", {})
    write_nlu(rows, folder / "data" / "nlu.yml")


def train_project(root: Path, folder: Path) -> None:
    """Run `rasa train`; what it says goes to train.log in the folder."""
    with (folder / "train.log").open("w", encoding="utf-8") as log:
        command = [str(root / ".venv-rasa" / "bin" / "rasa"), "train", "--fixed-model-name", "model"]
        subprocess.run(command, cwd=folder, env=_environment(root), stdout=log, stderr=log, check=True)


def measure(root: Path, folder: Path, texts: list[str]) -> dict[str, Any]:
    """Start the server, send every text to the REST channel, stop it; times in ms, memory in MB, start in seconds."""
    port = _free_port()
    command = [str(root / ".venv-rasa" / "bin" / "rasa"), "run", "--port", str(port), "--interface", "127.0.0.1"]
    began = time.monotonic()
    with (
        (folder / "run.log").open("w", encoding="utf-8") as log,
        subprocess.Popen(command, cwd=folder, env=_environment(root), stdout=log, stderr=log) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/", began)
            start, start_cpu = time.monotonic() - began, _cpu_seconds(process.pid)
            times = [_say(port, number, text) for number, text in enumerate(texts)]
            memory = _resident_mb(process.pid)
        finally:
            process.terminate()
    middle, slow = percentiles(times[5:])
    return {"start_s": start, "start_cpu_s": start_cpu, "p50_ms": middle, "p95_ms": slow, "resident_mb": memory}


def _say(port: int, number: int, text: str) -> float:
    body = json.dumps({"sender": f"bench-{number // 5}", "message": text}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
    )
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        answer.read()
    return 1000 * (time.perf_counter() - start)


def wait_for(address: str, began: float) -> None:
    """Return when the address answers. Raises TimeoutError after START_LIMIT seconds."""
    while time.monotonic() - began < START_LIMIT:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise TimeoutError(f"no answer from {address} in {START_LIMIT} s")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(root: Path) -> dict[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **quiet, "PYTHONPATH": str(root)}
