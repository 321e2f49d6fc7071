"""What a message says by itself: the guesses and the values in it, before the talk is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

SURE, GAP = 0.6, 0.3
"""From here a guess is clear: its probability, and its distance to the second one."""
_QUESTION = re.compile(
    r"\?\s*$|^\W*(en |maar |of |ook |dus |nou |oh )*(hoe|wat|waar|wie|wanneer|waarom|welke?|hoeveel|krijg\w*"
    r"|kan|kunnen|mag|"
    r"moet|is|zijn|heb|hebben|heeft|telt|verdien\w*|bestaat|geldt|vervalt|wordt|worden|kost)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """One message as `/model/parse` understood it."""

    text: str
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Heard:
        """Read the answer of `/model/parse`."""
        ranking = tuple((guess["name"], float(guess["confidence"])) for guess in raw.get("intent_ranking") or [])
        return cls(str(raw.get("text") or ""), ranking, tuple(raw.get("entities") or ()))

    @property
    def best(self) -> str:
        """Id of the best guess, or an empty string."""
        return self.ranking[0][0] if self.ranking else ""

    @property
    def chance(self) -> float:
        """Probability of the best guess."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def gap(self) -> float:
        """Distance to the second guess."""
        return self.chance - self.ranking[1][1] if len(self.ranking) > 1 else self.chance

    @property
    def is_clear(self) -> bool:
        """Whether there is no doubt about it."""
        return self.chance >= SURE and self.gap >= GAP

    @property
    def asks(self) -> bool:
        """Whether it has the form of a question."""
        return bool(_QUESTION.search(self.text))

    @property
    def words(self) -> list[str]:
        """The words, in small letters."""
        return re.findall(r"[\w']+", self.text.lower())

    def value(self, name: str) -> Any:
        """Value of the first entity of this kind, or None."""
        return next((each.get("value") for each in self.entities if each.get("entity") == name), None)

    def said(self) -> dict[str, Any]:
        """Return what travels along as metadata, so that actions and wording see the words themselves."""
        kept = [{name: each.get(name) for name in ("entity", "value", "start", "end")} for each in self.entities]
        return {"text": self.text, "ranking": list(self.ranking), "entities": kept, "confidence": self.chance}
