"""Write approved texts into the files of data/answers, leaving everything else in them as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from assistant.answers.around import around_of
from assistant.answers.book import AnswerBook
from assistant.answers.errors import AnswerFileError
from assistant.answers.model import Answer
from assistant.answers.municipality import NATIONAL
from assistant.answers.read import answers_in, read_yaml
from assistant.answers.versions import Version, owner_of, said_in

_NOTHING: Any = object()
"""Stands for a field that is there and empty."""
_TEXTS = ("text", "simple", "spoken")
_WRITTEN = ("text", "simple", "spoken", "newest", "checked", "review_before", "standard_checked", "standard_hash")


def write_back(data: Path, versions: Iterable[Version], book: AnswerBook) -> list[Path]:
    """Write each version into the file in which its answer stands and return the files.

    `book` is how the files are read now. A new answer of a municipality goes into the file of its group. Raises
    AnswerFileError when a written file could no longer be read; that file is then as it was before.
    """
    written = []
    for version in versions:
        folder = data / "answers"
        folder = folder if version.municipality == NATIONAL else folder / owner_of(version.municipality)
        path = next((path for key, _, path in answers_in(folder) if key == version.key), None)
        path = path or folder / f"{version.key.split('/')[0]}.yml"
        _replace(path, version, _fields(version, book))
        written.append(path)
    return list(dict.fromkeys(written))


def _fields(version: Version, book: AnswerBook) -> dict[str, Any]:
    """Return what is written: the words that are there, dates, and what a new text would lose of the standard one.

    What stands around the words only where it is another than in the file; None for what goes out of it.
    """
    standard = book.standard[version.key]
    before = said_in(book.edition, version.key, version.municipality) or standard
    answer = version.over(before, standard)
    words = {name: getattr(answer.words, name) for name in ("text", "simple", "spoken")}
    dates = {name: getattr(answer, name) for name in ("checked", "review_before", "standard_checked", "standard_hash")}
    written = {name: value for name, value in {**words, "newest": answer.newest, **dates}.items() if value}
    was, now, usual = (_around(each) for each in (before, answer, standard))
    local = version.municipality != NATIONAL
    for name in (name for name in now if now[name] != was[name]):
        written[name] = None if local and now[name] == usual[name] else now[name] or _NOTHING
    return written


def _around(answer: Answer) -> dict[str, Any]:
    """Return what stands around the words, as the file has it."""
    around = around_of(answer)
    employer = {name: text for name, text in (around["employer"] or {}).items() if text}
    titles = zip(around["buttons"], answer.buttons, strict=True)
    return {
        "title": around["title"],
        "werkgever": employer,
        "buttons": [{"title": title, "payload": way} for title, (_, way) in titles],
        "cards": [{**card, "lines": dict(card["lines"])} for card in around["cards"]],
    }


def _replace(path: Path, version: Version, fields: dict[str, Any]) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    blocks = _blocks(before)
    index = next((at for at, block in enumerate(blocks) if block and block[0].split(":")[0] == version.key), None)
    if index is None:
        blocks.append([f"{version.key}:", *_lines(fields, "  ")])
    elif blocks[index][0].rstrip().endswith(":"):
        kept = _without(blocks[index], {*_WRITTEN, *fields})
        blocks[index] = [kept[0], *_lines(fields, "  "), *kept[1:]]
    else:
        raise AnswerFileError(path.as_posix(), 1, f"{version.key} staat op een regel; zet de velden onder elkaar")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(line for block in blocks for line in block).strip("\n") + "\n", encoding="utf-8")
    try:
        read_yaml(path)
    except AnswerFileError:
        path.write_text(before, encoding="utf-8")
        raise


def _blocks(text: str) -> list[list[str]]:
    """Return the lines of the file, a block for each entry; what stands before the first is a block of its own."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line[:1].strip() and line[:1] != "#":
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _without(block: list[str], names: set[str]) -> list[str]:
    """Return the block without the fields that are written anew, and without their further lines."""
    kept, skipping = [block[0]], False
    for line in block[1:]:
        if line.startswith("  ") and line[2:3].strip() and line[2] != "#":
            skipping = line.strip().split(":")[0] in names
        elif line.strip() and not line.startswith("   "):
            skipping = False
        if not skipping:
            kept.append(line)
    return kept


def _lines(fields: dict[str, Any], indent: str) -> list[str]:
    lines = []
    for name, value in fields.items():
        if isinstance(value, str) and name in _TEXTS:
            lines += [f"{indent}{name}: |", *(f"{indent}  {line}".rstrip() for line in value.strip().splitlines())]
        elif name == "werkgever" and isinstance(value, dict):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        elif value is _NOTHING:
            lines.append(f"{indent}{name}:")
        elif value is not None:
            dumped = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=1000)
            lines += [indent + line for line in dumped.strip().splitlines()]
    return lines
