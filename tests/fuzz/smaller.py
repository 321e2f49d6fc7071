"""Make a found case small: `python -m tests.fuzz.smaller NAME FILE` writes it back and tells what goes wrong."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.register import Target, load

TRIES = 3000


def smaller(data: bytes, is_same: Callable[[bytes], bool]) -> bytes:
    """Leave out ever smaller pieces as long as the same thing goes wrong."""
    size, left = max(1, len(data) // 2), TRIES
    while size and left:
        at, before = 0, len(data)
        while at < len(data) and left:
            left -= 1
            shorter = data[:at] + data[at + size :]
            if is_same(shorter):
                data = shorter
            else:
                at += size
        if size > 1 or len(data) == before:
            size //= 2
    return data


def fault(target: Target, data: bytes) -> str:
    """Return what goes wrong and where, as one line that is the same for the same fault; '' when nothing does."""
    try:
        target(data)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno} {last.name}"
    return ""


def main(name: str, file: Path) -> None:
    """Make the case in a file small, and say on standard output what it breaks."""
    target, data = load(name), file.read_bytes()
    same = fault(target, data)
    if same:
        file.write_bytes(smaller(data, lambda shorter: fault(target, shorter) == same))
    print(same)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
