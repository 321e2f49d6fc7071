"""What processes cost: CPU seconds and resident memory of each with its children, read from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """CPU seconds since the start of the processes, and memory in MB now."""

    cpu: float
    memory: float


def cost_of(pids: list[int]) -> Cost:
    """Return what these processes and their living children used. A process that ended counts as nothing."""
    family = {member for pid in pids for member in _family(pid)}
    return Cost(sum(_cpu(pid) for pid in family), sum(_memory(pid) for pid in family))


def machine_busy() -> float:
    """Return the CPU seconds of the whole machine that were not idle, all cores added up."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    user, nice, system, _idle, _wait, irq, soft, _steal = (int(value) for value in first)
    return (user + nice + system + irq + soft) / TICK


def _family(pid: int) -> list[int]:
    """Return the process and all that descend from it."""
    found, waiting = [], [pid]
    while waiting:
        found.append(parent := waiting.pop())
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            waiting += [int(child) for child in _read(task).split()]
    return found


def _cpu(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def _memory(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) * PAGE / 1e6 if fields else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""
