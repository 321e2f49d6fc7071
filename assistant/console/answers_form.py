"""The form of an answer: everything of it that a person reads or hears, as it stands in the fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.answers.around import Around
from assistant.answers.judge_version import today
from assistant.answers.model import Answer
from assistant.core.scope import NATIONAL
from assistant.editing.versions import Proposal

MOST = 4000
"""Characters of a text."""
WORDS = ("text", "simple", "spoken")


@dataclass
class Typed:
    """What stands in the form, by name of the field, and what is wrong with it."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Answer) -> Typed:
        """Fill the form with what is said now."""
        day = answer.review_before
        dates = {"checked": today().isoformat(), "review_before": day.isoformat() if day else "", "remark": ""}
        return cls(dict(fields_of(answer)) | dates)

    @classmethod
    def sent(cls, answer: Answer, form: Mapping[str, Any]) -> Typed:
        """Return what was sent. A field that the page did not show stays as it is."""
        typed = cls.of(answer)
        typed.values |= {
            name: str(form[name]).replace("\r\n", "\n") for name in typed.values if isinstance(form.get(name), str)
        }
        return typed

    def proposal(self, answer: Answer, municipality: str) -> Proposal | None:
        """Return what it proposes, None with `errors` filled when something cannot be read."""
        said = self.values
        if not said["text"].strip():
            self.errors["text"] = "Schrijf een tekst."
        if not said["employer_text"].strip() and (said["employer_simple"] + said["employer_spoken"]).strip():
            self.errors["employer_text"] = "Schrijf ook de gewone tekst voor een werkgever, of maak alle drie leeg."
        for name, text in said.items():
            if len(text) > MOST:
                self.errors[name] = f"Deze tekst is te lang (hoogstens {MOST} tekens)."
        checked, review = self._day("checked"), self._day("review_before")
        if checked is None:
            self.errors.setdefault("checked", "Vul de dag in waarop u de tekst heeft nagekeken.")
        if self.errors or checked is None:
            return None
        return Proposal(
            answer.key, municipality, said["text"], said["simple"], said["spoken"], checked, review,
            said["remark"].strip(), self._around(answer, municipality),
        )  # fmt: skip

    def _around(self, answer: Answer, municipality: str) -> Around:
        said = self.values
        employer = {name: said[f"employer_{name}"] for name in WORDS}
        around: Around = {
            "title": said["title"].strip(),
            "employer": {name: text.strip() for name, text in employer.items()} if employer["text"].strip() else None,
            "newest": said["newest"].strip(),
            "buttons": [said[f"button_{at}"].strip() for at in range(len(answer.buttons))],
            "cards": [
                {
                    "title": said[f"card_{at}_title"].strip(),
                    "subtitle": said[f"card_{at}_subtitle"].strip(),
                    "lines": [
                        [said[f"card_{at}_label_{line}"].strip(), said[f"card_{at}_line_{line}"].strip()]
                        for line in range(len(card.lines))
                    ],
                }
                for at, card in enumerate(answer.cards)
            ],
        }
        if municipality != NATIONAL:
            del around[
                "title"
            ]  # a button may be shown before anybody knows the municipality: it is the same everywhere
        return around

    def _day(self, name: str) -> dt.date | None:
        value = self.values[name].strip()
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            self.errors[name] = "Dit is geen datum."
            return None


def fields_of(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield (name of the field, what stands in it) for every word of an answer."""
    for name in WORDS:
        yield name, getattr(answer.words, name)
        yield f"employer_{name}", getattr(answer.employer, name) if answer.employer else ""
    yield "title", answer.title
    yield "newest", answer.newest
    yield from ((f"button_{at}", title) for at, (title, _) in enumerate(answer.buttons))
    for at, card in enumerate(answer.cards):
        yield f"card_{at}_title", card.title
        yield f"card_{at}_subtitle", card.subtitle
        for line, (label, text) in enumerate(card.lines):
            yield f"card_{at}_label_{line}", label
            yield f"card_{at}_line_{line}", text


def parts_of(answer: Answer) -> dict[str, str]:
    """Return every word of an answer under the name that the page gives it, for showing what differs."""
    employer = answer.employer
    parts = {
        "Tekst (B1)": answer.words.text,
        "Eenvoudig (A2)": answer.words.simple,
        "Gesproken": answer.words.spoken,
        "Werkgever, tekst (B1)": employer.text if employer else "",
        "Werkgever, eenvoudig (A2)": employer.simple if employer else "",
        "Werkgever, gesproken": employer.spoken if employer else "",
        "Titel (op knoppen)": answer.title,
        "Waar het nieuwste staat": answer.newest,
    }
    parts |= {f"Knop {number}": title for number, (title, _) in enumerate(answer.buttons, start=1)}
    for number, card in enumerate(answer.cards, start=1):
        head = f"{card.title} ({card.subtitle})" if card.subtitle else card.title
        parts[f"Kaart {number}"] = "\n".join([head, *(f"{label}: {text}" for label, text in card.lines)])
    return parts
