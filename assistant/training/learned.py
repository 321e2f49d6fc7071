"""Approved sentences from the console, as Rasa's own YAML: `learned/nlu` to train on, `learned/test` to measure with.

    python -m assistant.training.learned ROWS.json OUT     (in Rasa's environment; ROWS: id, intent, sentence, goes_to)

The folders are written anew each time from all that is approved, so taking an approval back takes the sentence out.
A sentence is left out, with the reason, when it says nothing new, contradicts our data, or gives a test away.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.training.near_duplicates import leaks, near_duplicates
from assistant.training.sentences import Sentence, grouped, read_folder

LEARN = "leren"
HEAVY = 0.3
"""Share of an intent's sentences from which what was learnt weighs so much that somebody should look."""
UNEVEN = 3
"""An intent with this many times the average number of sentences pulls others towards it."""


@dataclass
class Export:
    """What was written, what was left out and why (Dutch, for the page), and what somebody should look at."""

    learnt: list[Sentence] = field(default_factory=list)
    tests: list[Sentence] = field(default_factory=list)
    notes: dict[int, str | None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def chosen(rows: list[dict[str, Any]], training: list[Sentence], tests: list[Sentence]) -> Export:
    """Return which approved rows go where."""
    groups = {row.intent: row.group for row in training}
    said = {_plain(row.text): row.intent for row in training}
    export = Export()
    for row in rows:
        new = Sentence(row["intent"], row["sentence"], groups.get(row["intent"], ""))
        export.notes[row["id"]] = note = _objection(new, said)
        if note is None:
            said[_plain(new.text)] = new.intent
            (export.learnt if row["goes_to"] == LEARN else export.tests).append(new)
    ids = {(row["intent"], row["sentence"]): row["id"] for row in reversed(rows)}
    _leave_out(
        export, export.learnt, ids, _twins(export.learnt, training), "lijkt bijna helemaal op een zin die er al is"
    )
    _leave_out(
        export, export.learnt, ids, {old for old, _ in leaks(export.learnt, tests)}, "lijkt te veel op een toetszin"
    )
    known = leaks([*training, *export.learnt], export.tests)
    _leave_out(export, export.tests, ids, {test for _, test in known}, "lijkt te veel op een zin om van te leren")
    export.warnings = balance(export.learnt, training)
    return export


def balance(learnt: list[Sentence], training: list[Sentence]) -> list[str]:
    """Return a Dutch line for each intent that the new sentences make too heavy."""
    had, new = Counter(row.intent for row in training), Counter(row.intent for row in learnt)
    average = (len(training) + len(learnt)) / max(1, len(had | new))
    lines = []
    for intent, count in sorted(new.items()):
        total = had[intent] + count
        if count / total >= HEAVY:
            lines.append(
                f"{intent}: {count} van de {total} zinnen zijn geleerd; kijk of ze genoeg van elkaar verschillen"
            )
        if total >= UNEVEN * average:
            lines.append(
                f"{intent}: {total} zinnen, gemiddeld is {average:.0f}; andere vragen kunnen hierdoor minder worden"
            )
    return lines


def write(export: Export, folder: Path) -> None:
    """Write both folders anew, one file per group; files of before that have nothing left are removed."""
    for name, rows, about in (
        ("nlu", export.learnt, {}),
        ("test", export.tests, {"pen": "geleerd", "slice": "gesprek"}),
    ):
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        by_group: dict[str, list[Sentence]] = {}
        for row in rows:
            by_group.setdefault(row.group, []).append(row)
        for old in place.glob("*.yml"):
            if old.stem not in by_group:
                old.unlink()
        for group, held in by_group.items():
            fresh = place / f".{group}.new"
            fresh.write_text(_yaml(held, about), encoding="utf-8")
            fresh.replace(place / f"{group}.yml")


def _objection(new: Sentence, said: dict[str, str]) -> str | None:
    """Return why a sentence cannot be learnt, or None."""
    other = said.get(_plain(new.text))
    if not new.group:
        return "deze vraag bestaat niet meer, of leert niet van zinnen"
    if other == new.intent:
        return "staat er al"
    return f"staat al bij een andere vraag: {other}" if other else None


def _twins(new: list[Sentence], training: list[Sentence]) -> set[Sentence]:
    """Return the new sentences that say nearly the same as one of our own, or as another new one."""
    intents, ours = {row.intent for row in new}, set(training)
    pairs = near_duplicates([row for row in training if row.intent in intents] + new)
    return {rich if poor in ours else poor for rich, poor in pairs} - ours


def _leave_out(
    export: Export, rows: list[Sentence], ids: dict[tuple[str, str], int], out: set[Sentence], why: str
) -> None:
    for row in [row for row in rows if row in out]:
        rows.remove(row)
        export.notes[ids[row.intent, row.marked]] = why


def _yaml(rows: list[Sentence], about: dict[str, str]) -> str:
    lines = ['version: "3.1"', "", "nlu:"]
    for intent, held in grouped(rows).items():
        lines.append(f"- intent: {intent}")
        if about:
            lines += ["  metadata:", *(f"    {name}: {value}" for name, value in about.items())]
        lines += ["  examples: |", *(f"    - {row.marked}" for row in held)]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def main(root: Path, rows: Path, folder: Path) -> None:
    """Choose, write, and print the result as JSON."""
    approved = json.loads(rows.read_text(encoding="utf-8"))
    export = chosen(approved, read_folder(root / "data" / "nlu"), read_folder(root / "tests" / "nlu"))
    write(export, folder)
    told = {
        "learnt": len(export.learnt),
        "tests": len(export.tests),
        "notes": export.notes,
        "warnings": export.warnings,
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(Path.cwd(), Path(sys.argv[1]), Path(sys.argv[2]))
