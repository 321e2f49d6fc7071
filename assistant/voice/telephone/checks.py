"""What is read back before it counts: names, numbers and postcodes always, other words when they were heard badly."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.voice.talk.ear import SURE, Final
from assistant.voice.telephone.questions import LENGTH, Question, as_message
from assistant.voice.telephone.spelled import (
    figures_in,
    letters_in,
    only_figures,
    postcode_in,
    read_figures,
    spelling,
)
from assistant.voice.telephone.words import Words

_LEAD_IN = ("ik heet ", "mijn naam is ", "de naam is ", "met ", "ik ben ", "dat is ", "het is ")


@dataclass(frozen=True)
class Check:
    """A message that waits for a yes."""

    message: str
    figures: bool = False
    name: bool = False
    postcode: bool = False
    """Whether it is a postcode with its letters, '8331 XK'."""
    by_keys: bool = False
    """Whether it is a name that was spelled with the keys."""
    is_caller: bool = False
    """Whether it is the number that the caller rings with."""

    @property
    def told(self) -> str:
        """Return it as the house is told: bare keys say less of themselves than words do."""
        return f"ik heet {self.message}" if self.by_keys else self.message

    def asked(self, words: Words) -> str:
        """Return the question, with the value read back in a way that can be checked by ear."""
        if self.is_caller:
            return words("telefoon/contact_eigen", nummer=read_figures(self.message))
        if self.figures:
            figures = "".join(one for one in self.message if one.isdecimal())
            return words("telefoon/gehoord_cijfers", gehoord=read_figures(figures))
        if self.postcode:
            read = f"{read_figures(self.message[:4])}, {spelling(self.message[5:])}"
            return words("telefoon/gehoord", gehoord=read)
        if self.by_keys:
            return words("telefoon/gespeld_toetsen", gehoord=self.message, spelling=spelling(self.message))
        if self.name:
            return words("telefoon/gespeld", gehoord=self.message, spelling=spelling(self.message))
        return words("telefoon/gehoord", gehoord=self.message)


def checked(question: Question | None, final: Final) -> Check | None:
    """Return what must be read back, None when the words may go on as they are."""
    if question is Question.NAME and len(final.text.split()) <= 12:
        return Check(_name(final.text), name=True) if _looks_like_a_name(final.text) else _doubted(final)
    if question is Question.POSTCODE and (postcode := postcode_in(final.text)):
        return Check(postcode, postcode=True)
    if question in LENGTH and only_figures(final.text):
        figures = figures_in(final.text)
        if len(figures) in LENGTH[question]:
            return Check(as_message(question, figures), figures=True)
    return _doubted(final)


def _doubted(final: Final) -> Check | None:
    return Check(final.text) if final.confidence is not None and final.confidence < SURE else None


def _name(text: str) -> str:
    """Return the name in what was said, put together when it was spelled."""
    words = text.strip(" .")
    for lead in _LEAD_IN:
        if words.lower().startswith(lead):
            words = words[len(lead) :]
    return (letters_in(words) or words).title() if words.islower() or letters_in(words) else words


def _looks_like_a_name(text: str) -> bool:
    """A question in between is no name."""
    first = text.lower().split()[0]
    return bool(letters_in(text)) or (
        first not in ("wat", "waarom", "hoe", "wie", "waar", "kan", "stop", "terug") and len(_name(text).split()) <= 4
    )
