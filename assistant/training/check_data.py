"""Is the training data fit to train on? `python -m assistant.training.check_data [--remove]`, part of `make check`.

Three questions: enough sentences for each intent, no sentence twice, no test sentence in the training data.
With `--remove` the poorer half of each pair and each leaked training row is taken out of its file.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from assistant.training.near_duplicates import leaks, near_duplicates
from assistant.training.sentences import Sentence, grouped, read_folder

LEAST = 100
"""Sentences that every intent has at least."""
AVERAGE = 150
"""Sentences per intent, on average."""


def complaints(training: list[Sentence], tests: list[Sentence]) -> tuple[list[str], list[Sentence]]:
    """Return what is wrong, one line each, and the training sentences that should go."""
    pairs, leaked = near_duplicates(training), leaks(training, tests)
    lines = counts(training)
    lines += [f"{poor.group}.yml: '{poor.marked}' says the same as '{rich.marked}'" for rich, poor in pairs]
    lines += [f"{row.group}.yml: '{row.marked}' gives test sentence '{test.text}' away" for row, test in leaked]
    return lines, [poor for _, poor in pairs] + [row for row, _ in leaked]


def counts(training: list[Sentence]) -> list[str]:
    """Return a line for each intent with too few sentences, and one when the average is too low."""
    by_intent = grouped(training)
    lines = [
        f"{intent}: {len(rows)} sentences, at least {LEAST} wanted"
        for intent, rows in by_intent.items()
        if len(rows) < LEAST
    ]
    average = len(training) / max(1, len(by_intent))
    if average < AVERAGE:
        lines.append(f"{average:.0f} sentences per intent on average, {AVERAGE} wanted")
    return lines


def remove(folder: Path, rows: list[Sentence]) -> int:
    """Take these rows out of their files, leaving everything else as it stands; return how many lines went.

    A row that stands there twice word for word loses one of the two.
    """
    gone = 0
    for file in sorted(folder.glob("*.yml")):
        unwanted = Counter((row.intent, row.marked) for row in rows if row.group == file.stem)
        kept, intent = [], ""
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.startswith("- intent:"):
                intent = line.split(":", 1)[1].strip()
            key = (intent, line.strip().removeprefix("- ").strip())
            if line.startswith("    - ") and unwanted[key]:
                unwanted[key] -= 1
                gone += 1
            else:
                kept.append(line)
        file.write_text("".join(kept), encoding="utf-8")
    return gone


def main(root: Path, *, removing: bool) -> int:
    """Print what is wrong and return how many things are."""
    training, tests = read_folder(root / "data" / "nlu"), read_folder(root / "tests" / "nlu")
    lines, unwanted = complaints(training, tests)
    print(*lines, sep="\n" if lines else "")
    if removing and unwanted:
        print(f"\n{remove(root / 'data' / 'nlu', unwanted)} rows removed")
        lines = counts(read_folder(root / "data" / "nlu"))
        print(*lines, sep="\n")
    intents = len(grouped(training))
    print(f"\n{len(training)} sentences, {intents} intents, {len(tests)} test sentences, {len(lines)} complaints")
    return len(lines)


if __name__ == "__main__":
    raise SystemExit(1 if main(Path.cwd(), removing="--remove" in sys.argv) else 0)
