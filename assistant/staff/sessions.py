"""Sessions: who is logged in, for how long, and ending them everywhere at once.

Source of the two limits: NIST SP 800-63B-4 level 2 asks again after at most an hour idle and a day at most; a municipal
office shares desks, so we are stricter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assistant.core.scope import Scope
from assistant.database import Database
from assistant.staff.models import StaffAccount, StaffSession
from assistant.staff.secret import digest, new_token

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
TOUCH = timedelta(minutes=1)
"""How old `seen_at` may become before it is written again: not every click needs a write."""
KEEP_ENDED = timedelta(days=1)
FRESH = timedelta(minutes=10)
HANDLE = 16  # characters of the hash of a session


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A valid session and the account behind it, as they are now."""

    id_hash: str
    account_id: int
    name: str
    email: str
    roles: frozenset[str]
    scope: Scope
    method: str
    id_token: str | None
    flash: str | None
    began_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it ends whatever happens; without a click it ends IDLE after the last one."""
        return self.began_at + LONGEST

    def is_fresh(self, now: datetime) -> bool:
        """Whether somebody logged in so lately that it need not be proven again."""
        return now - self.began_at <= FRESH


@dataclass(frozen=True, slots=True)
class OnePlace:
    """One place where an account is logged in, for the list on a page."""

    handle: str
    """Names the session among those of its account; opens nothing."""
    browser: str
    began_at: datetime
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A session that was real and has ended."""

    account_id: int


def begin(
    session: Session, account: StaffAccount, now: datetime, method: str, id_token: str | None = None, browser: str = ""
) -> str:
    """Begin a session and return its secret id, for the cookie. Old rows are swept out on the way."""
    session.execute(delete(StaffSession).where(StaffSession.began_at < now - LONGEST - KEEP_ENDED))
    token = new_token()
    row = StaffSession(
        id_hash=digest(token), account_id=account.id, began_at=now, seen_at=now, method=method, id_token=id_token,
        browser=browser[:40] or None,
    )  # fmt: skip
    session.add(row)
    return token


def find(database: Database, token: str, now: datetime) -> OpenSession | Lapsed | None:
    """Return the session of a cookie. Using one keeps it from going idle."""
    with database.session(write=False) as session:
        row = session.get(StaffSession, digest(token))
        if row is None:
            return None
        account = session.get_one(StaffAccount, row.account_id)
        if not account.active or _is_over(row, now):
            return Lapsed(row.account_id)
        found, seen_at = _opened(row, account), row.seen_at
    if now - seen_at >= TOUCH:
        with database.session() as session:
            session.execute(update(StaffSession).where(StaffSession.id_hash == found.id_hash).values(seen_at=now))
    return found


def end(session: Session, id_hash: str, now: datetime) -> None:
    """End one session."""
    session.execute(update(StaffSession).where(StaffSession.id_hash == id_hash).values(ended_at=now, id_token=None))


def end_all(session: Session, account_id: int, now: datetime, *, but: str | None = None) -> int:
    """End every session of an account, `but` one perhaps; return how many were open."""
    mine = (StaffSession.account_id == account_id, StaffSession.ended_at.is_(None), StaffSession.id_hash != (but or ""))
    done = session.execute(
        update(StaffSession).where(*mine).values(ended_at=now, id_token=None).returning(StaffSession.id_hash)
    )
    return len(done.all())


def places_of(session: Session, account_id: int, now: datetime, here: str | None = None) -> list[OnePlace]:
    """Return where an account is logged in now, the newest first; `here` is the session that asks."""
    mine = select(StaffSession).where(StaffSession.account_id == account_id, StaffSession.ended_at.is_(None))
    rows = session.scalars(mine.order_by(StaffSession.began_at.desc()))
    return [_place(row, here) for row in rows if not _is_over(row, now)]


def end_chosen(session: Session, account_id: int, handles: Collection[str], now: datetime) -> int:
    """End the sessions of an account that were chosen from its list; return how many were open."""
    mine = (
        StaffSession.account_id == account_id,
        StaffSession.ended_at.is_(None),
        func.substr(StaffSession.id_hash, 1, HANDLE).in_(list(handles)),
    )
    done = session.execute(
        update(StaffSession).where(*mine).values(ended_at=now, id_token=None).returning(StaffSession.id_hash)
    )
    return len(done.all())


def say_next(session: Session, id_hash: str, sentence: str | None) -> None:
    """Keep a sentence for the top of the next page; None forgets it."""
    words = sentence[:500] if sentence else None
    session.execute(update(StaffSession).where(StaffSession.id_hash == id_hash).values(flash=words))


def csrf_of(token: str) -> str:
    """Return the proof that a form was made for this session. It does not tell the id of the session."""
    return digest(f"csrf:{token}")


def _place(row: StaffSession, here: str | None) -> OnePlace:
    browser = row.browser or "onbekende browser"
    return OnePlace(row.id_hash[:HANDLE], browser, row.began_at, row.seen_at, row.id_hash == here)


def _is_over(row: StaffSession, now: datetime) -> bool:
    return row.ended_at is not None or now - row.seen_at > IDLE or now - row.began_at > LONGEST


def _opened(row: StaffSession, account: StaffAccount) -> OpenSession:
    return OpenSession(
        id_hash=row.id_hash,
        account_id=account.id,
        name=account.name,
        email=account.email,
        roles=frozenset(one.role for one in account.roles),
        scope=frozenset(one.municipality for one in account.municipalities),
        method=row.method,
        id_token=row.id_token,
        flash=row.flash,
        began_at=row.began_at,
    )
