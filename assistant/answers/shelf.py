"""Read everything that the book of answers is made of, and refuse what would show as a fault in a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answers.editions import Edition, read_editions
from assistant.answers.errors import AnswerFileError
from assistant.answers.facts import Fact, read_facts
from assistant.answers.glossary import Glossary
from assistant.answers.mix_ups import MixUps
from assistant.answers.model import Answer, MunicipalityWords
from assistant.answers.municipality import read_municipalities
from assistant.answers.notices import Notice, read_notices
from assistant.answers.read import GLOSSARY, MIX_UPS, SOURCE_QUESTIONS, VALUES, read_yaml
from assistant.answers.structure import COMPUTED, Known, broken


@dataclass(frozen=True)
class Shelf:
    """Everything that was read: answers by edition, and what goes with them."""

    editions: tuple[Edition, ...]
    municipalities: Mapping[str, MunicipalityWords]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=lambda: Glossary({}))
    notices: tuple[Notice, ...] = ()
    mix_ups: MixUps = field(default_factory=lambda: MixUps(()))
    source_questions: MixUps = field(default_factory=lambda: MixUps(()))
    """Sentences that ask where the last answer comes from."""


def read_shelf(data: Path) -> Shelf:
    """Return everything under `data`; the first mistake that would show in a talk is an `AnswerFileError`."""
    shelf = parse_shelf(data)
    known = known_to(shelf, data)
    for answer in all_answers(shelf):
        for finding in broken(answer, known):
            raise AnswerFileError(finding.file, finding.line, finding.message)
    return shelf


def parse_shelf(data: Path) -> Shelf:
    """Return everything under `data` that can be read, whether or not the parts fit together."""
    municipalities = read_municipalities(data / "municipalities")
    return Shelf(
        editions=read_editions(data / "answers", municipalities),
        municipalities=municipalities,
        facts=read_facts(data / "facts.yml"),
        glossary=Glossary.read(data / "answers" / GLOSSARY),
        notices=read_notices(data / "notices"),
        mix_ups=MixUps.read(data / "answers" / MIX_UPS),
        source_questions=MixUps.read(data / "answers" / SOURCE_QUESTIONS),
    )


def known_to(shelf: Shelf, data: Path, intents: frozenset[str] = frozenset()) -> Known:
    """Return what an answer may refer to."""
    given = data / "answers" / VALUES
    return Known(
        keys=frozenset(key for edition in shelf.editions for key in edition.standard),
        values=frozenset(name for words in shelf.municipalities.values() for name in words.values) | COMPUTED,
        given=frozenset(read_yaml(given)) if given.exists() else frozenset(),
        facts=shelf.facts,
        intents=intents,
    )


def all_answers(shelf: Shelf) -> list[Answer]:
    """Return every answer of every edition, standard and local, each once."""
    answers = {}
    for edition in shelf.editions:
        for each in (edition.standard, *edition.local.values()):
            for answer in each.values():
                answers[answer.file, answer.line, answer.key] = answer
    return list(answers.values())
