"""The report of a run: models/reports/simulation.md for people, simulation.json for programs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from assistant.simulation.run import Result, TalkResult

SHOWN_FAILURES = 40


def write(result: Result, folder: Path) -> str:
    """Write both files and return the summary in one line."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = _summary(result)
    raw = {
        "seed": result.seed,
        "summary": summary,
        "good": result.good,
        "talks": [{name: value for name, value in asdict(talk).items() if name != "story"} for talk in result.talks],
        "random": asdict(result.random),
    }
    (folder / "simulation.json").write_text(json.dumps(raw, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "simulation.md").write_text(_page(result, summary), encoding="utf-8")
    return ", ".join(f"{name} {value}" for name, value in summary.items())


def _summary(result: Result) -> dict[str, float | int]:
    talks, count = result.talks, max(len(result.talks), 1)
    return {
        "talks": len(talks),
        "reached_percent": round(100 * sum(talk.reached for talk in talks) / count, 1),
        "lost_percent": round(100 * sum(talk.lost for talk in talks) / count, 1),
        "loops": sum(talk.loops for talk in talks),
        "turns_median": statistics.median(talk.turns for talk in talks) if talks else 0,
        "misses_per_talk": round(sum(talk.misses for talk in talks) / count, 2),
        "questions_back_per_talk": round(sum(talk.asked_back for talk in talks) / count, 2),
        "slowest_turn_seconds": round(max((talk.slowest for talk in talks), default=0.0), 2),
        "problems": sum(len(talk.problems) for talk in talks),
        "rows_without_consent": result.without_consent,
        "random_turns": result.random.turns,
        "random_problems": len(result.random.problems),
        "seconds": round(result.seconds),
    }


def _page(result: Result, summary: dict[str, float | int]) -> str:
    lines = ["# Simulated people", "", f"Seed {result.seed}. Written by `make simulate`; do not edit.", ""]
    lines += ["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in summary.items()), ""]
    lines += _table("goal", result.talks, lambda talk: talk.goal)
    lines += _table("way of typing", result.talks, lambda talk: talk.profile)
    failed = [talk for talk in result.talks if not talk.reached or talk.loops or talk.problems]
    lines += ["## Talks that did not reach their goal, or said the same twice", ""]
    for talk in failed[:SHOWN_FAILURES]:
        lines += [f"### {talk.number}: {talk.goal}, {talk.profile}", *talk.problems, "", "```text"]
        lines += [part for said, shown in talk.story for part in (f"> {said}", _indent(shown))] + ["```", ""]
    lines += ["## Random talk", "", *(f"- {problem}" for problem in result.random.problems[:SHOWN_FAILURES]), ""]
    return "\n".join(lines)


def _table(name: str, talks: list[TalkResult], key: Callable[[TalkResult], str]) -> list[str]:
    lines = [f"| {name} | talks | reached | lost | turns | misses | back | loops | seconds |", "|---|" + "---|" * 8]
    for group in sorted({key(talk) for talk in talks}):
        own = [talk for talk in talks if key(talk) == group]
        mean = [round(sum(values) / len(own), 2) for values in (
            [talk.misses for talk in own], [talk.asked_back for talk in own], [talk.seconds for talk in own],
        )]  # fmt: skip
        lines.append(
            f"| {group} | {len(own)} | {sum(talk.reached for talk in own)} | {sum(talk.lost for talk in own)} "
            f"| {statistics.median(talk.turns for talk in own)} | {mean[0]} | {mean[1]} "
            f"| {sum(talk.loops for talk in own)} | {mean[2]} |"
        )
    return [*lines, ""]


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
