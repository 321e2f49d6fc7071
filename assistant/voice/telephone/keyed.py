"""What somebody keys in: figures, and a name letter by letter. No key has to come in time."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.voice.telephone.questions import LENGTH, Question
from assistant.voice.telephone.spelled import spelling

LETTERS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
"""As on every telephone (ITU-T E.161)."""
LONGEST_NAME = 20
"""Letters; a first name is enough."""


@dataclass
class KeyedFigures:
    """Figures on their way."""

    figures: str = ""

    def press(self, key: str, question: Question) -> str | None:
        """Take a key; returns the figures when a hekje, or enough of them, ends the number, else None."""
        self.figures += key if key.isdecimal() else ""
        ends = key == "#" or len(self.figures) >= LENGTH[question][-1] or self._is_whole(question)
        if not ends:
            return None
        figures, self.figures = self.figures, ""
        return figures

    def _is_whole(self, question: Question) -> bool:
        """A Dutch phone number has ten figures: nobody needs to say that it is done."""
        is_dutch = self.figures.startswith("0") and self.figures[1:2] != "0"
        return question is Question.CONTACT and is_dutch and len(self.figures) == 10


@dataclass
class KeyedName:
    """A name on its way: the key of a letter is pressed until that letter is said, then a hekje or another key."""

    letters: str = ""
    _turning: str = ""
    """The key that still changes the last letter."""

    @property
    def is_done(self) -> bool:
        """Whether a hekje now means that the whole name is there."""
        return bool(self.letters) and not self._turning

    @property
    def name(self) -> str:
        """Return the name as it is written: 'Jan', 'IJsbrand'."""
        return "IJ" + self.letters[2:] if self.letters.startswith("ij") else self.letters.capitalize()

    def press(self, key: str) -> tuple[str, dict[str, str]]:
        """Take a key, but not the hekje that ends the name; returns the answer to say, and its values."""
        if key in LETTERS:
            return self._letter(key)
        if key == "#" and self._turning:
            self._turning = ""
            return "telefoon/spel_volgende", {}
        if key == "*" and self.letters:
            return self._wipe()
        return ("telefoon/spel_geen_letter" if key == "1" else "telefoon/spel_toetsen"), {}

    def _letter(self, key: str) -> tuple[str, dict[str, str]]:
        row = LETTERS[key]
        if key == self._turning:
            self.letters = self.letters[:-1] + row[(row.index(self.letters[-1]) + 1) % len(row)]
        elif len(self.letters) >= LONGEST_NAME:
            self._turning = ""
            return "telefoon/spel_vol", {}
        else:
            self.letters, self._turning = self.letters + row[0], key
        return "telefoon/spel_letter", {"spelling": spelling(self.letters[-1])}

    def _wipe(self) -> tuple[str, dict[str, str]]:
        gone, self.letters, self._turning = self.letters[-1], self.letters[:-1], ""
        if not self.letters:
            return "telefoon/spel_leeg", {"spelling": spelling(gone)}
        return "telefoon/spel_gewist", {"spelling": spelling(gone), "gehoord": spelling(self.letters)}
