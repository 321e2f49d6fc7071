"""A database of texts that were proposed and approved, beside the real answers."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.answers import AnswerBook
from assistant.answers.versions import with_versions
from assistant.core.context import TalkContext
from assistant.database import Database, upgrade
from assistant.editing import versions as editing
from assistant.editing.published import in_force
from assistant.editing.versions import Editor, Proposal

DATA = Path(__file__).resolve().parents[3] / "data"
NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
DAY = NOW.date()
SCOPE = frozenset({"almere", "landelijk"})
ANNA, BERT = Editor(1, SCOPE), Editor(2, SCOPE)
NEW = "Graag gedaan! Tot een volgende keer."


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("editing") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="module")
def plain() -> AnswerBook:
    return AnswerBook.read(DATA)


@dataclass
class Desk:
    """A database, and the book as it is with what was approved in it."""

    database: Database
    plain: AnswerBook

    @property
    def book(self) -> AnswerBook:
        with self.database.session(write=False) as session:
            return with_versions(self.plain, in_force(session))

    def propose(self, editor: Editor = ANNA, **different: object) -> int:
        wanted = replace(proposal(self.plain), **different)  # type: ignore[arg-type]
        with self.database.session() as session:
            return editing.propose(session, wanted, editor, self.book, NOW).id

    def publish(self, version: int, editor: Editor = BERT, now: dt.datetime = NOW) -> None:
        with self.database.session() as session:
            editing.publish(session, version, editor, self.book, DATA, now)

    def says(self, key: str, municipality: str | None = None) -> str:
        return self.book.word(key, TalkContext(municipality, None, "web")).text


@pytest.fixture
def desk(template: Path, plain: AnswerBook, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(template, tmp_path / "meedoen.db")
    database = Database(f"sqlite:///{tmp_path / 'meedoen.db'}")
    yield Desk(database, plain)
    database.dispose()


def small_talk(book: AnswerBook) -> str:
    """Return the key of an answer without facts, values and easy words: the simplest to change."""
    fitting = (
        key
        for key, each in book.standard.items()
        if not (each.facts or each.employer or "{" in each.words.text or each.words.simple)
        and not (each.private or each.cards)
        and each.title and len(each.words.text) > 20 and not each.key.startswith(("vraag", "nodig", "begrip"))
    )  # fmt: skip
    return next(fitting)


def proposal(book: AnswerBook) -> Proposal:
    return Proposal(small_talk(book), "landelijk", NEW, "", "", DAY, None, "korter")
