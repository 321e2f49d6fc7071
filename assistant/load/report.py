"""The page of `make load`."""

from __future__ import annotations

from statistics import median
from typing import Any

HEAD = (
    "# Load\n\nMade by `make load`: {cores} cores, load average {load_average_before} before it began (other programs "
    "were at work; the column *others* is how many cores they and the load itself kept busy). All on one machine, so "
    "turns a second are what was left for the house. **CPU ms a turn is processor time (user and system) of all "
    "processes of that server, with everything that a turn needs.** A crowded machine makes it dearer for both, so "
    "compare within one run.\n"
)
COLUMNS = ("name", "turns", "per_second", "p50", "p95", "p99", "errors", "cpu_ms", "memory", "others_busy")
TITLES = ("", "turns", "turns/s", "p50 ms", "p95 ms", "p99 ms", "errors", "CPU ms a turn", "MB", "others")


def markdown(facts: dict[str, Any]) -> str:
    """Return the page for whatever was measured."""
    parts = [HEAD.format(**facts["machine"])]
    for name, page in (
        ("side_by_side", _stock), ("ladder", _ladder), ("streams", _streams), ("scaling", _scaling), ("soak", _soak),
    ):  # fmt: skip
        if name in facts:
            parts.append(page(facts))
    return "\n".join(parts)


def _stock(facts: dict[str, Any]) -> str:
    rows, started = facts["side_by_side"], facts["started"]
    cost = {
        name: median(row["cpu_ms"] for row in rows if row["name"] == name)
        for name in ("stock", "stock at work", "ours", "ours: Rasa alone")
    }
    table = _table(("server", "s to ready", "CPU s to ready", "MB when ready"), [
        (name, each["seconds"], each["cpu"], each["memory"]) for name, each in started.items()
    ])  # fmt: skip
    return (
        "## Beside stock Rasa (default pipeline: DIET, TED, UnexpecTED, rules)\n\nThe same talks, four people without "
        "pause, in one run. Ours does the whole road: gateway, limits, masking, database, log, actions, words. "
        "*stock* answers one fixed sentence for each intent from memory and keeps nothing; *stock at work* is run as a "
        "service: the same sentence comes from an action server, talks are kept in SQLite.\n\n"
        f"{table}\n{_rows(rows)}\n"
        f"Median CPU a turn: stock {cost['stock']:.1f} ms, stock at work {cost['stock at work']:.1f} ms; our Rasa "
        f"{cost['ours: Rasa alone']:.1f} ms, our whole house {cost['ours']:.1f} ms. Turns a second per core:\n\n"
        + _table(("", "beside stock", "beside stock at work"), [
            (name, *(f"{cost[peer] / cost[name]:.1f}×" for peer in ("stock", "stock at work")))
            for name in ("ours: Rasa alone", "ours")
        ])
    )  # fmt: skip


def _ladder(facts: dict[str, Any]) -> str:
    return f"## A growing pace, one gateway and one Rasa\n\n{_rows(facts['ladder'])}"


def _streams(facts: dict[str, Any]) -> str:
    return "## Open streams\n\n" + _table(tuple(facts["streams"]), [tuple(facts["streams"].values())])


def _scaling(facts: dict[str, Any]) -> str:
    rows = facts["scaling"]
    slow = [row["per_second"] for row in rows if "slow" in row["name"]]
    note = (
        "Two cores carry the gateway, the workers and the load together, so the second worker cannot show its worth in "
        "turns a second at full speed."
    )
    if slow:
        note += (
            " *Slow*: each Rasa gets a share of a core only (it is stopped and let go on twenty times a second), so "
            f"that there is room for two: **{slow[1] / slow[0]:.2f}×** as many turns a second with two as with one."
        )
    return f"## One Rasa and two\n\n{_rows(rows, ('part',))}\n{note}\n"


def _soak(facts: dict[str, Any]) -> str:
    rows = facts["soak"]
    half = rows[len(rows) // 2 :]  # the first minutes fill memories that have a bound, as that of a thousand talks
    grown = (half[-1]["memory"] - half[0]["memory"]) / max(1, len(half) - 1)
    title = f"## A long run at {facts['soak_pace']:g} turns a second"
    return f"{title}\n\n{_rows(rows)}\nMemory grew {grown:.1f} MB a minute in the second half.\n"


def _rows(rows: list[dict[str, Any]], more: tuple[str, ...] = ()) -> str:
    return _table((*TITLES, *more), [tuple(row[name] for name in (*COLUMNS, *more)) for row in rows])


def _table(titles: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = ["| " + " | ".join(titles) + " |", "| " + " | ".join("---" for _ in titles) + " |"]
    return "\n".join([*lines, *("| " + " | ".join(str(value) for value in row) + " |" for row in rows)]) + "\n"
