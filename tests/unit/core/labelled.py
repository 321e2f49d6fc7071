"""Sentences of our own in which every personal piece is marked, as in "ik heet {naam:jan}"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from assistant.core.masking import Span, personal

FOLDER = Path(__file__).parent / "masking"
_MARK = re.compile(r"\{([a-z-]+):([^}]*)\}")


@dataclass(frozen=True)
class Sentence:
    """One sentence without its marks, and what was marked: (start, end, kind)."""

    text: str
    marked: tuple[tuple[int, int, str], ...]
    apart: bool
    """Of a pen that nothing was tuned on."""


def sentences() -> Iterator[Sentence]:
    """Yield every sentence of every pen."""
    for path in sorted(FOLDER.glob("pen_*.yml")):
        pen = yaml.safe_load(path.read_text(encoding="utf-8"))
        for line in pen["zinnen"].splitlines():
            yield _read(line, bool(pen.get("apart")))


def _read(line: str, apart: bool) -> Sentence:
    text, marked, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marked.append((len(text), len(text) + len(match[2]), match[1]))
        text, at = text + match[2], match.end()
    return Sentence(text + line[at:], tuple(marked), apart)


@dataclass
class Score:
    """Counts over sentences. A piece is found when each letter and digit of it is masked; a masked piece is right
    when at least half of it was marked."""

    marked: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    masked: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, sentence: Sentence) -> None:
        """Count one sentence."""
        spans = personal(sentence.text)
        covered = {at for span in spans for at in range(span.start, span.end)}
        for start, end, kind in sentence.marked:
            hit = all(at in covered for at in range(start, end) if sentence.text[at].isalnum())
            self.marked[kind] = self.marked.get(kind, 0) + 1
            self.found[kind] = self.found.get(kind, 0) + hit
            self._note(hit, "missed", sentence.text[start:end], sentence)
        for span in spans:
            self._count(span, sentence)

    def _count(self, span: Span, sentence: Sentence) -> None:
        inside = sum(any(s <= at < e for s, e, _ in sentence.marked) for at in range(span.start, span.end))
        right = inside * 2 >= span.end - span.start
        self.masked, self.right = self.masked + 1, self.right + right
        self._note(right, "too much", sentence.text[span.start : span.end], sentence)

    def _note(self, good: bool, what: str, piece: str, sentence: Sentence) -> None:
        if not good and not sentence.apart:  # those of the other pens stay unseen, or they would be tuned on
            self.wrong.append(f"{what}: {piece!r} in {sentence.text!r}")

    def recall(self, *kinds: str) -> float:
        """Share of the marked pieces of these kinds that was found."""
        return sum(self.found[kind] for kind in kinds) / sum(self.marked[kind] for kind in kinds)

    @property
    def precision(self) -> float:
        """Share of what was masked that was marked."""
        return self.right / self.masked
