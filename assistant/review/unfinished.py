"""Forms that wait under a short code, and wrong guesses of codes and registration numbers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from assistant.database import Database
from assistant.review.models import ResumeCode, WrongGuess

KEPT = timedelta(days=7)
"""How long a form waits."""
ALPHABET = "CDFHJKMNPRTVWXY34679"
"""Letters and digits that are not mistaken for another and make no words."""
LENGTH = 8
WINDOW = timedelta(days=1)
PER_CONVERSATION, PER_NUMBER, ALTOGETHER = 5, 10, 500
"""Wrong guesses in a day after which no more are looked at."""


class ResumeCodes:
    """Pigeonholes in the database. Only the SHA-256 of a code is kept; a code works once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, form: str, values: dict[str, Any], now: datetime) -> str:
        """Keep the values for seven days and return a code like MD-7K3P-XM4T."""
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        with self._database.session() as session:
            session.execute(delete(ResumeCode).where(ResumeCode.expires_at <= now))
            session.add(ResumeCode(code_hash=_hash(letters), form=form, values=values, expires_at=now + KEPT))
        return f"MD-{letters[:4]}-{letters[4:]}"

    def take(self, code: str, now: datetime) -> tuple[str, dict[str, Any]] | None:
        """Return the form and its values and forget them; None for a code that is wrong, used or too old."""
        with self._database.session() as session:
            row = session.get(ResumeCode, _hash(_letters(code)))
            if row is None or row.expires_at <= now:
                return None
            found = (row.form, dict(row.values))
            session.delete(row)
            return found


class GuessCount:
    """Wrong guesses in the database: who and what only as SHA-256, forgotten after a day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wrong(self, kind: str, conversation: str, number: str, now: datetime) -> int:
        """Count one wrong guess and return how many this conversation made in a day."""
        guess = WrongGuess(kind=kind, conversation_hash=_hash(conversation), number_hash=_hash(number), at=now)
        with self._database.session() as session:
            session.execute(delete(WrongGuess).where(WrongGuess.at <= now - WINDOW))
            session.add(guess)
            session.flush()
            mine = (WrongGuess.kind == kind) & (WrongGuess.conversation_hash == _hash(conversation))
            return session.scalar(select(func.count()).where(mine)) or 0

    def too_many(self, kind: str, conversation: str, number: str, now: datetime) -> bool:
        """Whether this conversation, this number or everybody together guessed wrong too often in a day."""
        recent = (WrongGuess.kind == kind) & (WrongGuess.at > now - WINDOW)
        limits = (
            (recent & (WrongGuess.conversation_hash == _hash(conversation)), PER_CONVERSATION),
            (recent & (WrongGuess.number_hash == _hash(number)), PER_NUMBER),
            (recent, ALTOGETHER),
        )
        with self._database.session(write=False) as session:
            return any((session.scalar(select(func.count()).where(which)) or 0) >= most for which, most in limits)


def _letters(code: str) -> str:
    """'md-7k3p xm4t' → '7K3PXM4T'."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    return letters.removeprefix("MD")


def _hash(text: str) -> str:
    return hashlib.sha256(text.strip().upper().encode()).hexdigest()
