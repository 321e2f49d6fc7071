"""Writing and reading the conversation log: small synchronous calls, one session each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.database import Database, Session
from assistant.review.models import Conversation, Feedback, Turn
from assistant.review.outcome import outcome_of
from assistant.review.records import Arrival, Beside, KeptTurn, NewConversation, StoredConversation, TurnRecord
from assistant.review.summary import add_face, add_turn


class ConversationLog:
    """The log in the database. Raises DatabaseUnavailable when that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, conversation: NewConversation) -> None:
        """Store a new conversation."""
        with self._database.session() as session:
            session.add(Conversation(**vars(conversation)))

    def find(self, conversation_id: str) -> StoredConversation | None:
        """Return a conversation, or None."""
        with self._database.session(write=False) as session:
            return _stored(session, conversation_id)

    def arrive(
        self, conversation_id: str, message_id: str | None, beside: Callable[[Session, str], Beside]
    ) -> Arrival[Beside] | None:
        """Return all that has to be known of a message before it is answered, None when there is no such conversation.

        One look at the database for everything; `beside` reads in it what another room keeps of the conversation.
        """
        with self._database.session(write=False) as session:
            if (talk := _stored(session, conversation_id)) is None:
                return None
            earlier = None if message_id is None else _replies_to(session, conversation_id, message_id)
            return Arrival(talk, earlier, beside(session, conversation_id))

    def kept(self, conversation_id: str) -> tuple[int, list[KeptTurn]]:
        """Return with how many messages a conversation began, and its turns, oldest first."""
        turns = select(Turn.said, Turn.client_message_id, Turn.replies, Turn.messages)
        with self._database.session(write=False) as session:
            greeting = session.scalar(select(Conversation.greeting).where(Conversation.id == conversation_id)) or 1
            rows = session.execute(turns.where(Turn.conversation_id == conversation_id).order_by(Turn.id))
            return greeting, [KeptTurn(*row) for row in rows]

    def rate(self, conversation_id: str, message: int, face: str, at: datetime) -> None:
        """Keep a face for a message; a later one for the same message replaces it."""
        mine = (Feedback.conversation_id == conversation_id, Feedback.message == message)
        with self._database.session() as session:
            session.execute(delete(Feedback).where(*mine))
            session.add(Feedback(conversation_id=conversation_id, message=message, face=face, at=at))
            session.flush()
            add_face(session, conversation_id)

    def record(self, turn: TurnRecord) -> None:
        """Store a turn; a second one with the same client message id is left out."""
        try:
            outcome = outcome_of(turn.answers, turn.danger, turn.intent)
            with self._database.session() as session:
                session.execute(insert(Turn.__table__), vars(turn) | {"outcome": outcome})  # type: ignore[arg-type]
                add_turn(session, turn, outcome)
        except IntegrityError:
            if turn.client_message_id is None:
                raise


def _stored(session: Session, conversation_id: str) -> StoredConversation | None:
    row = session.execute(select(*_STORED).where(_TALK.id == conversation_id)).first()
    return StoredConversation(*row) if row else None


def _replies_to(session: Session, conversation_id: str, message_id: str) -> list[dict[str, Any]] | None:
    mine = (_TURN.conversation_id == conversation_id, _TURN.client_message_id == message_id)
    return session.scalar(select(_TURN.replies).where(*mine))


# columns of the tables, not of the classes: without the bookkeeping of objects a look costs half
_TALK, _TURN = Conversation.__table__.c, Turn.__table__.c
_STORED = (_TALK.id, _TALK.token_hash, _TALK.municipality, _TALK.role, _TALK.channel)
"""The fields of StoredConversation, in its order."""
