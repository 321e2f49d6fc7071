"""Difficult words: find the one that somebody asks about, and the ones that stand in a text."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answers.errors import AnswerFileError
from assistant.answers.read import entries_in

PREFIX = "begrip/"
_ASKED = re.compile(
    r"\b(wat|hoe|wie)\b.{0,25}\b(betekent|betekend|beteken|betekenen|bedoel\w*|is|zijn|houdt|inhoudt|heet)\b|"
    r"\b(uitleg\w*|uit leggen|begrip|woord|term|staat dat voor)\b|\bwat\b.{0,60}\b(voor|betekent|inhoudt)\b",
    re.IGNORECASE,
)
_START = re.compile(r"(?<![\w-])\w+")
"""A word, or the part of it before a hyphen: where a term may begin."""
_INSIDE = re.compile(r"[\w-]")
_FUZZY = 0.86
_MIN_FUZZY_LENGTH = 6


@dataclass(frozen=True)
class Term:
    """One difficult word, with words that a reader with little schooling knows."""

    key: str
    term: str
    forms: tuple[str, ...]
    explanation: str
    example: str
    see: str
    facts: tuple[str, ...]
    file: str = ""
    line: int = 0


class Glossary:
    """All difficult words, with one pattern over all their forms."""

    def __init__(self, terms: dict[str, Term]) -> None:
        self.terms = terms
        self._by_form = {form.casefold(): term for term in terms.values() for form in (term.term, *term.forms)}
        self._by_start: dict[str, list[str]] = {}
        for form in sorted(self._by_form, key=len, reverse=True):
            self._by_start.setdefault(_START.findall(form)[0], []).append(form)
        self.terms_in = lru_cache(maxsize=4096)(self._terms_in)
        """`terms_in(text)` returns the terms that stand in a text, in the order of the text, each once."""

    @classmethod
    def read(cls, path: Path) -> Glossary:
        """Read begrippen.yml; without the file there are no terms."""
        return cls({key: _term(key, raw, path) for key, raw in entries_in(path)} if path.exists() else {})

    def _terms_in(self, text: str) -> tuple[Term, ...]:
        text, found, end = text.casefold(), [], 0
        for match in _START.finditer(text):
            if match.start() < end:
                continue
            for form in self._by_start.get(match.group(), ()):
                after = match.start() + len(form)
                if text.startswith(form, match.start()) and not _INSIDE.match(text, after):
                    found.append(self._by_form[form])
                    end = after
                    break
        return tuple(dict.fromkeys(found))

    def asked(self, text: str) -> Term | None:
        """Return the term that somebody asks the meaning of, also when it is misspelt; None when nobody asks."""
        if not _ASKED.search(text) and len(text.split()) > 3:
            return None
        found = self.terms_in(text)
        return found[-1] if found else self._nearly(text)

    def _nearly(self, text: str) -> Term | None:
        words = [word for word in re.findall(r"[\w-]+", text.casefold()) if len(word) >= _MIN_FUZZY_LENGTH]
        for word in reversed(words):
            close = difflib.get_close_matches(word, self._by_form, n=1, cutoff=_FUZZY)
            if close:
                return self._by_form[close[0]]
        return None


def _term(key: str, raw: dict[str, object], path: Path) -> Term:
    line = int(str(raw["__line__"]))
    for name in ("term", "explanation", "example"):
        if not raw.get(name):
            raise AnswerFileError(path.as_posix(), line, f"{key}: het veld {name} ontbreekt")
    forms, facts = raw.get("forms") or [], raw.get("facts") or []
    if not isinstance(forms, list) or not isinstance(facts, list):
        raise AnswerFileError(path.as_posix(), line, f"{key}: forms en facts zijn lijsten: [a, b]")
    return Term(
        key=key,
        term=str(raw["term"]),
        forms=tuple(str(form) for form in forms),
        explanation=str(raw["explanation"]).strip(),
        example=str(raw["example"]).strip(),
        see=str(raw.get("see") or ""),
        facts=tuple(str(fact) for fact in facts),
        file=path.as_posix(),
        line=line,
    )
