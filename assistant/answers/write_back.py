"""Write approved texts into the files of data/answers, leaving everything else in them as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from assistant.answers.book import AnswerBook
from assistant.answers.errors import AnswerFileError
from assistant.answers.municipality import NATIONAL
from assistant.answers.read import answers_in, read_yaml
from assistant.answers.versions import Version, said_in

_WRITTEN = ("text", "simple", "spoken", "newest", "checked", "review_before", "standard_checked", "standard_hash")


def write_back(data: Path, versions: Iterable[Version], book: AnswerBook) -> list[Path]:
    """Write each version into the file in which its answer stands and return the files.

    `book` is how the files are read now. A new answer of a municipality goes into the file of its group. Raises
    AnswerFileError when a written file could no longer be read; that file is then as it was before.
    """
    written = []
    for version in versions:
        folder = data / "answers" if version.municipality == NATIONAL else data / "answers" / version.municipality
        path = next((path for key, _, path in answers_in(folder) if key == version.key), None)
        path = path or folder / f"{version.key.split('/')[0]}.yml"
        _replace(path, version, _fields(version, book))
        written.append(path)
    return list(dict.fromkeys(written))


def _fields(version: Version, book: AnswerBook) -> dict[str, Any]:
    """Return what is written: the words that are there, dates, and what a new text would lose of the standard one."""
    standard = book.standard[version.key]
    answer = version.over(said_in(book.edition, version.key, version.municipality) or standard, standard)
    words = {name: getattr(answer.words, name) for name in ("text", "simple", "spoken")}
    dates = {name: getattr(answer, name) for name in ("checked", "review_before", "standard_checked", "standard_hash")}
    return {name: value for name, value in {**words, "newest": answer.newest, **dates}.items() if value}


def _replace(path: Path, version: Version, fields: dict[str, Any]) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    blocks = _blocks(before)
    index = next((at for at, block in enumerate(blocks) if block and block[0].split(":")[0] == version.key), None)
    if index is None:
        blocks.append([f"{version.key}:", *_lines(fields)])
    elif blocks[index][0].rstrip().endswith(":"):
        kept = _without(blocks[index])
        blocks[index] = [kept[0], *_lines(fields), *kept[1:]]
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


def _without(block: list[str]) -> list[str]:
    """Return the block without the fields that are written anew, and without their further lines."""
    kept, skipping = [block[0]], False
    for line in block[1:]:
        if line.startswith("  ") and line[2:3].strip() and line[2] != "#":
            skipping = line.strip().split(":")[0] in _WRITTEN
        elif line.strip() and not line.startswith("   "):
            skipping = False
        if not skipping:
            kept.append(line)
    return kept


def _lines(fields: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in fields.items():
        if isinstance(value, str) and name in ("text", "simple", "spoken"):
            lines += [f"  {name}: |", *(f"    {line}".rstrip() for line in value.strip().splitlines())]
        else:
            lines.append("  " + yaml.safe_dump({name: value}, allow_unicode=True).strip())
    return lines
