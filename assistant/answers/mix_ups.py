"""Sentences that take one scheme for another, and the answer that puts it right before the question is answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.errors import AnswerFileError
from assistant.answers.read import entries_in


@dataclass(frozen=True)
class MixUp:
    """One mix-up: the signs of it, and the key of what is said about it."""

    key: str
    signs: tuple[re.Pattern[str], ...]
    answer: str
    enough: frozenset[str]
    """Answers that already put it right; then nothing is said before them."""
    file: str = ""
    line: int = 0


class MixUps:
    """All mix-ups, in the order of the file."""

    def __init__(self, mix_ups: tuple[MixUp, ...]) -> None:
        self.all = mix_ups

    @classmethod
    def read(cls, path: Path) -> MixUps:
        """Read verwarring.yml; a broken pattern is an `AnswerFileError`, not a fault in a conversation."""
        return cls(tuple(_mix_up(key, raw, path) for key, raw in entries_in(path)) if path.exists() else ())

    def in_sentence(self, text: str, answered_by: str) -> str | None:
        """Return the key of what to say first, or None when nothing is mixed up or the answer itself says it."""
        lowered = " ".join(text.casefold().split())
        for mix_up in self.all:
            if any(sign.search(lowered) for sign in mix_up.signs):
                return None if answered_by in mix_up.enough | {mix_up.answer} else mix_up.answer
        return None


def _mix_up(key: str, raw: dict[str, object], path: Path) -> MixUp:
    line = int(str(raw["__line__"]))
    signs, enough = raw.get("signs"), raw.get("enough") or []
    if not isinstance(signs, list) or not isinstance(enough, list) or not raw.get("answer"):
        raise AnswerFileError(path.as_posix(), line, f"{key}: signs (lijst) en answer horen erbij")
    try:
        patterns = tuple(re.compile(str(sign)) for sign in signs)
    except re.error as error:
        raise AnswerFileError(path.as_posix(), line, f"{key}: een patroon klopt niet ({error})") from error
    return MixUp(key, patterns, str(raw["answer"]), frozenset(map(str, enough)), path.as_posix(), line)
