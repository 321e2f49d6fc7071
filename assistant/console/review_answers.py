"""What the assistant said in a turn: word for word when that was kept, else the answer as it reads now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from assistant.answers import AnswerBook, Wording
from assistant.answers.fill import UnknownValueError
from assistant.console.rooms import Rooms
from assistant.core.context import Channel, Role, TalkContext
from assistant.core.scope import NATIONAL
from assistant.review.transcript import TalkView


@dataclass(frozen=True)
class Said:
    """One message of the assistant."""

    text: str
    key: str | None
    is_exact: bool
    """False: the answer as it reads now, because the words of then were not kept."""


def texts_of(rooms: Rooms, talk: TalkView) -> dict[int, list[Said]]:
    """Return what was said, by id of the turn."""
    row, book = talk.summary, rooms.library.book
    municipality = None if row.municipality == NATIONAL else row.municipality
    context = TalkContext(municipality, cast(Role | None, row.role), cast(Channel, row.channel))
    found = {}
    for turn in talk.turns:
        keys = turn.row.answers
        if turn.texts is None:
            found[turn.row.id] = [Said(_now(book, key, context), key, is_exact=False) for key in keys]
        else:
            named = [str(reply.get("answer") or "") or None for reply in turn.row.replies or ()]
            found[turn.row.id] = [Said(text, key, is_exact=True) for text, key in zip(turn.texts, named, strict=True)]
    return found


def _now(book: AnswerBook, key: str, context: TalkContext) -> str:
    """Return the answer as it reads now, dots for what belonged to that talk; empty when it no longer exists."""
    if book.find(key, context.municipality) is None:
        return ""
    filled: dict[str, str] = {}
    while True:
        try:
            return book.word(key, context, Wording(filled)).text
        except UnknownValueError as error:
            filled[str(error.args[0])] = "…"
