"""Answers of one municipality laid beside the standard text: are they the same, and did the standard text change?

Who has looked at an override again runs `meedoen check --accept`: that writes the fingerprint of the standard text
into the override (`standard_hash`) and keeps the text itself in gezien.json, so that the next change can be shown.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.answers.findings import Finding, line_of
from assistant.answers.model import Answer
from assistant.answers.read import answers_in

SEEN = "gezien.json"
COMPARED = ("title", "audience", "text", "simple", "spoken", "werkgever", "next", "facts", "newest")
NEEDS_REPEATING = ("simple", "spoken", "newest")
"""Fields that fall away with another text, so that they may say the same again."""


def fingerprint(answer: Answer) -> str:
    """Return twelve characters that change with the words of a standard answer."""
    return hashlib.sha256(_words(answer).encode()).hexdigest()[:12]


def same_as_standard(folder: Path, raw_standard: Mapping[str, dict[str, Any]]) -> Iterator[Finding]:
    """Yield the fields of overrides that say what the standard says already."""
    for key, raw, path in answers_in(folder):
        for name in COMPARED:
            if name in NEEDS_REPEATING and "text" in raw:
                continue
            if name in raw and key in raw_standard and _bare(raw[name]) == _bare(raw_standard[key].get(name)):
                line = line_of(path.as_posix(), raw["__line__"], f"{name}:")
                yield Finding(
                    path.as_posix(), line, "fout", f"{key}: {name} is gelijk aan de standaardtekst; haal het weg"
                )


def changed_since_looked_at(
    local: Mapping[str, Answer], standard: Mapping[str, Answer], folder: Path
) -> Iterator[Finding]:
    """Yield the overrides whose standard text changed since somebody laid the two side by side."""
    seen = _seen(folder)
    for key, answer in local.items():
        if answer.standard_hash == fingerprint(standard[key]):
            continue
        line = line_of(answer.file, answer.line, "standard_hash")
        if not answer.standard_hash:
            message = f"{key}: nog niet naast de standaardtekst gelegd; kijk en doe daarna: meedoen check --accept"
            yield Finding(answer.file, line, "let op", message)
            continue
        before, after = seen.get(key, "").splitlines(), _words(standard[key]).splitlines()
        shown = [text for text in difflib.ndiff(before, after) if text[:1] in "+-"]
        message = (
            f"{key}: de standaardtekst is veranderd. Kijk of deze tekst nog klopt en doe daarna: "
            "meedoen check --accept\n    " + "\n    ".join(shown)
        )
        yield Finding(answer.file, line, "fout", message)


def accept(local: Mapping[str, Answer], standard: Mapping[str, Answer], folder: Path, today: dt.date) -> int:
    """Note for every override that it was looked at today; return how many were not up to date."""
    news = {key: answer for key, answer in local.items() if answer.standard_hash != fingerprint(standard[key])}
    for file in sorted({answer.file for answer in news.values()}):
        keys = {key: fingerprint(standard[key]) for key, answer in news.items() if answer.file == file}
        path = Path(file)
        path.write_text(_stamped(path.read_text(encoding="utf-8"), keys, today), encoding="utf-8")
    seen = {key: _words(standard[key]) for key in sorted(local)}
    if local:
        text = json.dumps(seen, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / SEEN).write_text(text + "\n", encoding="utf-8")
    return len(news)


def _stamped(text: str, keys: Mapping[str, str], today: dt.date) -> str:
    """Return the file with the two fields at the end of the entries with these keys; nothing else changes."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line[:1].strip() and line[:1] != "#":
            blocks.append([])
        blocks[-1].append(line)
    for block in blocks:
        key = block[0].split(":")[0] if block else ""
        if key in keys:
            kept = [line for line in block if not line.startswith(("  standard_checked:", "  standard_hash:"))]
            end = max(index for index, line in enumerate(kept) if line.strip() and not line.startswith("#")) + 1
            kept[end:end] = [f"  standard_checked: {today.isoformat()}", f"  standard_hash: {keys[key]}"]
            block[:] = kept
    return "\n".join(line for block in blocks for line in block) + "\n"


def _seen(folder: Path) -> dict[str, str]:
    path = folder / SEEN
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _words(answer: Answer) -> str:
    words = [f"{place} {text}".strip() for place, said in answer.variants() for text in (said.text, said.simple)]
    return "\n".join(words)


def _bare(value: Any) -> Any:
    """Return a YAML value without line numbers and white space at the ends."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name != "__line__"}
    return value.strip() if isinstance(value, str) else value
